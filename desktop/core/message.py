"""A text for people that is not yet in any language: a key into the catalogues and its parameters.
Everything below the window and the command line speaks in messages, so that one history or error can be
read in each language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable sentence.

    Args:
        key: name in the catalogues, e.g. ``"tags.added"``.
        params: values for the placeholders; ``n`` chooses the plural form. Values are str, int, float, bool, None,
            or another Message.
    """

    key: str
    params: dict[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.key, self.to_json()))

    def to_json(self) -> str:
        """The message as one line of JSON, as the history and the outbox keep it."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Message:
        """Read what :meth:`to_json` wrote."""
        return cast("Message", _message(json.loads(text)))


def message(key: str, **params: Any) -> Message:
    """Shorthand: ``message("tags.added", n=3)``."""
    return Message(key, params)


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return {"key": value.key, "params": {name: _plain(item) for name, item in value.params.items()}}
    return value


def _message(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"key", "params"}:
        return Message(value["key"], {name: _message(item) for name, item in value["params"].items()})
    return value
