"""A server on this computer that answers every request with the same bytes and remembers what it was sent."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Canned:
    """``answer`` goes out after each request, ``drip`` of its bytes at a time if set, and never with ``hold``."""

    answer: bytes
    drip: int = 0
    hold: bool = False
    received: list[bytes] = field(default_factory=list)
    port: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, listener: socket.socket, context: ssl.SSLContext | None) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(5)
                self._talk(context.wrap_socket(connection, server_side=True) if context else connection)

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65_536)
                if not piece:
                    return
                request += piece
            head, _, body = request.partition(b"\r\n\r\n")
            length = next(
                (
                    int(one.split(b":")[1])
                    for one in head.split(b"\r\n")
                    if one.lower().startswith(b"content-length")
                ),
                0,
            )
            while len(body) < length:
                body += connection.recv(65_536)
            self.received.append(head + b"\r\n\r\n" + body)
            if self.hold:
                self.closing.wait(5)
                return
            if not self.drip:
                connection.sendall(self.answer)
                return
            for start in range(0, len(self.answer), self.drip):
                connection.sendall(self.answer[start : start + self.drip])
                if self.closing.wait(0.02):
                    return


def http(status: str, body: bytes = b"{}", *headers: str, content_type: str = "application/json") -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body)}",
        f"Content-Type: {content_type}",
        "Connection: close",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


@contextmanager
def canned(
    answer: bytes, *, drip: int = 0, hold: bool = False, context: ssl.SSLContext | None = None
) -> Iterator[Canned]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Canned(answer, drip, hold, port=listener.getsockname()[1])
        thread = threading.Thread(target=server.serve, args=(listener, context), name="canned")
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            thread.join()
