"""The page's commands and the states of it that are worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.ui.actions import Command
from desktop.ui.member import leaving
from desktop.ui.member.parts.field_rows import FieldRow

if TYPE_CHECKING:
    from desktop.ui.member.page import MemberPage


def page_commands(page: MemberPage) -> list[Command]:
    """Going on in the list, tags, editing, the file of everything kept of her."""

    def somebody() -> bool:
        return page.card is not None

    name = "member.command"
    return [
        Command(
            "member.previous", f"{name}.previous", partial(page.step_person, -1), "Ctrl+PgUp", "caret-up",
            lambda: page.can_step(-1), repeats=True,
        ),
        Command(
            "member.next", f"{name}.next", partial(page.step_person, 1), "Ctrl+PgDown", "caret-down",
            lambda: page.can_step(1), repeats=True,
        ),
        Command("member.edit", f"{name}.edit", page.edit_first, "F2", "pencil", somebody),
        Command("member.tag_box", f"{name}.tag_box", page.tags.box.start, "Ctrl+T", "tag", somebody),
        Command("member.repeat_tag", f"{name}.repeat_tag", page.tagger.repeat, "Ctrl+R", "refresh", somebody),
        Command("member.note", f"{name}.note", page.note.setFocus, None, "notebook", somebody),
        Command("member.merge", "member.merge", partial(leaving.merge, page), None, "merge", somebody),
        Command("member.delete", "member.delete", partial(leaving.delete, page), None, "trash", somebody),
        Command("member.erase", "member.erase", partial(leaving.erase, page), None, "trash", somebody),
        Command("member.export", f"{name}.export", page.changing.export, "Ctrl+E", "export", somebody),
    ]  # fmt: skip


def page_pictures(page: MemberPage) -> dict[str, Callable[[], None]]:
    """Somebody with much and somebody with little, a field being edited, a field that is refused."""

    def with_much() -> None:
        page.show_person(_richest(page))

    def with_little() -> None:
        page.show_person(_poorest(page))

    def editing() -> None:
        with_much()
        page.details.open("phone")

    def field_refused() -> None:
        editing()
        row = page.details.rows["phone"]
        assert isinstance(row, FieldRow)
        row.editor.setText("0912")
        row.editor.submitted.emit()

    def history() -> None:
        with_much()
        page.scroll_to_end()

    if not _anybody(page):
        return {}
    return {
        "full": with_much,
        "little": with_little,
        "editing": editing,
        "error": field_refused,
        "end": history,
    }


def _anybody(page: MemberPage) -> bool:
    from desktop.core.people.condition import EVERYBODY
    from desktop.store.condition_sql import Sort, ids

    return bool(ids(page.desk.jobs.page_reader, EVERYBODY, Sort("total"), limit=1))


def _richest(page: MemberPage) -> int:
    from desktop.core.people.condition import EVERYBODY
    from desktop.store.condition_sql import Sort, ids

    reader = page.desk.jobs.page_reader
    tagged = ids(reader, EVERYBODY, Sort("tag", descending=True), limit=400)
    bought = set(ids(reader, EVERYBODY, Sort("orders", descending=True), limit=400))
    return next((person for person in tagged if person in bought), tagged[0])


def _poorest(page: MemberPage) -> int:
    from desktop.core.people.condition import EVERYBODY
    from desktop.store.condition_sql import Sort, ids

    return ids(page.desk.jobs.page_reader, EVERYBODY, Sort("total"), limit=1)[0]
