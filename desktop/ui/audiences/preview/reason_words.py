"""Reasons in words, their dates as the language in use writes them."""

from __future__ import annotations

from desktop.core.message import Message
from desktop.operations.audiences.explaining import PreviewPerson
from desktop.text import render
from desktop.ui import i18n


def reason_text(reason: Message) -> str:
    """One reason in words."""
    params = dict(reason.params)
    if "date" in params:
        params["date"] = i18n.date(str(params["date"]))
    return render(Message(reason.key, params))


def why_text(person: PreviewPerson) -> str:
    """All reasons of a person."""
    return " · ".join(reason_text(reason) for reason in person.reasons)
