"""Members out of the program: files, the clipboard and what becomes of it."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.ui.members.page import MembersPage
from desktop.ui.members.taking_out.clipboard import private_clipboard
from tests.ui.members.conftest import CTRL, Hands


def test_the_list_is_exported_as_it_is_shown(page: MembersPage, hands: Hands, tmp_path: Path) -> None:
    file = tmp_path / "名單.xlsx"
    hands.desk.dialogs.answers["save_file"] = file
    page.list.bar.set_query("store=信義店")
    hands.rest()
    hands.key(Qt.Key.Key_E, CTRL)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = rows[0]
    assert [row[header.index("姓名")] for row in rows[1:]] == hands.names()
    assert rows[1][header.index("電話")] == "0912-345-678"
    assert rows[1][header.index("標籤")] == "熟客、VIP"
    assert "已匯出 4 位到「名單.xlsx」" in hands.notices()
    assert hands.desk.dialogs.asked[-1] == ("save_file", "export", "會員名單.xlsx")


def test_a_selection_is_exported_alone_and_as_text_if_asked(
    page: MembersPage, hands: Hands, tmp_path: Path
) -> None:
    file = tmp_path / "選取.csv"
    hands.desk.dialogs.answers["save_file"] = file
    hands.click(4)
    hands.click(0, CTRL)
    page.head.export_button.click()
    hands.rest()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["姓名"] for row in rows] == ["吳雅婷", "王怡君"]


def test_copying_asks_once_and_clears_after_a_minute(page: MembersPage, hands: Hands) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    hands.click(4)
    hands.key(Qt.Key.Key_C, CTRL)
    assert hands.desk.dialogs.asked[-1][1] == "複製會員資料？"
    assert clipboard.text() == "before"
    hands.desk.dialogs.answers["confirm"] = True
    hands.key(Qt.Key.Key_C, CTRL)
    asked = len(hands.desk.dialogs.asked)
    assert clipboard.text().splitlines()[1].startswith("王怡君\tW00231\t0912-345-678")
    hands.key(Qt.Key.Key_C, CTRL)
    assert len(hands.desk.dialogs.asked) == asked
    assert private_clipboard().timer.isActive()
    assert private_clipboard().timer.interval() == 60_000
    private_clipboard().timer.timeout.emit()
    assert clipboard.text() == ""


def test_what_was_copied_meanwhile_is_left_alone(page: MembersPage, hands: Hands) -> None:
    private_clipboard().put("members")
    QGuiApplication.clipboard().setText("something of the owner's")
    private_clipboard().clear()
    assert QGuiApplication.clipboard().text() == "something of the owner's"


def test_histories_of_the_clipboard_are_told_to_look_away(page: MembersPage) -> None:
    private_clipboard().put("members")
    formats = QGuiApplication.clipboard().mimeData().formats()
    assert any("ExcludeClipboardContentFromMonitorProcessing" in name for name in formats)
    private_clipboard().clear()


def test_line_user_ids_one_a_line(page: MembersPage, hands: Hands) -> None:
    hands.desk.settings.put("members.copying_agreed", True)
    hands.click(0)
    hands.click(1, CTRL)
    page.copy_user_ids()
    hands.rest()
    assert QGuiApplication.clipboard().text().splitlines() == [f"U{2:032x}", f"U{3:032x}"]
    private_clipboard().clear()
    hands.click(11)
    page.copy_user_ids()
    hands.rest()
    assert QGuiApplication.clipboard().text() == ""
    assert "沒有複製" in hands.notices()[-1]


def test_more_than_can_be_copied_is_refused(
    page: MembersPage, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.members.taking_out.members_out.MOST_COPIED", 3)
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key(Qt.Key.Key_C, CTRL)
    assert "3" in hands.notices()[-1]
    assert hands.desk.dialogs.asked == []
