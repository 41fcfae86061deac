"""How many people each line of a condition holds by itself, and how many more there would be without it: counted in the
background, one line after the other, while the condition is edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.core.errors import UserError
from desktop.core.message import Message
from desktop.core.people.condition import Condition
from desktop.store.condition_sql import count, query_context
from desktop.store.database import Database
from desktop.text import render, t
from desktop.ui.audiences.builder.draft import Group, meant, removed, says_something, walk
from desktop.ui.desk import Desk

MOST_LINES = 40
"""A condition with more lines than that is not counted line by line."""


@dataclass(frozen=True, slots=True)
class LineFigures:
    """``alone``: whom the line matches by itself; ``without``: how many there were without it; ``now``: with it (None: the
    rest of the condition cannot be counted); ``wrong``: why the line itself cannot be counted."""

    alone: int = 0
    without: int | None = None
    now: int | None = None
    wrong: Message | None = None


def questions(draft: Group) -> dict[int, tuple[Condition, Condition]]:
    """For each finished node of a draft, by its number: itself, and the whole without it."""
    nodes = [node for node in walk(draft) if node.id != draft.id and says_something(node)]
    if len(nodes) > MOST_LINES:
        return {}
    return {node.id: (meant(node), meant(removed(draft, node.id))) for node in nodes}


def read_figures(
    desk: Desk, owner: QObject, draft: Group, then: Callable[[dict[int, LineFigures]], None]
) -> None:
    """Count, and give the figures by the number of the node to ``then``."""
    asked, whole = questions(draft), meant(draft)

    def work(db: Database) -> dict[int, LineFigures]:
        context = query_context(db)
        counted: dict[Condition, int] = {}

        def people(condition: Condition) -> int:
            if condition not in counted:
                counted[condition] = count(db, condition, context)
            return counted[condition]

        def figures(alone: Condition, rest: Condition) -> LineFigures:
            try:
                by_itself = people(alone)
            except UserError as wrong:
                return LineFigures(wrong=wrong.text)
            try:
                return LineFigures(by_itself, people(rest), people(whole))
            except UserError:
                # Another line is at fault, and says so itself.
                return LineFigures(by_itself)

        return {node: figures(alone, rest) for node, (alone, rest) in asked.items()}

    desk.jobs.read(work, owner=owner, then=then, latest="audiences.line_figures")


def figure_texts(figures: LineFigures) -> tuple[str, str]:
    """What stands beside a line, and what its tooltip says."""
    if figures.wrong is not None:
        return "?", t("builder.line_wrong", why=render(figures.wrong))
    alone = t("builder.line_alone", n=figures.alone)
    if figures.without is None or figures.now is None:
        return t("builder.people", n=figures.alone), alone
    more = figures.without - figures.now
    key = "builder.line_more" if more > 0 else "builder.line_less" if more < 0 else "builder.line_same"
    return t("builder.people", n=figures.alone), f"{alone}\n{t(key, n=abs(more))}"
