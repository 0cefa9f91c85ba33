"""A mail server of our own, that takes mails, refuses some, and breaks when told to."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

#: What a server says may hold anything: nothing of it may be kept.
SAYS = "Zqxjkv says the server"


class Server(socketserver.ThreadingTCPServer):
    """Keeps what it took in ``mails``, by recipient.

    ``refused`` are codes by address. ``breaks_at`` is the number of the mail at whose
    end the line is cut. ``meanwhile`` is called when a mail has come in, before the
    server answers for it.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails: list[tuple[str, EmailMessage]] = []
        self.raw: list[bytes] = []
        self.refused: dict[str, int] = {}
        self.breaks_at = 0
        self.came = 0
        self.meanwhile: Callable[[], Any] = lambda: None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def to(self) -> list[str]:
        return [address for address, _ in self.mails]


class Session(socketserver.StreamRequestHandler):
    server: Server

    def say(self, code: int, words: str = SAYS) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())

    def handle(self) -> None:
        self.say(220)
        address = ""
        while line := self.rfile.readline():
            word = line[:4].decode().upper()
            if word == "RCPT":
                address = line.decode().partition("<")[2].partition(">")[0]
                self.say(self.server.refused.get(address, 250))
            elif word == "DATA":
                self.say(354)
                if not self.take(address):
                    return
            elif word == "QUIT":
                self.say(221)
                return
            else:
                self.say(250)

    def take(self, address: str) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line[:2] == b".." else line)
        self.server.came += 1
        if self.server.came == self.server.breaks_at:
            return False
        self.server.meanwhile()
        raw = b"".join(lines)
        text = raw.replace(b"\r\n", b"\n")
        made = email.message_from_bytes(text, policy=email.policy.default)
        assert isinstance(made, EmailMessage)
        self.server.raw.append(raw)
        self.server.mails.append((address, made))
        self.say(250)
        return True


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        running = threading.Thread(target=server.serve_forever, args=(0.01,))
        running.start()
        try:
            yield server
        finally:
            server.shutdown()
            running.join()
