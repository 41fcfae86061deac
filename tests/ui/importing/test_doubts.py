"""What only the owner can decide: doubtful rows, people named as one, whom a file may touch, a tag for everybody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.importer.checking.report import AmbiguousRow, CandidateView
from desktop.store.database import Database
from desktop.ui.choosing.chooser import Chooser
from desktop.ui.desk import Desk
from desktop.ui.importing.deciding.ambiguous_dialog import AmbiguousDialog
from desktop.ui.importing.deciding.row_matching import alike
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from tests.ui.importing.importing_window import import_page, names, press, shown, value, written
from tests.ui.shop_window import FakeDialogs, settle

SIGNED_UP = "姓名,手機,等級\n王家,0911222333,金\n李家,0922333444,銀\n新客,0955666777,銅\n"


def families(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    """Two pairs of people who share a phone."""

    def add(db: Database, _: object) -> None:
        with db.transaction():
            for number, name, phone in (
                ("F1", "王爸", "+886911222333"),
                ("F2", "王媽", "+886911222333"),
                ("F3", "李爸", "+886922333444"),
                ("F4", "李媽", "+886922333444"),
            ):
                db.insert(
                    "INSERT INTO person (member_no, name, phone) VALUES (?, ?, ?)", (number, name, phone)
                )

    desk.jobs.write(add, owner=desk.jobs)
    settle(window, qtbot)


def level(desk: Desk, number: str) -> object:
    return desk.jobs.page_reader.value("SELECT level FROM person WHERE member_no = ?", (number,))


def open_doubts(page: ImportPage, dialogs: FakeDialogs) -> AmbiguousDialog:
    page.view.cards.doubts.decide.click()
    dialog = shown(dialogs, AmbiguousDialog)
    assert isinstance(dialog, AmbiguousDialog)
    return dialog


def test_doubtful_rows_are_decided_by_keys_and_imported_so(
    window: MainWindow, desk: Desk, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    families(window, desk, qtbot)
    page = import_page(window, qtbot, written(tmp_path, "市集.csv", SIGNED_UP))
    assert page.entry is not None
    assert page.entry.state == "doubts"
    assert page.view.cards.doubts.rows.text() == "2 列要由您決定是誰"
    dialog = open_doubts(page, dialogs)
    assert [row.row for row in dialog.model.rows] == [2, 3]
    qtbot.keyClick(dialog.table, Qt.Key.Key_B)
    assert dialog.current.row == 3
    qtbot.keyClick(dialog.table, Qt.Key.Key_N)
    assert dialog.decided[3] == "new"
    dialog.apply.click()
    settle(window, qtbot)
    assert page.entry.plan is not None
    assert page.entry.plan.report.ambiguous == []
    press(page, window, qtbot)
    assert level(desk, "F1") is None
    assert level(desk, "F2") == "金"
    assert level(desk, "F3") is None
    assert level(desk, "F4") is None
    assert names(desk).count("李家") == 1


def test_the_same_for_all_like_it(
    window: MainWindow, desk: Desk, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    families(window, desk, qtbot)
    page = import_page(window, qtbot, written(tmp_path, "市集.csv", SIGNED_UP))
    dialog = open_doubts(page, dialogs)
    assert not dialog.same.isHidden()
    dialog.same.setChecked(True)
    dialog.skip.click()
    assert dialog.decided == {2: "skip", 3: "skip"}
    dialog.apply.click()
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.plan is not None
    assert (page.entry.plan.report.new, len(page.entry.plan.report.skipped)) == (1, 2)
    page.view.cards.doubts.again.click()
    settle(window, qtbot)
    assert len(page.entry.plan.report.ambiguous) == 2


def test_what_agrees_and_differs_is_marked(
    window: MainWindow, desk: Desk, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    families(window, desk, qtbot)
    page = import_page(window, qtbot, written(tmp_path, "市集.csv", SIGNED_UP))
    dialog = open_doubts(page, dialogs)
    from PySide6.QtWidgets import QLabel

    told = [label.text() for label in dialog.candidates.findChildren(QLabel)]
    assert "✓ 0911-222-333" in told
    assert "≠ 王爸" in told
    assert not dialog.decide(7)


def row(number: int, *agrees: tuple[str, ...]) -> AmbiguousRow:
    people = tuple(
        CandidateView(place, None, None, None, None, None, one) for place, one in enumerate(agrees, start=1)
    )
    return AmbiguousRow("", number, None, None, None, None, None, people)


def test_rows_are_alike_when_the_same_fields_agree() -> None:
    rows = [row(1, ("phone",), ("phone",)), row(2, ("phone",), ("phone",)), row(3, ("email",), ("phone",))]
    assert [one.row for one in alike(rows[0], rows, {})] == [2]
    assert alike(rows[0], rows, {2: "new"}) == []


def test_people_named_as_one_are_merged_with_one_press_and_checked_again(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    def add(db: Database, _: object) -> None:
        with db.transaction():
            db.insert("INSERT INTO person (line_user_id, line_name) VALUES (?, 'Mei')", ("U" + "a" * 32,))
            db.insert("INSERT INTO person (member_no, name, phone) VALUES ('M1', '陳美玲', '+886911555666')")

    desk.jobs.write(add, owner=desk.jobs)
    settle(window, qtbot)
    count = len(names(desk))
    text = f"會員編號,姓名,LINE UID\nM1,陳美玲,U{'a' * 32}\n"
    page = import_page(window, qtbot, written(tmp_path, "綁定.csv", text))
    assert page.entry is not None
    assert page.entry.plan is not None
    assert len(page.entry.plan.report.joins) == 1
    page.view.cards.doubts.merge.click()
    settle(window, qtbot)
    assert len(names(desk)) == count - 1
    assert "已合併 1 組" in page.bar.text
    assert page.entry.plan is not None
    assert page.entry.plan.report.joins == []
    assert page.entry.plan.report.skipped == []


def test_a_file_may_only_update(window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path) -> None:
    page = import_page(window, qtbot, members_file)
    policy = page.view.cards.policy
    assert policy.inside.isHidden()
    policy.disclosure.click()
    assert not policy.inside.isHidden()
    policy.policy.chosen.emit("update")
    settle(window, qtbot)
    assert page.commit.text() == "匯入 1 筆"
    before = len(names(desk))
    press(page, window, qtbot)
    assert len(names(desk)) == before


def test_a_tag_for_everybody_is_chosen_with_suggestions(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    policy = page.view.cards.policy
    policy.open()
    policy.choose_tag.click()
    settle(window, qtbot)
    (chooser,) = page.findChildren(Chooser)
    assert "熟客" in chooser.offered
    chooser.field.insert("市集2026")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert "每個人貼「市集2026」" in policy.summary.text()
    press(page, window, qtbot)
    sql = "SELECT count(*) FROM person_tag JOIN tag ON tag.id = tag_id WHERE tag.name = '市集2026'"
    assert value(desk, sql) == 3
    kept = desk.jobs.page_reader.value("SELECT answers FROM recipe")
    assert "市集2026" not in str(kept)


def test_policies_are_kept_for_the_next_file_of_the_shape(
    window: MainWindow, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    page.answering.decide(policy="create", tag_mode="replace")
    settle(window, qtbot)
    press(page, window, qtbot)
    page.session.clear()
    page = import_page(window, qtbot, members_file)
    assert page.view.cards.policy.policy.value() == "create"
    assert page.view.cards.policy.mode.value() == "replace"
    assert "匯入過" in page.bar.text
