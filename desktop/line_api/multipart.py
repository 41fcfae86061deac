"""The body of a file upload, made while it is sent: form fields and one text file of user IDs, of known
length, never whole in memory, with progress and a way to stop."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping

USER_ID_LINE = 34
"""Bytes of one line: 33 of a user ID and a line feed."""


def _nothing(*_: int) -> None:
    return


class MultipartFile:
    """A multipart/form-data body whose file part is a list of user IDs, one a line, ASCII, LF, as LINE's
    examples have it.

    Args:
        fields: form fields in order; sent as UTF-8.
        blocks: the user IDs in blocks, in the order they are sent.
        count: how many IDs the blocks hold together; the body's length is told before it is sent.
        progress: called with (bytes sent, bytes in all).
        checked: called before each block; may raise to stop sending. The request is then incomplete, so LINE
            cannot have processed it.

    Raises:
        ValueError: while it is read, if the blocks hold another number of IDs than ``count``.
    """

    def __init__(
        self,
        fields: Mapping[str, str],
        blocks: Iterable[list[str]],
        count: int,
        *,
        progress: Callable[[int, int], None] = _nothing,
        checked: Callable[[], None] = _nothing,
    ) -> None:
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._head = "".join(_field(boundary, name, value) for name, value in fields.items()).encode() + (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="audience.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        ).encode("ascii")
        self._tail = f"\r\n--{boundary}--\r\n".encode("ascii")
        self._length = len(self._head) + count * USER_ID_LINE + len(self._tail)
        self._pieces = self._made(blocks, count)
        self._rest, self._at = b"", 0
        self._progress = progress
        self._checked = checked
        self.sent = 0
        self.when_sent: Callable[[], None] = _nothing

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(65_536):
            yield piece

    @property
    def complete(self) -> bool:
        """Whether the last byte has been handed out; from then on LINE may process the request."""
        return self.sent >= self._length

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size`` (all, if negative); b"" at the end."""
        while size < 0 or len(self._rest) - self._at < size:
            more = next(self._pieces, None)
            if more is None:
                break
            self._rest, self._at = self._rest[self._at :] + more, 0
        piece = self._rest[self._at :] if size < 0 else self._rest[self._at : self._at + size]
        self._at += len(piece)
        if piece:
            self.sent += len(piece)
            self._progress(self.sent, self._length)
            if self.complete:
                self.when_sent()
        return piece

    def _made(self, blocks: Iterable[list[str]], count: int) -> Iterator[bytes]:
        yield self._head
        written = 0
        for block in blocks:
            self._checked()
            written += len(block)
            yield "".join(f"{user_id}\n" for user_id in block).encode("ascii")
        if written != count:
            raise ValueError("the list of user IDs changed while it was sent")
        self._checked()
        yield self._tail


def _field(boundary: str, name: str, value: str) -> str:
    return f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
