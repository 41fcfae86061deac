"""A window on a shop, for the tests of pages: a real shop file, real jobs, dialogs that answer as the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.message import Message
from desktop.credentials import SessionCredentials
from desktop.settings import Settings
from desktop.store.shop_file import ShopFile
from desktop.text import render
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.page import Page

PEOPLE = (
    ("W00231", "王怡君", "+886912345678", "信義店", 28, 18420, "2026-11-02", True),
    ("W00322", "吳雅婷", "+886966318774", "快閃店", 1, 320, "2026-11-16", True),
    ("W00270", "李佳穎", "+886910774335", "官網", 1, 680, "2026-11-15", True),
    ("W00389", "洪詩涵", "+886988409513", "官網", 1, 1580, "2026-11-12", True),
    ("W00377", "郭子軒", "+886963185902", "中山店", 22, 8660, "2026-11-09", True),
    ("W00317", "劉俊傑", "+886921554087", "信義店", 33, 26770, "2026-11-01", True),
    ("W00394", "曾柏翰", "+886926037881", "信義店", 12, 9940, "2026-10-31", True),
    ("W00245", "陳冠宇", "+886928117402", "信義店", 15, 9310, "2026-10-30", True),
    ("W00251", "林淑芬", "+886933480221", "官網", 6, 7980, "2026-10-28", True),
    ("W00334", "楊承翰", "+886958410729", "中山店", 7, 2940, "2026-10-08", False),
    ("W00288", "黃志明", "+886987220901", "中山店", 19, 11205, "2026-09-12", False),
    ("W00362", "謝佩珊", "+886932770145", "快閃店", 1, 260, "2026-07-11", False),
)
"""Invented members: number, name, phone, store, orders, total, last order, bound."""

TAGS = (("熟客", (1, 5, 8, 11)), ("VIP", (1, 6)), ("外帶", (5,)), ("市集", (2, 12)))
"""Tag and the places (from 1) of those in PEOPLE who have it."""


@dataclass
class FakeDialogs:
    """Answers prepared beforehand, by method: ``answers["open_files"] = [path]``; a method without an answer is cancelled.

    ``asked`` lists what was asked: (method, title or purpose, text). ``shown`` keeps dialogs given to ``show``.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    shown: list[QDialog] = field(default_factory=list)

    def open_files(
        self, parent: QWidget, purpose: str, then: Callable[[list[Path]], object], **_: Any
    ) -> None:
        """See desktop.ui.dialogs.Dialogs."""
        self._answer("open_files", purpose, "", then)

    def save_file(
        self, parent: QWidget, purpose: str, suggested: str, then: Callable[[Path], object], **_: Any
    ) -> None:
        """See desktop.ui.dialogs.Dialogs."""
        self._answer("save_file", purpose, suggested, then)

    def choose_folder(self, parent: QWidget, purpose: str, then: Callable[[Path], object]) -> None:
        """See desktop.ui.dialogs.Dialogs."""
        self._answer("choose_folder", purpose, "", then)

    def confirm(
        self,
        parent: QWidget,
        title: Message,
        text: Message,
        button: Message,
        then: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        """Yes if ``answers["confirm"]`` is true."""
        render(button)
        self.asked.append(("confirm", render(title), render(text)))
        if self.answers.get("confirm"):
            then()

    def ask_text(
        self,
        parent: QWidget,
        title: Message,
        label: Message,
        then: Callable[[str], object],
        *,
        text: str = "",
        check: Callable[[str], Message | None] | None = None,
        button: Message | None = None,
    ) -> None:
        """See desktop.ui.dialogs.Dialogs."""
        render(label)
        answer = self.answers.get("ask_text")
        if answer is not None and check is not None and check(answer) is not None:
            self.asked.append(("ask_text", render(title), "refused"))
            return
        self._answer("ask_text", render(title), text, then)

    def show(self, dialog: QDialog) -> None:
        """Keep the dialog; it is not shown."""
        self.shown.append(dialog)

    def _answer(self, method: str, what: str, text: str, then: Callable[[Any], object]) -> None:
        self.asked.append((method, what, text))
        if method in self.answers:
            then(self.answers[method])


def make_shop(path: Path, *, practice: bool = False) -> Path:
    """A shop file with PEOPLE and TAGS in it; returns its path."""
    with ShopFile.create(path, name="日日咖啡", practice=practice) as shop:
        db = shop.writer()
        with db.transaction():
            for number, (member_no, name, phone, store, orders, total, last, bound) in enumerate(
                PEOPLE, start=1
            ):
                db.insert(
                    "INSERT INTO person (member_no, name, phone, store, orders, order_days, total, first_order,"
                    " last_order, line_user_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        member_no,
                        name,
                        phone,
                        store,
                        orders,
                        orders,
                        total,
                        last,
                        last,
                        f"U{number:032x}" if bound else None,
                    ),
                )
            for name, holders in TAGS:
                tag = db.insert("INSERT INTO tag (name, key) VALUES (?, ?)", (name, name.casefold()))
                for person in holders:
                    db.run(
                        "INSERT INTO person_tag (person_id, tag_id, origin) VALUES (?, ?, 'hand')",
                        (person, tag),
                    )
    return path


@pytest.fixture
def shop_path(tmp_path: Path) -> Path:
    """A shop with twelve invented members."""
    return make_shop(tmp_path / "日日咖啡.tagline")


@pytest.fixture
def dialogs() -> FakeDialogs:
    """What the window asks, and what it is answered."""
    return FakeDialogs()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path) -> Iterator[Program]:
    """The program without a shop, not started yet; closed afterwards, with all its threads."""
    settings = Settings()
    settings.put("language", "zh_TW")
    settings.put("theme", "light")
    made = Program(qapp, settings, dialogs=dialogs, credentials=SessionCredentials())
    yield made
    close(made)


@pytest.fixture
def window(program: Program, shop_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on the shop, shown and at rest."""
    program.start(shop_path)
    settle(program.window, qtbot)
    return program.window


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    """What the pages of the window are given."""
    assert window.shell is not None
    assert isinstance(window.shell.desk, Desk)
    return window.shell.desk


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until no job runs and everything is delivered."""

    def at_rest() -> bool:
        shell = window.shell
        return shell is None or shell.shop is None or shell.shop.jobs.is_idle

    for _ in range(3):
        qtbot.waitUntil(at_rest, timeout=20_000)
        QApplication.processEvents()
    qtbot.waitUntil(at_rest, timeout=20_000)


def open_page(window: MainWindow, page_id: str, qtbot: QtBot, **arguments: Any) -> Page:
    """Go to a page and wait until it is at rest."""
    assert window.shell is not None
    window.shell.go(page_id, **arguments)
    settle(window, qtbot)
    page = window.shell.stack.current
    assert page is not None
    assert page.page_id == page_id
    return page


def close(program: Program) -> None:
    """Close the window and wait for its threads."""
    shell = program.window.shell
    if shell is not None and shell.shop is not None:
        for job in shell.shop.jobs.running:
            job.cancel()
    program.window.close_now()
    program.window.deleteLater()
    program.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
