"""What the tests of the import page share: files, the page, and what is in the shop."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import FakeDialogs, open_page, settle

MEMBERS = """會員編號,姓名,手機,生日,標籤
W00231,王怡君,912345678,79/11/03,VIP、熟客
W90001,新會員,0955-123-456,80/01/02,熟客
W90002,電話壞了,0912-34,81/05/06,
,,,,
,沒有人,,,
"""

ORDERS = """訂單編號,訂單日期,會員編號,品名,數量,小計,訂單合計,訂單狀態
A-1,2026-11-01 10:00,W90001,拿鐵,1,120,120,完成
"""

DATES = "會員編號,生日\nA1,03/04/1990\nA2,05/06/1991\n"


def written(folder: Path, name: str, text: str) -> Path:
    """A file with this text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def members_file(tmp_path: Path) -> Path:
    """Four rows: one known, two new, one of nobody; one phone that is too short."""
    return written(tmp_path, "會員.csv", MEMBERS)


@pytest.fixture
def orders_file(tmp_path: Path) -> Path:
    """An order of somebody in the members' file."""
    return written(tmp_path, "訂單.csv", ORDERS)


@pytest.fixture
def dates_file(tmp_path: Path) -> Path:
    """Two members whose birthdays can be read in two ways."""
    return written(tmp_path, "日期.csv", DATES)


def names(desk: Desk) -> list[str]:
    """Everybody in the shop, in the order they came."""
    return desk.jobs.page_reader.column("SELECT name FROM person ORDER BY id")


def value(desk: Desk, sql: str) -> object:
    """One value out of the shop."""
    return desk.jobs.page_reader.value(sql)


def import_page(window: MainWindow, qtbot: QtBot, *files: Path) -> ImportPage:
    """The page, with these files looked at and the first checked."""
    page = open_page(window, "import", qtbot, files=list(files))
    assert isinstance(page, ImportPage)
    settle(window, qtbot)
    return page


def press(page: ImportPage, window: MainWindow, qtbot: QtBot) -> None:
    """Import what is shown."""
    page.commit.click()
    settle(window, qtbot)


def shown(dialogs: FakeDialogs, kind: type[QDialog]) -> QDialog:
    """The dialog shown last, which is of this kind."""
    dialog = dialogs.shown.pop()
    assert isinstance(dialog, kind)
    return dialog
