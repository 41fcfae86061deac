"""What the chat above the menu says in the preview: the shop's own greeting of today, or a friendly word where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QImage

from desktop.core.planning.greeting.balloons import Greeting
from desktop.core.planning.greeting.line_messages import PREVIEW_URL, preview_messages
from desktop.text import t


def sample_chat(account: str, greeting: Greeting | None) -> list[dict[str, Any]]:
    """The chat as LINE's message objects.

    Args:
        account: what the account is called.
        greeting: the one friends get today; None if none is planned.
    """
    if greeting is not None and greeting.balloons:
        return preview_messages(greeting, t("rich_menu_page.sample_friend"), account)
    return [{"type": "text", "text": t("rich_menu_page.sample_greeting", shop=account)}]


def pictures_of(
    greeting: Greeting | None, kept: Callable[[int], QImage | None]
) -> Callable[[str], QImage | None]:
    """The pictures of that chat by their addresses in the preview."""
    numbers = greeting.pictures() if greeting is not None else ()
    known = {PREVIEW_URL.format(id=number): number for number in numbers}

    def picture(address: str) -> QImage | None:
        number = known.get(address)
        return None if number is None else kept(number)

    return picture
