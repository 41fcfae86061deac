"""Errors meant for the shop owner. Each says what happened and what to do next; whatever is not a
UserError is a bug and is shown as one, never guessed into a sentence."""

from __future__ import annotations

from desktop.core.message import Message


class UserError(Exception):
    """Something the owner can understand and act on.

    Args:
        text: what happened, why, and what is safe.
        cure: what to do next, if there is a step to take.
        details: technical text for "copy details" (never member data or secrets).
    """

    def __init__(self, text: Message, *, cure: Message | None = None, details: str = "") -> None:
        super().__init__(text.key)
        self.text = text
        self.cure = cure
        self.details = details


class WrongUsage(UserError):
    """The command line's words are off (exit code 2)."""


class QuestionOpen(UserError):
    """A decision only the owner can take; carries the option that answers it on the command line."""

    def __init__(self, text: Message, *, option: str, details: str = "") -> None:
        super().__init__(text, details=details)
        self.option = option


class Cancelled(Exception):
    """The owner cancelled a running job; nothing of it was saved."""
