"""States of the counter worth a picture of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.counter.page import CounterPage


def counter_pictures(page: CounterPage) -> dict[str, Callable[[], None]]:
    """Several people found, one of them at the till, somebody new."""

    def enter(text: str) -> None:
        page.next_customer()
        page.box.setText(text)
        page.till.enter(text)

    return {
        "several": lambda: enter("555"),
        "customer": lambda: enter("W05178"),
        "new": lambda: enter("0955-123-987"),
    }
