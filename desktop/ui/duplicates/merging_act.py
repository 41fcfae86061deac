"""Carrying out merges from the window, and telling what came of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.core.message import message
from desktop.operations.people import merging
from desktop.operations.people.merging import MergeChoice, Merged
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.duplicates.leaving import offer_undo

_NAMED = 3


def merge(
    desk: Desk, choices: Sequence[MergeChoice], owner: QWidget, then: Callable[[], object] | None = None
) -> None:
    """Merge, offer to take it back, and name who is full."""

    def done(outcome: Merged) -> None:
        if outcome.step is not None:
            offer_undo(desk, message("duplicates.merged", n=outcome.merged), outcome.step, owner)
        if outcome.full:
            names = [one.name or one.member_no or t("duplicates.nameless") for one in outcome.full[:_NAMED]]
            desk.notices.show(
                message(
                    "duplicates.full", names=t("members.list_separator").join(names), n=len(outcome.full)
                ),
                kind="warning",
            )
        if then is not None:
            then()

    desk.jobs.write(
        lambda db, ctx: merging.merge(db, choices, ctx),
        owner=owner,
        then=done,
        title=message("duplicates.merge"),
    )
