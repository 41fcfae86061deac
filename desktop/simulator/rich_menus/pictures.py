"""A picture's kind and size as its first bytes tell them: all LINE has to know of a menu's picture."""

from __future__ import annotations

from dataclasses import dataclass

_NO_SIZE = {0xC4, 0xC8, 0xCC}
"""JPEG markers between C0 and CF that begin no frame."""


@dataclass(frozen=True, slots=True)
class Picture:
    """``media_type`` image/png or image/jpeg, width and height in pixels."""

    media_type: str
    width: int
    height: int


def read_header(data: bytes) -> Picture | None:
    """What a file is, or None if it is neither PNG nor JPEG."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) >= 24:
        return Picture("image/png", int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    return _jpeg(data) if data[:3] == b"\xff\xd8\xff" else None


def _jpeg(data: bytes) -> Picture | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = (int.from_bytes(data[at + n : at + n + 2], "big") for n in (5, 7))
            return Picture("image/jpeg", width, height)
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
