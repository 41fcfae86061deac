"""The states of the page of tags worth a picture of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.operations.tagging.rules import RuleDraft
from desktop.text import t

if TYPE_CHECKING:
    from desktop.ui.tags.page import TagsPage


class TagPictures:
    """Brings the page there."""

    def __init__(self, page: TagsPage) -> None:
        self._page = page

    def states(self) -> dict[str, Callable[[], None]]:
        """Name → what brings the page there."""
        return {
            "one": self._one,
            "several": self._several,
            "merge": self._merge,
            "delete": self._delete,
            "nothing": lambda: self._page.list.search.setText("zzz"),
            "split": self._split,
            "health": lambda: self._tab(2),
            "rules": lambda: self._tab(1),
            "rule": self._rule,
        }

    def _tab(self, at: int) -> None:
        self._page.bar.clear()
        self._page.list.show_all()
        self._page.tabs.setCurrentIndex(at)

    def _select(self, count: int) -> None:
        self._tab(0)
        rows = self._page.list.table.rows.rows
        self._page.list.table.select([row.tag.id for row in rows[:count]])

    def _one(self) -> None:
        self._select(1)

    def _several(self) -> None:
        self._select(3)

    def _merge(self) -> None:
        self._select(2)
        self._page.asking.merge()

    def _delete(self) -> None:
        self._select(1)
        self._page.asking.delete()

    def _split(self) -> None:
        self._select(1)
        self._page.asking.split()

    def _rule(self) -> None:
        self._tab(1)
        name = t("rules.template.regulars")
        self._page.rules.new()
        self._page.rules.editor.show_new(RuleDraft(None, name, "last_order:<=60d orders:>=3", name))
