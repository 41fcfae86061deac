"""What stands in the place of the list while it has nobody to show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.text import t
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.empty_state import EmptyState


def no_members(load: Callable[[], object] | None, sample: Callable[[], object] | None) -> QWidget:
    """The shop is empty.

    Args:
        load: chooses files to import; None if this program cannot.
        sample: opens the practice shop; None in the practice shop.
    """
    buttons = []
    if load is not None:
        buttons.append(primary_button(t("members.import"), load))
    if sample is not None:
        buttons.append(button(t("members.empty.sample"), sample))
    return EmptyState("users", t("members.empty.title"), t("members.empty.text"), *buttons)


def no_match(clear: Callable[[], object]) -> QWidget:
    """Nobody matches the condition."""
    clear_button = button(t("members.no_match.clear"), clear)
    return EmptyState("search", t("members.no_match.title"), t("members.no_match.text"), clear_button)
