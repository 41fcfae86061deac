"""The body of a request that is one picture and nothing else: raw bytes with the picture's own type, not a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def _nothing() -> None:
    return


class PictureBody:
    """A picture as it is sent.

    Args:
        data: the file.
        media_type: image/jpeg or image/png.
    """

    def __init__(self, data: bytes, media_type: str) -> None:
        self.content_type = media_type
        self.when_sent: Callable[[], None] = _nothing
        self._data = data
        self._at = 0

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(65_536):
            yield piece

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size`` (all, if negative); b"" at the end."""
        end = len(self._data) if size < 0 else self._at + size
        piece = self._data[self._at : end]
        self._at += len(piece)
        if piece and self._at >= len(self._data):
            self.when_sent()
        return piece
