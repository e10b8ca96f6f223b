import os

from correspondence.shelf import Shelf, fingerprint


def test_a_piece_is_found_again(tmp_path):
    Shelf(tmp_path / "s").put("key", b"piece")
    assert Shelf(tmp_path / "s").get("key") == b"piece"
    assert Shelf(tmp_path / "s").get("other") is None


def test_nothing_half_written_stays_behind(tmp_path):
    Shelf(tmp_path).put("key", b"piece")
    assert os.listdir(tmp_path) == ["key"]


def test_what_was_not_asked_for_longest_makes_room(tmp_path):
    shelf = Shelf(tmp_path, limit=25)
    for age, key in ((300, "first"), (200, "second")):
        shelf.put(key, b"x" * 10)
        moment = os.stat(tmp_path / key).st_mtime - age
        os.utime(tmp_path / key, (moment, moment))
    shelf.get("first")
    shelf.put("third", b"x" * 10)
    assert sorted(os.listdir(tmp_path)) == ["first", "third"]


def test_parts_of_a_fingerprint_do_not_run_together():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("é") == fingerprint("é".encode())
