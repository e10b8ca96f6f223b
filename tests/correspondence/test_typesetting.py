"""The typesetter fetches nothing, and knows where things came to stand."""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from correspondence import composing
from correspondence.composing import TypesettingFailed, set_all
from correspondence.typesetting import RefusedAddress, frame, typeset

PAGE = '<html lang="nb"><head><title>t</title></head><body class="chapter">{}</body></html>'


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/picture.png",
        "https://example.org/picture.png",
        "ftp://example.org/picture.png",
        "asset:../config/settings.py",
        "asset:fonts/../../config/settings.py",
        "picture.png",
    ],
)
def test_an_address_outside_is_refused(address):
    with pytest.raises(RefusedAddress):
        typeset(PAGE.format(f'<h1>t</h1><p><img src="{address}" alt="t"></p>'))


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="file:///etc/passwd">',
        "<style>@import url(http://127.0.0.1:9/x.css);</style>",
        '<p style="background: url(file:///etc/passwd)">t</p>',
    ],
)
def test_a_style_fetches_nothing_either(markup):
    with pytest.raises(RefusedAddress):
        typeset(PAGE.format(f"<h1>t</h1>{markup}"))


def test_a_picture_within_a_picture_fetches_nothing_either():
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        within = f"<image href='http://127.0.0.1:{server.server_port}/x.png' width='9' height='9'/>"
        picture = f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{within}</svg>"
        typeset(PAGE.format(f'<h1>t</h1><img alt="t" src="{picture}">'))
        server.shutdown()
    assert asked == []


def test_anchors_and_headings_have_a_place():
    piece = typeset(PAGE.format('<h1 id="one">Ein</h1><h2 id="two" style="break-before: page">To</h2>'))
    assert piece.pages == 2
    assert (piece.anchors["one"].page, piece.anchors["two"].page) == (0, 1)
    assert [(level, title) for level, title, _ in piece.headings] == [(1, "Ein"), (2, "To")]
    assert 0 < piece.anchors["one"].y < 842


def test_many_documents_come_back_in_their_order_from_several_processes():
    pages = [PAGE.format(f'<h1 id="number-{place}">t</h1>') for place in range(7)]
    assert [list(piece.anchors) for piece in set_all(pages)] == [[f"number-{place}"] for place in range(7)]


def test_a_child_sets_the_same_bytes_as_this_process():
    pages = [PAGE.format(f"<h1>t</h1><p>{'nærvær ' * 40 * place}</p>") for place in range(7)]
    assert [piece.pdf for piece in set_all(pages)] == [typeset(html).pdf for html in pages]


def test_a_document_that_cannot_be_set_fails_the_report_with_its_reason():
    pages = [PAGE.format(f'<h1>t</h1><img src="file:///etc/{place}" alt="t">') for place in range(2)]
    with pytest.raises((RefusedAddress, TypesettingFailed), match="refused: file:///etc/"):
        set_all(pages * 3)


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(composing, "PATIENCE", 0.05)
    with pytest.raises(TypesettingFailed, match=r"not set within 0\.05 seconds"):
        set_all([PAGE.format("<h1>t</h1>")] * 6)


def test_a_child_that_wants_too_much_memory_fails_alone():
    request = frame(json.dumps(PAGE.format("x" * 60_000_000)).encode())
    done = subprocess.run(
        [sys.executable, "-c", "import correspondence.typesetting as t; t.CHILD_MEMORY = 500 * 1024**2; t.main()"],
        input=request,
        capture_output=True,
        cwd=composing.HOUSE_DIR,
        check=False,
    )
    assert done.returncode != 0
    assert b"MemoryError" in done.stderr
