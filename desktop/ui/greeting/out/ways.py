"""How the greeting of the page leaves the program: what each entry of its menu does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.core.planning.greeting.balloons import Greeting, Insert
from desktop.core.planning.greeting.limits import Problem, problems
from desktop.core.planning.greeting.line_messages import lacks, line_messages, preview_messages
from desktop.core.planning.greeting.manager_text import copied, manager_balloons
from desktop.exporter.whole_file import whole_file
from desktop.operations.line import sending
from desktop.operations.planning import pictures
from desktop.store.database import Database
from desktop.text import render, t
from desktop.ui.desk import Desk
from desktop.ui.greeting.balloons.editors import kind_title
from desktop.ui.greeting.balloons.insert_field import insert_name
from desktop.ui.greeting.out.copy_dialog import CopyDialog, Stage, Step
from desktop.ui.greeting.out.json_dialog import JsonDialog
from desktop.ui.page import Page
from desktop.ui.test_person.push import TestPush

UNSAFE_IN_FILE_NAMES = '<>:"/\\|?*'


class Ways(QObject):
    """One page's.

    Args:
        page: asks for files and says what is wrong.
        desk: what it may use.
        greeting: the greeting as it stands.
        names: the friend's and the account's name to put in.
        picture: the phone as a picture.
    """

    def __init__(
        self,
        page: Page,
        desk: Desk,
        greeting: Callable[[], Greeting],
        names: Callable[[], tuple[str, str]],
        picture: Callable[[], QImage],
    ) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        self._greeting, self._names, self._picture = greeting, names, picture
        self.push = TestPush(page, desk)
        self.shown: CopyDialog | JsonDialog | None = None

    def menu(self) -> QMenu:
        """All ways but the two that stand as buttons beside it."""
        menu = QMenu(self._page)
        menu.addAction(t("greeting_page.save_png"), self.save_png)
        menu.addAction(t("greeting_page.open_json"), self.show_json)
        menu.addSeparator()
        menu.addAction(t("greeting_page.test_person"), lambda: self.push.choose())
        return menu

    def copy(self) -> None:
        """Show what to copy and press in LINE's manager."""
        self.shown = CopyDialog(self._page, stages(self._greeting()), self._save_picture)
        self._desk.dialogs.show(self.shown)

    def show_json(self) -> None:
        """Show the messages as LINE takes them, as far as they are complete."""
        greeting = self._greeting()
        open_points = [one for one in (*problems(greeting), *lacks(greeting)) if not one.warning]
        make = preview_messages if open_points else line_messages
        messages = make(greeting, *self._names())

        def check(dialog: JsonDialog) -> None:
            self._check(dialog, messages)

        missing = sentences_of(open_points)
        self.shown = JsonDialog(self._page, messages, missing, self._save_json, check)
        self._desk.dialogs.show(self.shown)

    def save_png(self) -> None:
        """Ask for a file and write the preview to it."""
        self._desk.dialogs.save_file(
            self._page,
            "export",
            f"{_file_name(self._greeting().name)}.png",
            self._write_png,
            filters=[(message("greeting_page.png"), "*.png")],
        )

    def send_test(self) -> None:
        """Send the greeting to the owner alone, who is asked first."""
        self._page.bar.clear()
        try:
            messages = line_messages(self._greeting(), *self._names())
        except UserError as missing:
            self._page.bar.show_error(missing)
            return
        self.push.start(messages)

    def _check(self, dialog: JsonDialog, messages: list[dict[str, Any]]) -> None:
        line, practice = self._desk.line, self._desk.practice

        def said(_: object) -> None:
            good = "greeting_page.accepted_practice" if practice else "greeting_page.accepted"
            dialog.show_result(t(good), "good")

        def not_accepted(error: UserError) -> None:
            cure = f" {render(error.cure)}" if error.cure is not None else ""
            dialog.show_result(render(error.text) + cure, "error")

        self._desk.jobs.network(
            lambda ctx: sending.validate(line.client(), messages),
            owner=dialog,
            then=said,
            on_error=not_accepted,
        )

    def _save_json(self, text: str) -> None:
        def write(path: Path) -> None:
            target = path if path.suffix else path.with_suffix(".json")
            self._write(target, text.encode("utf-8"))

        self._desk.dialogs.save_file(
            self._page,
            "export",
            f"{_file_name(self._greeting().name)}.json",
            write,
            filters=[(message("greeting_page.json_file"), "*.json")],
        )

    def _write_png(self, path: Path) -> None:
        target = path if path.suffix else path.with_suffix(".png")
        drawn = QBuffer()
        drawn.open(QIODevice.OpenModeFlag.WriteOnly)
        self._picture().save(drawn, "PNG")  # type: ignore[call-overload]
        self._write(target, bytes(drawn.data().data()))

    def _save_picture(self, picture_id: int) -> None:
        found = pictures.existing(self._desk.jobs.page_reader, picture_id)
        ending = ".png" if found.media_type == "image/png" else ".jpg"
        self._desk.dialogs.save_file(
            self._page,
            "export",
            Path(found.name or "picture").stem + ending,
            lambda path: self._write(path if path.suffix else path.with_suffix(ending), found.bytes),
            filters=[(message("greeting_page.pictures"), f"*{ending}")],
        )

    def _write(self, path: Path, data: bytes) -> None:
        def work(db: Database, ctx: JobContext) -> None:
            with whole_file(path) as partial:
                partial.write_bytes(data)

        saved = message("greeting_page.saved_file", name=path.name)
        self._desk.jobs.background(work, owner=self._page, then=lambda _: self._desk.notices.show(saved))


def sentences_of(found: Sequence[Problem]) -> list[str]:
    """What is missing, each thing once with the balloons that miss it."""
    where: dict[str, list[str]] = {}
    for problem in found:
        number = "" if problem.balloon is None else str(problem.balloon + 1)
        places = where.setdefault(render(problem.text), [])
        if number and number not in places:
            places.append(number)
    return [
        t("greeting_page.in_balloon", number=" / ".join(numbers), text=text) if numbers else text
        for text, numbers in where.items()
    ]


def stages(greeting: Greeting) -> list[Stage]:
    """What is to be done in LINE's manager, balloon by balloon."""
    found = []
    for number, balloon in enumerate(manager_balloons(greeting), start=1):
        steps = [
            Step("press", insert_name(piece)) if isinstance(piece, Insert) else Step("text", piece)
            for piece in balloon.pieces
        ]
        steps += [
            Step("text", field.value, label=render(field.label)) for field in balloon.fields if field.value
        ]
        shown = replace(greeting, balloons=(greeting.balloons[balloon.index],)).pictures()
        steps[:0] = [Step("file", t("greeting_page.put_in_picture"), picture) for picture in shown]
        title = t("greeting_page.balloon", number=str(number), kind=kind_title(balloon.kind))
        whole = copied(balloon, render) if balloon.pieces else ""
        found.append(Stage(title, render(balloon.hint), tuple(steps), whole))
    return found


def _file_name(name: str) -> str:
    clean = "".join("_" if one in UNSAFE_IN_FILE_NAMES else one for one in name).strip(" .")
    return clean or t("shell.page.greeting")
