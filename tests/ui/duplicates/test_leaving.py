"""Deleting and erasing from a page: a few at once with undo, many after a question, an erasure only with the name typed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.people import deleting
from desktop.store.recovery import backups
from desktop.ui.desk import Desk
from desktop.ui.duplicates.erase_dialog import EraseDialog
from desktop.ui.duplicates.leaving import ask_delete, ask_erase
from desktop.ui.duplicates.receipt_dialog import ReceiptDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.settings.deleted_section import DeletedSection
from desktop.ui.settings.page import SettingsPage
from tests.ui.shop_window import FakeDialogs, open_page, settle

Rest = Callable[[], None]


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Rest:
    """Waits until no job runs."""
    return lambda: settle(window, qtbot)


@pytest.fixture
def section(window: MainWindow, qtbot: QtBot) -> DeletedSection:
    page = open_page(window, "settings", qtbot)
    assert isinstance(page, SettingsPage)
    found = page.sections["deleted"]
    assert isinstance(found, DeletedSection)
    return found


def people(desk: Desk) -> int:
    return int(desk.jobs.page_reader.value("SELECT count(*) FROM person"))


def test_a_few_are_deleted_at_once(desk: Desk, window: MainWindow, rest: Rest, dialogs: FakeDialogs) -> None:
    ask_delete(desk, Selection.of([1, 2]), 2, owner=window)
    rest()
    assert people(desk) == 10
    assert dialogs.asked == []


def test_many_are_asked_about_with_names_and_a_backup(
    desk: Desk, window: MainWindow, rest: Rest, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deleting, "MANY", 3)
    ask_delete(desk, Selection(), 12, owner=window)
    rest()
    method, title, text = dialogs.asked[-1]
    assert method == "confirm"
    assert "12" in title
    assert "王怡君" in text
    assert "謝佩珊" not in text
    assert people(desk) == 12

    dialogs.answers["confirm"] = True
    ask_delete(desk, Selection(), 12, owner=window)
    rest()
    assert people(desk) == 0
    assert backups.list_backups(desk.shop.path)[0].reason == "erase"


def test_the_name_has_to_be_typed(
    desk: Desk, window: MainWindow, rest: Rest, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    ask_erase(desk, 1, owner=window)
    rest()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, EraseDialog)
    assert not dialog.yes.isEnabled()
    assert dialog.no.isDefault()
    dialog.field.setText("王怡")
    assert not dialog.yes.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    rest()
    assert people(desk) == 12

    dialog.field.setText("王怡君")
    dialog.yes.click()
    rest()
    assert people(desk) == 11
    receipt = dialogs.shown[-1]
    assert isinstance(receipt, ReceiptDialog)
    assert "王怡君" not in receipt.text
    receipt.copy()
    assert QApplication.clipboard().text() == receipt.text
    dialogs.answers["save_file"] = tmp_path / "收據.txt"
    receipt.save()
    assert (tmp_path / "收據.txt").read_text("utf-8-sig").startswith("個人資料刪除收據")


def test_what_bears_the_name_is_told_and_may_keep_it(
    desk: Desk, window: MainWindow, rest: Rest, dialogs: FakeDialogs
) -> None:
    desk.jobs.write(lambda db, _ctx: audiences.save(db, "王怡君咖啡", ""), owner=window)
    rest()
    ask_erase(desk, 1, owner=window)
    rest()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, EraseDialog)
    assert any("受眾包「王怡君咖啡」" in label.text() for label in dialog.findChildren(QLabel))
    assert dialog.names.isChecked()
    dialog.names.click()
    dialog.field.setText("王怡君")
    dialog.yes.click()
    rest()
    assert desk.jobs.page_reader.value("SELECT name FROM audience") == "王怡君咖啡"
    assert "保留" in dialogs.shown[-1].text


def test_an_upload_on_its_way_is_told_first(
    desk: Desk, window: MainWindow, rest: Rest, dialogs: FakeDialogs
) -> None:
    def upload(db: object, _ctx: object) -> None:
        from desktop.store.database import Database

        assert isinstance(db, Database)
        db.run(
            "INSERT INTO upload (id, key, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)"
            " VALUES (1, 'k', '熟客', '熟客', '', 'waiting', 1, 1, '2026-01-01', '2026-01-01')"
        )
        db.run(
            "INSERT INTO upload_person (upload_id, line_user_id, person_id) SELECT 1, line_user_id, id FROM person WHERE id = 1"
        )

    desk.jobs.write(upload, owner=window)
    rest()
    ask_erase(desk, 1, owner=window)
    rest()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, EraseDialog)
    dialog.field.setText("王怡君")
    assert not dialog.yes.isEnabled()


def test_the_deleted_are_listed_and_allowed_back(
    section: DeletedSection, desk: Desk, window: MainWindow, rest: Rest
) -> None:
    assert section.seen.people == []
    ask_delete(desk, Selection.of([1, 2]), 2, owner=window)
    rest()
    assert [one.name for one in section.seen.people] == ["王怡君", "吳雅婷"]
    section.allow(section.seen.people[0])
    rest()
    assert [one.name for one in section.seen.people] == ["吳雅婷"]


def test_a_deleted_member_is_erased_from_the_list(
    section: DeletedSection, desk: Desk, window: MainWindow, rest: Rest, dialogs: FakeDialogs
) -> None:
    ask_delete(desk, Selection.of([1]), 1, owner=window)
    rest()
    section.erase(section.seen.people[0])
    rest()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, EraseDialog)
    dialog.field.setText("王怡君")
    dialog.accept()
    rest()
    assert section.seen.people == []
    assert len(section.seen.receipts) == 1
    section.show_receipt(section.seen.receipts[0])
    assert isinstance(dialogs.shown[-1], ReceiptDialog)
