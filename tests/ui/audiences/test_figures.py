"""The figures beside the condition: parts that open their people, costs, the last upload by name, growth, user IDs, overlap, hold-out;
and the plans in the settings."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.core.figures.hold_out import GroupOutcome, compare
from desktop.core.limits import MessagePlan
from desktop.operations.audiences import audiences
from desktop.operations.audiences.comparing import HoldOutResult
from desktop.operations.line import uploading
from desktop.operations.shop import message_plans
from desktop.store import audiences as saved
from desktop.store import condition_sql, shop
from desktop.store.audience_history import days, hold_out
from desktop.store.audiences import REACHABLE, Audience
from desktop.store.database import Database
from desktop.ui.audiences.figures.hold_out_card import HoldOutCard
from desktop.ui.audiences.figures.people_dialog import PeopleDialog
from desktop.ui.audiences.figures.side import AudienceSide
from desktop.ui.audiences.page import AudiencesPage
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.plans.lesson_dialog import LessonDialog
from desktop.ui.plans.plan_dialog import PlanDialog
from desktop.ui.plans.section import PlansSection
from tests.ui.shop_window import FakeDialogs, open_page, settle

QUERY = "tag:熟客 OR tag:VIP"
TOLD = "2026-11-20T06:32:00.000000Z"


def _work(desk: Desk, window: MainWindow, qtbot: QtBot, work: object) -> None:
    desk.jobs.write(lambda db, _ctx: work(db), owner=desk.jobs)  # type: ignore[operator]
    settle(window, qtbot)


@pytest.fixture
def side(window: MainWindow, desk: Desk, qtbot: QtBot) -> AudienceSide:
    """The side of a saved audience: five people, four reachable."""
    made: list[Audience] = []
    _work(desk, window, qtbot, lambda db: made.append(audiences.save(db, "主顧", QUERY).audience))
    _work(
        desk,
        window,
        qtbot,
        lambda db: made.append(audiences.save(db, "常來", "orders:>=20 OR store:官網").audience),
    )
    page = cast(AudiencesPage, open_page(window, "audiences", qtbot))
    page.open_audience(made[0].id)
    settle(window, qtbot)
    return page.editor.side


def _asked(side: AudienceSide) -> list[str]:
    opened: list[str] = []
    side.query_asked.disconnect()
    side.query_asked.connect(opened.append)
    return opened


def _press(db: Database) -> object:
    known = saved.find(db, "主顧")
    assert known is not None
    return uploading.press(db, known)


def test_each_part_opens_exactly_its_people(side: AudienceSide, desk: Desk) -> None:
    assert side.counts is not None
    assert side.counts.people == 5
    opened = _asked(side)
    shown = [(part, row) for part, row in side.count_card.rows.items() if row.isEnabled()]
    for part, row in shown:
        row.click()
        reader = desk.jobs.page_reader
        found = condition_sql.count(reader, audiences.condition_of(reader, opened[-1]))
        assert found == side.counts.parts[part]
    assert len(opened) == len(shown) >= 2


def test_nobody_reachable_leads_to_getting_user_ids(
    side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert side.count_card.ids_button.isHidden()

    def block(db: Database) -> None:
        with db.transaction():
            db.run("UPDATE person SET line_user_id = NULL")

    _work(desk, window, qtbot, block)
    side.read_again()
    settle(window, qtbot)
    assert not side.count_card.ids_button.isHidden()
    side.count_card.ids_button.click()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "line_ids"


def _tell_quota(db: Database, value: int | None, used: int) -> None:
    with db.transaction():
        shop.put_json(db, "quota", {"value": value, "used": used, "at": TOLD})
        shop.put_json(db, "line_figures", {"targetedReaches": 400})
        db.run("DELETE FROM shop_order")
        db.run(
            "INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (1, date('now'), 900), (3, date('now'), 100)"
        )


def test_costs_stand_beside_sending_to_everybody(
    side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert "還不知道" in side.cost_card.note.text()
    _work(desk, window, qtbot, lambda db: _tell_quota(db, 3_000, 2_900))
    side.read_again()
    settle(window, qtbot)
    card = side.cost_card
    assert card.everybody.value.text() == "額度還差 300 則"
    assert card.audience.value.text() == "4 則 · 額度內，不另收費"
    assert card.revenue.value.text() == "90%"
    assert card.gist.text() == "用 1% 的則數，觸及貢獻 90% 營收的客人。"
    assert "本月剩 100 / 3,000 則" in card.note.text()
    assert "方案：中用量" in card.note.text()
    assert card.advice.isHidden()


def test_a_plan_that_cannot_be_told_is_the_owners_to_choose(
    side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    _work(desk, window, qtbot, lambda db: _tell_quota(db, 7_777, 7_777))
    side.read_again()
    settle(window, qtbot)
    assert "看不出是哪個方案" in side.cost_card.note.text()
    assert side.cost_card.audience.value.text() == "4 則 · 額度還差 4 則"
    _work(desk, window, qtbot, lambda db: message_plans.choose(db, "TW/high"))
    side.read_again()
    settle(window, qtbot)
    assert side.cost_card.audience.value.text() == "4 則 · 加購最多 NT$0.8"
    assert side.cost_card.over.text().startswith("其中 4 則")
    side.cost_card.plans.click()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "settings"


def test_the_trades_example_is_told_with_its_figures(side: AudienceSide, desk: Desk) -> None:
    side.cost_card.lesson.click()
    (dialog,) = cast(FakeDialogs, desk.dialogs).shown
    assert isinstance(dialog, LessonDialog)
    figures = dialog.figures
    assert [figures.value(key) for key in ("before", "after", "share", "bill")] == [
        "400,000 則", "9,000 則", "2.25%", "NT$1,800",
    ]  # fmt: skip


def test_who_joined_and_left_since_the_upload_is_named(
    side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert side.last_card.isHidden()
    _work(desk, window, qtbot, _press)
    assert not side.last_card.isHidden()
    assert "名單和上次一樣（4 位）" in side.last_card.words.text()
    assert side.last_card.again_button.isHidden()

    def change(db: Database) -> object:
        with db.transaction():
            db.run("UPDATE person SET do_not_send = 1 WHERE id = 1")
            db.run(
                "INSERT INTO person_tag (person_id, tag_id, origin) SELECT 3, id, 'hand' FROM tag WHERE name = '熟客'"
            )
        return None

    _work(desk, window, qtbot, change)
    side.read_again()
    settle(window, qtbot)
    card = side.last_card
    assert (card.joined.text(), card.left.text(), card.unchanged.text()) == ("加入 1", "移出 1", "不變 3")
    assert not card.again_button.isHidden()
    opened = _asked(side)
    for link, name, why in ((card.joined, "李佳穎", ""), (card.left, "王怡君", "現在不能發送")):
        link.click()
        settle(window, qtbot)
        dialog = cast(FakeDialogs, desk.dialogs).shown[-1]
        assert isinstance(dialog, PeopleDialog)
        assert dialog.model.index(0, 0).data() == name
        assert (dialog.model.index(0, 1).data() or "") == why
        dialog.open_person(dialog.model.row(0))
    assert opened == ["id:3", "id:1"]


def test_the_size_of_each_day_is_kept_and_drawn(
    side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert side.audience is not None
    known = side.audience.id
    assert side.growth_card.isHidden()

    def earlier(db: Database) -> None:
        with db.transaction():
            days.note(db, known, "2026-09-01", 9, 2)

    _work(desk, window, qtbot, earlier)
    side.read_again()
    settle(window, qtbot)
    assert not side.growth_card.isHidden()
    line = side.growth_card.line
    assert "2026/09/01 的 2 位" in line.accessibleDescription()
    assert "4 位" in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_Left)
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert line.accessibleDescription() == "2026/09/01：9 位，可發送 2 位"
    line.grab()


def test_user_ids_are_looked_at(side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    card = side.health_card
    assert card.form.text() == "4 個 LINE UID 的格式都正確"
    assert "還沒向 LINE 抽查過" in card.check.text()

    def spoil(db: Database) -> None:
        with db.transaction():
            db.run("UPDATE person SET line_user_id = upper(line_user_id) || 'X' WHERE id = 5")
            shop.put_json(db, "line_account", {"userId": "Ua"})
            check = {"account": "Ua", "at": TOLD, "asked": 20, "known": 0, "verdict": "foreign", "ids": 9}
            shop.put_json(db, "provider_check", check)

    _work(desk, window, qtbot, spoil)
    side.read_again()
    settle(window, qtbot)
    assert "1 位的 LINE UID 格式不對" in card.form.text()
    assert "抽查 20 個，LINE 認得 0 個" in card.check.text()
    assert "別家 Provider" in card.foreign.text()
    card.list_link.click()
    settle(window, qtbot)
    dialog = cast(FakeDialogs, desk.dialogs).shown[-1]
    assert isinstance(dialog, PeopleDialog)
    assert [row.name for row in dialog.model.rows] == ["郭子軒"]


def test_the_overlap_with_another_audience(
    side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    picker = side.overlap_card.picker
    assert [picker.itemText(at) for at in range(picker.count())] == ["選一個受眾包", "常來"]
    picker.setCurrentIndex(1)
    picker.activated.emit(1)
    settle(window, qtbot)
    rows = side.overlap_card.rows
    assert {name: row.value for name, row in rows.items()} == {
        "both": "3", "both_reachable": "3", "only_one": "2", "only_other": "3",
    }  # fmt: skip
    opened = _asked(side)
    for row in rows.values():
        row.click()
    reader = desk.jobs.page_reader
    found = [condition_sql.count(reader, audiences.condition_of(reader, query)) for query in opened]
    assert found == [3, 3, 2, 3]
    side.overlap_card.grab()


def test_a_hold_out_is_set_and_told_in_the_cost(
    side: AudienceSide, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    card = side.hold_out_card
    assert card.inside.isHidden()
    card.turn()
    card.share.set_value(50)
    card.share.chosen.emit(50)
    settle(window, qtbot)
    assert side.audience is not None
    reader = desk.jobs.page_reader
    assert hold_out.percent_of(reader, side.audience.id) == 50
    sql = f"SELECT p.id FROM person p WHERE {REACHABLE} AND {hold_out.held_out_sql(side.audience.id)}"
    held = set(condition_sql.ids(reader, side.condition)) & set(reader.column(sql))
    assert side.cost_card.held_out.isHidden() == (not held)
    if held:
        assert side.cost_card.held_out.text() == f"另有 {len(held)} 位留作對照，不發。"


@pytest.mark.parametrize(
    ("factor", "words"),
    [(1, "還可能只是巧合"), (4, "有發的每人多買 $300"), (0.1, "有發的每人反而少 $90"), (None, "看不出差別")],
)
def test_what_a_hold_out_shows_is_said_honestly(qtbot: QtBot, factor: float | None, words: str) -> None:
    card = HoldOutCard()
    qtbot.addWidget(card)
    held = _bought(100 if factor is not None else 8, 100.0)
    sent = _bought(900, 100.0 * (factor or 1))
    result = HoldOutResult(TOLD, sent, held, compare(sent, held))
    card.show_result(result)
    assert words in card.said.text()
    assert not card.inside.isHidden()
    assert card.sent.label.text() == "有發的 900 位"


def _bought(people: int, mean: float) -> GroupOutcome:
    """Half of them spent double the mean."""
    spent = [2 * mean if place % 2 else 0.0 for place in range(people)]
    return GroupOutcome(people, people // 2, people // 2, sum(spent), sum(value * value for value in spent))


@pytest.fixture
def plans(window: MainWindow, desk: Desk, qtbot: QtBot) -> PlansSection:
    assert window.shell is not None
    window.shell.go("settings", section="plans")
    settle(window, qtbot)
    return cast(PlansSection, window.shell.stack.page("settings").sections["plans"])  # type: ignore[attr-defined]


def _plan(section: PlansSection, name: str) -> MessagePlan:
    assert section.seen is not None
    return next(plan for plan in section.seen.plans if plan.plan == name)


def test_own_prices_stand_in_place_of_the_known_ones_until_they_are_reset(
    plans: PlansSection, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    plans._change(_plan(plans, "high"))
    dialog = cast(FakeDialogs, desk.dialogs).shown[-1]
    assert isinstance(dialog, PlanDialog)
    dialog.steps.setPlainText("1000 x")
    dialog.save()
    settle(window, qtbot)
    assert "「1000 x」" in dialog.wrong.text()
    dialog.fee.setText("1,500")
    dialog.steps.setPlainText("1000 0.3\n0.1")
    dialog.save()
    settle(window, qtbot)
    mine = _plan(plans, "high")
    assert (mine.own, mine.monthly_fee, len(mine.tiers)) == (True, 1_500, 2)
    assert message_plans.plan_table(desk.jobs.page_reader).own == (mine,)
    plans._reset(mine.key)
    settle(window, qtbot)
    assert _plan(plans, "high").monthly_fee == 1_200


def test_the_plan_can_be_chosen_and_thailands_entered(
    plans: PlansSection, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    plans.mine.set_value("TW/high")
    plans.mine.chosen.emit("TW/high")
    settle(window, qtbot)
    assert plans.seen is not None
    assert plans.seen.current == _plan(plans, "high")
    plans.country.set_value("TH")
    plans.country.chosen.emit("TH")
    assert plans.seen.plans == ()
    plans._change(None)
    dialog = cast(FakeDialogs, desk.dialogs).shown[-1]
    assert isinstance(dialog, PlanDialog)
    dialog.save()
    settle(window, qtbot)
    assert dialog.wrong.text()
    dialog.name.setText("Basic")
    dialog.fee.setText("1280")
    dialog.included.setText("15000")
    dialog.save()
    settle(window, qtbot)
    assert _plan(plans, "Basic").currency == "THB"
