"""What a chat says to who cannot see it: the texts of its messages in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def spoken(messages: Sequence[Mapping[str, Any]]) -> str:
    """All texts of the messages, one line each: a text itself, else the alternative text, else what the parts say."""
    return "\n".join(said for said in map(_said, messages) if said)


def _said(message: Mapping[str, Any]) -> str:
    if message.get("text"):
        return str(message["text"])
    parts = [str(message.get("altText") or "")]
    template = message.get("template") or {}
    for column in template.get("columns") or (template,):
        parts += [str(column.get(name) or "") for name in ("title", "text")]
    return " ".join(part for part in parts if part)
