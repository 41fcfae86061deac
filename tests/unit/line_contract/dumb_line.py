"""A server that knows nothing of LINE's rules: it answers every endpoint with an example made from the models of LINE's own library —
the least the description demands, all it allows, or more than it knows today."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic.v1 import BaseModel
from pydantic.v1.fields import SHAPE_LIST, ModelField

from tests.unit.line_contract.contract import CONTRACTS, EMPTY, PICTURE, name_of

MODES = ("least", "all", "nulls", "unheard of")
"""Only what is required; every field; every optional field null; every field, unknown words and fields nobody knows."""

NUMBER = 7
"""Every number in every answer."""


def example(model: Any, mode: str) -> dict[str, Any]:
    """An answer that fits a model, as JSON."""
    shown: dict[str, Any] = {}
    for field in model.__fields__.values():
        if not field.required and mode == "least":
            continue
        shown[field.alias] = None if not field.required and mode == "nulls" else _value(field, mode)
    if mode == "unheard of":
        shown["addedLater"] = {"anything": [None, {"deeper": 1}]}
    return shown


def _value(field: ModelField, mode: str) -> Any:
    if field.shape == SHAPE_LIST:
        return [_one(field, mode), _one(field, mode)] if mode != "least" else []
    return _one(field, mode)


def _one(field: ModelField, mode: str) -> Any:
    kind = field.type_
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return example(kind, mode)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "SOMETHING_NEW" if mode == "unheard of" else next(iter(kind)).value
    if isinstance(kind, type) and issubclass(kind, bool):
        return True
    name = getattr(kind, "__name__", str(kind))
    if "Bool" in name:
        return True
    if "Int" in name or "int" in name or "Union" in str(kind) or "Float" in name:
        return NUMBER
    if "datetime" in name:
        return "2026-11-01T00:00:00.000Z"
    if field.alias in {"phase", "status"}:
        # Words that the description lists in the text only.
        return "something_new" if mode == "unheard of" else "waiting" if field.alias == "phase" else "ready"
    return f"text of {field.alias}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in one piece: two would wait for each other.
    wbufsize = 65_536
    server: DumbLine

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on stderr."""

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        name = name_of(self.command, self.path.partition("?")[0])
        self.server.asked.append(name or f"{self.command} {self.path}")
        contract = CONTRACTS[name] if name else None
        answer = (
            {}
            if contract is None or contract.answer in (EMPTY, PICTURE)
            else example(contract.answer, self.server.mode)
        )
        body = json.dumps(answer).encode()
        self.send_response(200 if contract else 404)
        for header, value in (
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("X-Line-Request-Id", "request"),
        ):
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's names


class DumbLine(ThreadingHTTPServer):
    """The server; ``asked`` are the endpoints that were asked for."""

    daemon_threads = False

    def __init__(self, mode: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = mode
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def dumb_line(mode: str) -> Iterator[DumbLine]:
    """A server that runs as long as the block; the client has to close its connections before."""
    server = DumbLine(mode)
    thread = threading.Thread(target=lambda: server.serve_forever(0.01), name="dumb-line")
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
