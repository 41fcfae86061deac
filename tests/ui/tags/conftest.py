"""A shop whose tags have something to show: meanings, groups, pins, a rule that works and one that does not, two names for one
thing, one past its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.people.query_text import parse
from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.tagging import rules, tagging, tags
from desktop.operations.tagging.rules import RuleDraft
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.ui.main_window import MainWindow
from desktop.ui.tags.page import TagsPage
from tests.ui.shop_window import make_shop, open_page, settle


@pytest.fixture
def shop_path(tmp_path: Path) -> Path:
    """In the place of the twelve members' plain shop."""
    path = make_shop(tmp_path / "日日咖啡.tagline")
    with ShopFile.open(path) as shop:
        _fill(shop.writer())
    return path


def _fill(db: Database) -> None:
    for query, name in (("orders:>10", "台北店"), ("orders:>20", "臺北店"), ("id:1..3", "新客")):
        tagging.tag(db, Selection.matching(parse(query)), name)
    tags.create(db, "沒人")
    tags.describe(db, "熟客", meaning="一個月來三次", group="消費", colour="green", kind="behaviour")
    tags.describe(db, "VIP", group="消費", meaning="年消費一萬")
    tags.describe(db, "新客", expires_after=30)
    step = db.value(
        "SELECT max(step_id) FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE t.name = '新客'"
    )
    db.run("UPDATE step SET at = '2020-01-01T00:00:00.000000Z' WHERE id = ?", (step,))
    tagging.pin(db, "VIP", 2)
    audiences.save(db, "久沒來", "tag:熟客 last_order:>60d")
    rules.save(db, RuleDraft(None, "常來", "orders:>=10", "熟客"))
    rules.save(db, RuleDraft(None, "壞掉的", "orders:>=1", "舊標籤"))
    tags.delete_tag(db, "舊標籤")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> TagsPage:
    """The page, at rest."""
    return cast(TagsPage, open_page(window, "tags", qtbot))


@pytest.fixture
def hands(page: TagsPage, window: MainWindow, qtbot: QtBot) -> Hands:
    """Someone at the page."""
    return Hands(page, window, qtbot)


class Hands:
    """Selects, waits, and looks into the database."""

    def __init__(self, page: TagsPage, window: MainWindow, qtbot: QtBot) -> None:
        self.page = page
        self.window = window
        self.qtbot = qtbot

    @property
    def db(self) -> Database:
        """What is in the shop now."""
        return self.page.desk.jobs.page_reader

    def settle(self) -> None:
        """Wait until nothing runs."""
        settle(self.window, self.qtbot)

    def select(self, *names: str) -> None:
        """Select tags."""
        ids = [tag.id for tag in self.page.known.tags if tag.name in names]
        assert self.page.list.table.select(ids)
        self.settle()

    def do(self, run: Callable[..., Any], *args: Any) -> None:
        """Do something and wait."""
        run(*args)
        self.settle()

    def holders(self, name: str) -> list[int]:
        """Who has the tag."""
        return self.db.column(
            "SELECT h.person_id FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE t.name = ? ORDER BY 1",
            (name,),
        )

    def names(self) -> set[str]:
        """The shop's tags."""
        return set(self.db.column("SELECT name FROM tag"))

    def said(self) -> list[str]:
        """The notices shown now."""
        shell = self.window.shell
        assert shell is not None
        return list(shell.desk.notices.texts)  # type: ignore[attr-defined]
