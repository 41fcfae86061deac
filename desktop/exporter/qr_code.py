"""A QR code as a square of dark and light fields, for whoever draws it."""

from __future__ import annotations

QUIET = 4
"""Light fields around a code that a camera needs (ISO/IEC 18004, quiet zone)."""


def fields(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a code, dark is True, without the quiet zone. Level M restores 15 % that are dirty or torn.

    Args:
        text: what a camera reads, at most 2,331 bytes as UTF-8.

    Raises:
        ValueError: if it is longer than a code can hold.
    """
    import segno
    from segno.encoder import DataOverflowError

    try:
        code = segno.make_qr(text, error="m", boost_error=False)
    except DataOverflowError as error:
        raise ValueError("too long for a QR code") from error
    return tuple(tuple(bool(field) for field in row) for row in code.matrix)
