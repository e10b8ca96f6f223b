"""A mail server of our own: it really listens, can be stopped and started again, refuse, and fall silent."""

import email
import socketserver
from collections import Counter
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from threading import Thread


class MailServer:
    """``refuse``: answer to RCPT by address. ``last_word``: answer to the whole message; None hangs up instead."""

    def __init__(self) -> None:
        self.raw: list[tuple[str, bytes]] = []
        self.refuse: dict[str, str] = {}
        self.last_word: str | None = "250 taken"
        self.unfinished = 0
        self.port = 0
        self.start()

    def start(self) -> None:
        """Listen, at the same port as before."""
        self._server = _Server(("127.0.0.1", self.port), _Talk)
        self._server.owner = self
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=policy.default) for _to, raw in self.raw]

    @property
    def times(self) -> Counter:
        """How many times each message came, by its Message-ID."""
        return Counter(message["Message-ID"] for message in self.messages)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    owner: MailServer


class _Talk(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self) -> None:
        with suppress(OSError, TimeoutError):
            self._talk(self.server.owner)

    def _talk(self, owner: MailServer) -> None:
        self._say("220 test")
        receiver = ""
        while line := self.rfile.readline():
            verb = line[:4].upper().decode(errors="replace").strip()
            if verb == "RCPT":
                receiver = line.decode().partition("<")[2].partition(">")[0]
                self._say(owner.refuse.get(receiver, "250 fine"))
            elif verb == "DATA":
                self._say("354 go on")
                raw = self._message()
                if raw is None:
                    owner.unfinished += 1
                    return
                if owner.last_word is None or owner.last_word.startswith("250"):
                    owner.raw.append((receiver, raw))
                if owner.last_word is None:
                    return
                self._say(owner.last_word)
            elif verb == "QUIT":
                self._say("221 goodbye")
                return
            else:
                self._say("250 fine")

    def _message(self) -> bytes | None:
        """What stands before the lone dot; None when the dot never came."""
        lines = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b".") else line)
        return None

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
