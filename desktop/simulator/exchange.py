"""What passes between the sockets and LINE's rules: one request, one reply, and a refusal in LINE's own shape."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))')


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. ``path`` is without the query, header names are lower case, ``body`` is complete; ``request_id`` is
    the one LINE answers it with."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    request_id: str = ""

    def query_value(self, name: str) -> str | None:
        """The first value of a query parameter; None if it is not there."""
        values = self.query.get(name)
        return values[0] if values else None

    def content_type(self) -> tuple[str, dict[str, str]]:
        """The media type in lower case ("" without a header) and its parameters (charset, boundary)."""
        return header_parts(self.headers.get("content-type", ""))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. ``from_line`` is false where something between the client and LINE answers in its place."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    from_line: bool = True


class Refusal(Exception):
    """LINE says no: the status, the JSON body it says it with, and headers of its own."""

    def __init__(
        self, status: int, body: Mapping[str, object], headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers


def json_reply(status: int, value: Mapping[str, object], headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A JSON answer as LINE writes it: UTF-8, not escaped to ASCII."""
    return Reply(
        status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), headers=headers
    )


def refuse(status: int, text: str, code: str | None = None, name: str | None = None) -> Refusal:
    """A refusal in the body shape of every call but OAuth's: message, and details with code and property.

    Args:
        status: HTTP status.
        text: the ``message``.
        code: the code that LINE puts into ``details[0].message``, if there is one.
        name: the property that LINE puts into ``details[0].property``, if there is one.
    """
    detail = {key: value for key, value in (("message", code), ("property", name)) if value is not None}
    return Refusal(status, {"message": text, "details": [detail]} if detail else {"message": text})


def header_parts(header: str) -> tuple[str, dict[str, str]]:
    """The value of a Content-Type or Content-Disposition header in lower case, and its parameters.

    Never fails: what cannot be read as a parameter is left out. Names of parameters are lower case.
    """
    value, _, rest = header.partition(";")
    parameters: dict[str, str] = {}
    for match in _PARAMETER.finditer(";" + rest):
        name, quoted, plain = match.groups()
        parameters[name.lower()] = plain.strip() if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    return value.strip().lower(), parameters


def json_object(request: Request) -> dict[str, object]:
    """The JSON object of a request's body.

    Raises:
        Refusal: 415 if the body is not declared as JSON, 400 if it is no JSON object.
    """
    if request.content_type()[0] != "application/json":
        raise refuse(415, "The content type of the request is not supported")
    try:
        value = json.loads(request.body)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise refuse(400, "The request body could not be parsed as JSON") from error
    if not isinstance(value, dict):
        raise refuse(400, "The request body could not be parsed as JSON")
    return value
