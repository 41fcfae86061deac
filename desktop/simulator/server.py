"""The HTTP side: sockets on 127.0.0.1, keep-alive, one thread per connection, and a close that leaves no thread.

What a request means is decided elsewhere (``Answerer``); here requests are read whole and answers are written in one
piece — or slowly, or not to the end, where a fault says so.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from desktop.simulator.exchange import Reply, Request

_log = logging.getLogger(__name__)

_BODY_AT_MOST = 128 * 1024 * 1024
"""Bytes of a body that are read at all: more than two full ID files."""

_IDLE_SECONDS = 120.0
_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes back to the client and how.

    ``reply`` None cuts the connection. ``wait`` seconds pass first; ``bytes_per_second`` slows the body; ``midway``
    ends the connection after half of the body.
    """

    reply: Reply | None
    request_id: str
    now: float
    wait: float = 0.0
    bytes_per_second: float | None = None
    midway: bool = False


class Answerer(Protocol):
    """Who decides the answers."""

    def handle(self, request: Request) -> Sending:
        """The answer to a request; may take its time."""

    def pause(self, seconds: float) -> bool:
        """Let time pass; True if the simulator is closing and the connection should end."""


class LoopbackServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only.

    Args:
        answerer: who decides the answers.
        port: 0 for any free one.

    Raises:
        OSError: if the port is taken.
    """

    daemon_threads = False
    # On Windows this option lets two programs listen on one port; elsewhere it only skips the wait after a close.
    allow_reuse_address = os.name != "nt"
    request_queue_size = 64

    def __init__(self, answerer: Answerer, port: int) -> None:
        self.answerer = answerer
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = threading.Thread(target=self.serve_forever, name="line-simulator")

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, end every connection and wait for all threads."""
        if self._thread.is_alive():
            self._end_loop()
        with self._connections_lock:
            open_now = list(self._connections)
        for connection in open_now:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def _end_loop(self) -> None:
        shutdown = threading.Thread(target=self.shutdown)
        shutdown.start()
        while shutdown.is_alive():
            # serve_forever looks at its flag when a connection comes, or twice a second: so one comes.
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.server_port), timeout=1):
                shutdown.join(0.05)
        self._thread.join()

    def server_bind(self) -> None:
        # HTTPServer looks up this computer's own name here, which takes seconds on some networks.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        _log.exception("the simulator failed while reading or writing")


class _Unreadable(Exception):
    """The request cannot be read: the status to refuse it with."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class _Handler(BaseHTTPRequestHandler):
    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True

    def handle(self) -> None:
        # A client may leave at any moment; that is its right and no failure of ours.
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on stderr: the journal is kept by the simulator."""

    def _serve(self) -> None:
        try:
            request = self._read()
        except _Unreadable as reason:
            self._refuse_unread(reason)
            return
        sending = self.server.answerer.handle(request)
        if (sending.wait > 0 and self.server.answerer.pause(sending.wait)) or sending.reply is None:
            self.close_connection = True
        else:
            self._send(sending, sending.reply)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _serve  # noqa: N815 - http.server's names

    def _read(self) -> Request:
        if self.headers.get("Transfer-Encoding"):
            raise _Unreadable(411, "Length Required")
        written = self.headers.get("Content-Length")
        if written is None and self.command in _METHODS_WITH_BODY:
            raise _Unreadable(411, "Length Required")
        if written is not None and not (written.isascii() and written.isdigit()):
            raise _Unreadable(400, "Bad Content-Length")
        length = int(written or 0)
        if length > _BODY_AT_MOST:
            raise _Unreadable(413, "Request Entity Too Large")
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionAbortedError("the client left in the middle of its request")
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = parse_qs(address.query, keep_blank_values=True)
        return Request(self.command, address.path, query, headers, body)

    def _refuse_unread(self, reason: _Unreadable) -> None:
        self.close_connection = True
        body = json.dumps({"message": reason.text}).encode()
        headers = [("Content-Type", "application/json"), ("X-Line-Request-Id", str(uuid.uuid4()))]
        self.wfile.write(self._head(reason.status, headers, len(body)) + body)
        # Closing while the client still sends would reset the connection before it reads the answer.
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(1.0)
        while self.rfile.read1(65_536):
            pass

    def _send(self, sending: Sending, reply: Reply) -> None:
        headers = [("Content-Type", reply.content_type), *reply.headers]
        if reply.from_line:
            headers += [
                ("X-Line-Request-Id", sending.request_id),
                ("Date", formatdate(sending.now, usegmt=True)),
                ("Server", "LINE simulator"),
            ]
        head = self._head(reply.status, headers, len(reply.body))
        if sending.midway:
            self.close_connection = True
            self.wfile.write(head + reply.body[: len(reply.body) // 2])
        elif sending.bytes_per_second is None:
            self.wfile.write(head + reply.body)
        else:
            self.wfile.write(head)
            self._send_slowly(reply.body, sending.bytes_per_second)

    def _send_slowly(self, body: bytes, bytes_per_second: float) -> None:
        for byte in body:
            if self.server.answerer.pause(1.0 / bytes_per_second):
                self.close_connection = True
                return
            self.wfile.write(bytes((byte,)))

    def _head(self, status: int, headers: list[tuple[str, str]], length: int) -> bytes:
        reason = self.responses[status][0] if status in self.responses else ""
        lines = [f"{self.protocol_version} {status} {reason}", f"Content-Length: {length}"]
        lines += [f"{name}: {value}" for name, value in headers]
        if self.close_connection:
            lines.append("Connection: close")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
