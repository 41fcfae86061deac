"""What the page asks the owner before it does something: a name, a tag to join into, a condition to split by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.core.message import Message, message
from desktop.operations.tagging.tags import LONGEST_EXPIRY
from desktop.text import t
from desktop.ui.choosing.chooser import Choice, Chooser
from desktop.ui.desk import Desk
from desktop.ui.tags import words
from desktop.ui.tags.split_dialog import SplitDialog
from desktop.ui.tags.tag_actions import TagActions

if TYPE_CHECKING:
    from desktop.ui.tags.page import TagsPage


class Asking(QObject):
    """One page's."""

    def __init__(self, page: TagsPage, desk: Desk, actions: TagActions) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._actions = actions

    def do(self, what: str) -> None:
        """Do something with what is selected: members, merge, split, delete, expired, group or days."""
        act: dict[str, Callable[[], object]] = {
            "members": self._page.show_members,
            "merge": self.merge,
            "split": self.split,
            "delete": self.delete,
            "expired": lambda: self._actions.take_off_expired([self._page.name()]),
            "group": self._group,
            "days": self._days,
        }
        if self._page.selected:
            act[what]()

    def new(self) -> None:
        """A new tag's name."""
        self._desk.dialogs.ask_text(
            self._page,
            message("tags_page.new"),
            message("tags_page.name"),
            self._actions.create,
            button=message("tags_page.create"),
        )

    def rename(self) -> None:
        """Put the cursor into the tag's name."""
        self._page.details.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._page.details.name.selectAll()

    def merge(self) -> None:
        """The tag that the one selected becomes part of; of several, the one the panel says."""
        chosen = [tag.name for tag in self._page.selected]
        if len(chosen) > 1:
            self._actions.ask_merge(chosen, self._page.many.into.value())
            return
        others = [tag for tag in self._page.known.tags if tag.name not in chosen]
        choices = [Choice(tag.name, words.colour_of(tag), tag.people) for tag in others]
        chooser = Chooser(self._page, t("tags_page.merge_into"), choices, lambda into: pick(into), free=False)

        def pick(into: str) -> None:
            chooser.close()
            self._actions.ask_merge(chosen, into)

        chooser.open_at(self._page.details.acts["merge"])

    def split(self) -> None:
        """The condition to split by, and the other tag's name."""
        facts = self._page.details.facts
        if facts is not None:
            dialog = SplitDialog(self._page, self._desk, facts)
            dialog.split.connect(partial(self._actions.split, facts.tag.name))
            self._desk.dialogs.show(dialog)

    def delete(self) -> None:
        """Whether to delete what is selected."""
        self._actions.ask_delete(self._page.selected)

    def _group(self) -> None:
        name = self._page.name()
        self._desk.dialogs.ask_text(
            self._page,
            message("tags_page.new_group"),
            message("tags_page.column.group"),
            lambda group: self._actions.describe(name, group=group),
        )

    def _days(self) -> None:
        name = self._page.name()
        self._desk.dialogs.ask_text(
            self._page,
            message("tags_page.other_days"),
            message("tags_page.days_label"),
            lambda days: self._actions.describe(name, expires_after=int(days)),
            check=_check_days,
        )


def _check_days(text: str) -> Message | None:
    usable = text.isdecimal() and 1 <= int(text) <= LONGEST_EXPIRY
    return None if usable else message("tags.bad_expiry", limit=LONGEST_EXPIRY)
