"""The menu 「＋ 條件」: the questions owners ask most, one click each. What it offers of tags, stores and
levels comes from the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.people.condition import Ago, And, Condition, Op, Term
from desktop.core.people.tag import Tag
from desktop.store import people, tags
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.members.searching.condition_words import described

WITHIN = (Ago(30), Ago(90), Ago(180), Ago(1, "y"))
BEFORE = (Ago(60), Ago(90), Ago(180), Ago(1, "y"))
TIMES = (1, 2, 5, 10)
TAGS_OFFERED = 15


@dataclass(frozen=True, slots=True)
class Offers:
    """What a shop has to choose from: its tags, most held first, and its stores and levels with their numbers of people."""

    tags: tuple[Tag, ...]
    stores: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int], ...]


def read_offers(db: Database) -> Offers:
    """Read what the menu offers."""
    return Offers(
        tuple(tags.all_tags(db)[:TAGS_OFFERED]),
        tuple(people.values_of(db, "store")),
        tuple(people.values_of(db, "level")),
    )


class FilterMenu(QMenu):
    """Says which condition was chosen, or which words to put into the search field for the owner to go on typing."""

    chosen = Signal(object)
    typing = Signal(str)
    days_asked = Signal(str)

    def __init__(self, offers: Offers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags(offers.tags)
        self._last_order()
        self._line()
        self._values("store", offers.stores)
        self._values("level", offers.levels)
        self._spending()

    def _tags(self, offered: Sequence[Tag]) -> None:
        menu = self.addMenu(t("members.filter.tag"))
        for tag in offered:
            self._offer(
                menu, Term("tag", Op.HAS, tag.name), t("members.filter.counted", value=tag.name, n=tag.people)
            )
        if offered:
            menu.addSeparator()
        self._offer(menu, Term("tag", Op.NONE))
        self._offer(menu, Term("tag", Op.ANY))
        word = t("query.field.tag")
        menu.addAction(t("members.filter.other_tag"), lambda: self.typing.emit(f"{word}:"))

    def _last_order(self) -> None:
        menu = self.addMenu(t("members.filter.last_order"))
        for age in WITHIN:
            self._offer(menu, Term("last_order", Op.LE, age))
        menu.addAction(t("members.filter.within_days"), lambda: self.days_asked.emit("within"))
        menu.addSeparator()
        for age in BEFORE:
            self._offer(menu, Term("last_order", Op.GT, age))
        menu.addAction(t("members.filter.before_days"), lambda: self.days_asked.emit("before"))
        menu.addSeparator()
        self._offer(menu, Term("last_order", Op.NONE))

    def _line(self) -> None:
        menu = self.addMenu(t("members.filter.line"))
        self._offer(menu, Term("bound", Op.HAS, "yes"))
        pairs = (
            ("members.chip.unbound_members", "shop_member", "yes", "bound", "no"),
            ("members.chip.friends_only", "friend", "yes", "shop_member", "no"),
        )
        for key, first, yes, second, no in pairs:
            both = And((Term(first, Op.HAS, yes), Term(second, Op.HAS, no)))
            self._offer(menu, both, t(key))
        menu.addSeparator()
        self._offer(menu, Term("reachable", Op.HAS, "yes"))
        self._offer(menu, Term("reachable", Op.HAS, "no"))
        self._offer(menu, Term("do_not_send", Op.HAS, "yes"))
        self._offer(menu, Term("blocked", Op.HAS, "yes"))

    def _values(self, field: str, offered: Sequence[tuple[str, int]]) -> None:
        if not offered:
            return
        menu = self.addMenu(t(f"members.filter.{field}"))
        for value, count in offered:
            self._offer(menu, Term(field, Op.EQ, value), t("members.filter.counted", value=value, n=count))
        menu.addSeparator()
        self._offer(menu, Term(field, Op.NONE))

    def _spending(self) -> None:
        menu = self.addMenu(t("members.filter.orders"))
        self._offer(menu, Term("orders", Op.EQ, 0))
        for times in TIMES:
            self._offer(menu, Term("orders", Op.GE, times))
        word = t("query.field.total")
        menu.addAction(t("members.filter.total"), lambda: self.typing.emit(f"{word}:>="))

    def _offer(self, menu: QMenu, condition: Condition, text: str | None = None) -> None:
        words = text or described(condition) or ""
        menu.addAction(words.replace("&", "&&"), lambda: self.chosen.emit(condition))


def days_term(kind: str, days: int) -> Term:
    """「最近消費 n 天內」 (kind "within") or 「超過 n 天」 ("before")."""
    return Term("last_order", Op.LE if kind == "within" else Op.GT, Ago(days))
