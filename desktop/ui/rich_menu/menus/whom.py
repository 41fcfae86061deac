"""For whom a menu is: everybody, who is bound, a tag, an audience, or any condition, in words and as a list to choose from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.core.people.condition import Op, Term
from desktop.core.people.query_text import parse, to_text
from desktop.store import audiences, tags
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.choosing.chooser import Choice, Chooser
from desktop.ui.desk import Desk

EVERYBODY = "\0everybody"
BOUND = "bound:yes"
UNBOUND = "bound:no"
TAG, AUDIENCE = "\0tag:", "\0audience:"


def whom_words(query: str) -> str:
    """Whose a menu is, as short as it can be said."""
    if not query:
        return t("rich_menu_page.whom.everybody")
    if query in (BOUND, UNBOUND):
        return t("rich_menu_page.whom.bound" if query == BOUND else "rich_menu_page.whom.unbound")
    try:
        condition = parse(query)
    except UserError:
        return query
    if isinstance(condition, Term) and condition.field in ("tag", "audience") and condition.op is Op.HAS:
        key = f"rich_menu_page.whom.{condition.field}"
        return t(key, name=str(condition.value))
    return summary(condition)


def query_of(picked: str) -> str:
    """The query that a choice of the list stands for."""
    if picked == EVERYBODY:
        return ""
    for beginning, field in ((TAG, "tag"), (AUDIENCE, "audience")):
        if picked.startswith(beginning):
            return to_text(Term(field, Op.HAS, picked.removeprefix(beginning)))
    return picked.strip()


def ask_whom(desk: Desk, over: QWidget, anchor: QWidget, then: Callable[[str], object]) -> None:
    """Show the list below a button; ``then`` is given the query chosen or typed."""
    desk.jobs.read(
        _choices, owner=over, then=partial(_open, desk, over, anchor, then), latest="rich_menu.whom"
    )


def _open(
    desk: Desk, over: QWidget, anchor: QWidget, then: Callable[[str], object], choices: list[Choice]
) -> None:
    chooser = Chooser(
        over,
        t("rich_menu_page.whom.choose"),
        choices,
        lambda picked: then(query_of(picked)),
        free=True,
        once=True,
        rows=10,
    )
    chooser.open_at(anchor)


def _choices(db: Database) -> list[Choice]:
    usual, named = t("rich_menu_page.whom.usual"), t("rich_menu_page.whom.tags")
    found = [
        Choice(t("rich_menu_page.whom.everybody"), key=EVERYBODY, group=usual),
        Choice(t("rich_menu_page.whom.bound"), key=BOUND, group=usual),
        Choice(t("rich_menu_page.whom.unbound"), key=UNBOUND, group=usual),
    ]
    found += [
        Choice(
            tag.name, tag.colour or theme.tag_colour(tag.name), tag.people, key=TAG + tag.name, group=named
        )
        for tag in sorted(tags.all_tags(db), key=lambda tag: -tag.people)
    ]
    saved = t("rich_menu_page.whom.audiences")
    found += [Choice(one.name, key=AUDIENCE + one.name, group=saved) for one in audiences.all_audiences(db)]
    return found
