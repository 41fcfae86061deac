"""The rules of an audience's name, as LINE will have them."""

from __future__ import annotations

import unicodedata

from desktop.core.errors import UserError
from desktop.core.limits import AUDIENCE
from desktop.core.message import message


def clean_audience_name(name: str) -> str:
    """The name as it is kept and later sent to LINE: trimmed, otherwise as written.

    Raises:
        UserError: if it is empty, holds line breaks or other control characters, or is longer than LINE takes (counted in
            UTF-16 units, LINE's default way of counting).
    """
    kept = name.strip()
    if not kept:
        raise UserError(message("audiences.name_empty"))
    if any(unicodedata.category(c) == "Cc" for c in kept):
        raise UserError(message("audiences.name_control"))
    if len(kept.encode("utf-16-le")) // 2 > AUDIENCE.name_length:
        raise UserError(message("audiences.name_too_long", limit=AUDIENCE.name_length))
    return kept
