"""An erasure that a crash cut short is brought to its end when the shop is opened again, and the owner hears of it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.operations.people import erasing, unfinished_erasing
from desktop.store.database import connect
from desktop.store.recovery import backups
from desktop.store.shop_file import ShopFile
from desktop.ui.opening.program import Program
from tests.ui.shop_window import settle


def test_backups_are_cleaned_at_the_next_start(program: Program, shop_path: Path, qtbot: QtBot) -> None:
    program.settings.put("last_search", "陳美玲")
    with ShopFile.open(shop_path) as opened:
        db = opened.writer()
        person = db.insert("INSERT INTO person (name, member_no) VALUES ('陳美玲', 'VIP0815')")
        erasing.backup_first(db)
        taken = erasing.erase_from_shop(db, person)
    program.start(shop_path)
    assert program.window.shell is not None
    db = connect(shop_path, read_only=True)
    qtbot.waitUntil(lambda: not unfinished_erasing.waiting(db), timeout=20_000)
    settle(program.window, qtbot)
    assert [one.number for one in erasing.kept_receipts(db)] == [taken.number]
    db.close()
    for backup in backups.list_backups(shop_path):
        assert "陳美玲".encode() not in backup.path.read_bytes()
    assert "陳美玲" not in str(program.settings.get("last_search"))
