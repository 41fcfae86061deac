"""Cancel, pressed at any moment before an import is stored: nothing of it stays, neither in the shop nor beside it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from desktop.core.errors import Cancelled
from desktop.core.message import Message
from desktop.importer.recipe import Answers
from desktop.operations.importing import importing
from desktop.store.database import Database
from desktop.store.recovery import backups
from desktop.store.safety.shop_errors import BackupFolderMissing, DiskFull
from desktop.store.shop_file import ShopFile
from tests.chance_files import members_file, orders_file


class PressedAt:
    """Cancel is pressed at the n-th question; never without n."""

    def __init__(self, n: int | None = None) -> None:
        self.n = n
        self.asked = 0

    def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
        """Nobody looks."""

    def raise_if_cancelled(self) -> None:
        """Counts the questions."""
        self.asked += 1
        if self.asked == self.n:
            raise Cancelled


def state(db: Database) -> list[object]:
    tables = (
        "person",
        "person_tag",
        "tag",
        "shop_order",
        "order_item",
        "step",
        "recipe",
        "import_file",
        "shop",
    )
    return [db.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


@pytest.mark.parametrize("kind", ["members", "orders"])
def test_cancelled_at_any_moment_nothing_is_stored(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "檔案.csv"
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        fields = members_file(file, Random(1), rows=30)
        importing.run(db, file, Answers(fields=fields))
        write = members_file if kind == "members" else orders_file
        fields = write(file, Random(2), rows=30)
        before = state(db)
        answers = Answers(fields=fields, kind=kind)
        counting = PressedAt()
        importing.run(db, file, answers, dry_run=True, job=counting)
        assert counting.asked > 5
        assert state(db) == before
        for n in range(1, counting.asked + 1):
            with pytest.raises(Cancelled):
                importing.run(db, file, answers, job=PressedAt(n))
            assert state(db) == before
            folder = importing.staging_folder(db)
            assert list(folder.iterdir()) == []
        (outcome,) = importing.run(db, file, answers)
        assert outcome.step is not None


def test_a_backup_that_fails_beside_the_check_ends_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "檔案.csv"
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        importing.run(db, file, Answers(fields=members_file(file, Random(1), rows=30)))
        answers = Answers(fields=members_file(file, Random(2), rows=30))
        before = state(db)

        def fails(error: Exception) -> None:
            def take(*_: object, **__: object) -> None:
                raise error

            monkeypatch.setattr(backups, "take", take)

        fails(DiskFull(tmp_path))
        with pytest.raises(DiskFull):
            importing.run(db, file, answers)
        assert state(db) == before
        assert list(importing.staging_folder(db).iterdir()) == []
        fails(BackupFolderMissing(tmp_path))
        (outcome,) = importing.run(db, file, answers)
        assert outcome.step is not None


def test_a_backup_taken_beside_the_check_holds_the_shop_before_the_import(tmp_path: Path) -> None:
    file = tmp_path / "檔案.csv"
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        for number in range(2):
            file.write_text(f"會員編號,姓名\nA{number},王小明\n", encoding="utf-8")
            importing.run(db, file, Answers())
        assert db.value("SELECT count(*) FROM person") == 2
        (taken,) = backups.list_backups(opened.path)
        assert (taken.people, taken.reason, taken.verified) == (1, "import", True)
