"""What the chat above the menu says in the preview."""

from __future__ import annotations

from typing import Any

from desktop.text import t


def sample_chat(account: str) -> list[dict[str, Any]]:
    """A greeting as LINE's message objects."""
    return [{"type": "text", "text": t("rich_menu_page.sample_greeting", shop=account)}]
