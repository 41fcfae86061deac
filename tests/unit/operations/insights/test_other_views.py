"""Cost, concentration, RFM, profiles, what came of sends, the boss's page and the workbook."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.operations.insights import campaigns, cost, profiles, questions, reporting, spread, summary
from desktop.operations.insights import nasl as classes
from desktop.operations.people import merging
from desktop.operations.people.merging import MergeChoice
from desktop.store import audiences, shop
from desktop.store.database import Database
from desktop.text import use_language
from tests.unit.operations.insights.figure_shop import FigureShop


@pytest.fixture
def made() -> FigureShop:
    """Two hundred people of whom every tenth comes every week and the others came once, in two stores."""
    found = FigureShop()
    for number in range(200):
        first = date(2026, 5, 1) + timedelta(days=number % 40)
        days = [first + timedelta(days=7 * visit) for visit in range(24 if number % 10 == 0 else 1)]
        days = [day for day in days if day <= date(2026, 10, 31)]
        found.person(
            [(day.isoformat(), 300.0 if number % 10 == 0 else 80.0) for day in days],
            bound=number % 4 != 3,
            store="中山店" if number % 3 else "官網",
            friend_at=(first - timedelta(days=number % 9)).isoformat(),
        )
        if number % 10 == 0:
            found.tag(number + 1, "熟客")
    return found


def test_writing_to_few_is_the_trades_share_of_messages() -> None:
    shop_ = FigureShop()
    # 90 who came twice, and sleep or are active; 3,910 others LINE can reach: one for a hundred of the trade's example.
    for number in range(90):
        last = "2026-10-20" if number % 2 else "2026-03-01"
        shop_.person([("2026-02-01", 10), (last, 10)])
    shop_.people(5, [("2026-10-10", 10)])
    shop_.line(date(2026, 9, 30), 4_500, 500)
    found = cost.costs(shop_.db, sends_a_month=1, months=1, as_of=date(2026, 11, 10), cycle=10)
    assert found is not None
    by_id = {one.id: one for one in found.choices}
    assert (by_id["AS"].messages, by_id["everybody"].messages) == (90, 4_000)
    assert by_id["AS"].share == pytest.approx(0.0225)
    assert found.everybody_by_line


def test_cost_by_class_counts_each_month_as_it_began(made: FigureShop) -> None:
    shop.put_json(made.db, "quota", {"value": 6_000, "used": 0})
    found = cost.costs(made.db, sends_a_month=40, months=3)
    assert found is not None
    assert found.plan is not None
    by_id = {one.id: one for one in found.choices}
    assert by_id["AS"].messages == by_id["A"].messages + by_id["S"].messages
    for letter in "NASL":
        one = by_id[letter]
        expected = 0
        for end in (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)):
            then = classes.nasl(made.db, classes.Population.BOUND, end, found.cycle.cycle_days)
            expected += next(each.people for each in then.classes if each.letter == letter)
        assert one.messages == 40 * expected
    everybody = by_id["everybody"]
    assert everybody.messages == 150 * 40 * 3
    # Inside the plan's 6,000 a month: three monthly fees.
    assert everybody.bill == Decimal(3_600)
    spent = made.db.value(
        "SELECT total(o.amount) FROM shop_order o JOIN person p ON p.id = o.person_id WHERE p.line_user_id IS NOT NULL"
        " AND o.ordered_at >= '2026-08-01'"
    )
    assert everybody.revenue == pytest.approx(spent)
    assert sum(by_id[letter].revenue for letter in "NASL") == pytest.approx(spent)


def test_concentration_opens_its_people(made: FigureShop) -> None:
    found = spread.concentration(made.db)
    assert found is not None
    assert found.curve[0] == 0
    assert found.curve[100] == pytest.approx(1)
    assert list(found.curve) == sorted(found.curve)
    for mark in found.marks:
        assert made.count(mark.opened.query or "") == mark.opened.people >= mark.people


def test_rfm_cells_open_their_people(made: FigureShop) -> None:
    found = spread.rfm(made.db)
    assert found is not None
    for cell in found.cells:
        assert made.count(cell.people.query or "") == cell.people.people
    assert made.count(found.people.query or "") == found.people.people == 200


def test_a_profile_names_what_is_commoner_inside(made: FigureShop) -> None:
    found = profiles.profile(made.db, "order_days:>=5 OR tag:不存在")
    assert (found.inside.people, found.outside.people) == (20, 180)
    assert found.rows[0].value == "熟客"
    # Twenty people are too few to be sure of.
    assert found.rows[0].verdict == "few"
    assert found.alike is None
    for row in found.rows:
        assert made.count(row.inside.query or "") == row.inside.people
        assert made.count(row.outside.query or "") == row.outside.people


def test_who_is_alike_but_has_not_got_there(made: FigureShop) -> None:
    for number in range(2, 200, 3):
        if number % 2:
            made.tag(number, "咖啡課")
    made.people(40, [("2026-09-09", 5)], store="官網")
    for number in range(201, 241):
        made.tag(number, "咖啡課")
    found = profiles.profile(made.db, "last_order:2026-09-09 total:5")
    assert found.rows[0].verdict == "clear"
    assert found.alike is not None
    assert made.count(found.alike.query or "") == found.alike.people > 0
    assert made.count(f"({found.alike.query}) total:5") == 0


def test_valuable_actions_are_marked_audiences(made: FigureShop) -> None:
    audiences.create(made.db, "常來", "order_days:>=5 OR tag:熟客", "2026-11-01T00:00:00Z", 1)
    (saved,) = audiences.all_audiences(made.db)
    profiles.mark_action(made.db, saved.id, "long")
    (action,) = profiles.valuable_actions(made.db)
    assert (action.name, action.term, action.people.people) == ("常來", "long", 20)
    profiles.mark_action(made.db, saved.id, None)
    assert profiles.valuable_actions(made.db) == ()
    with pytest.raises(ValueError, match="no term"):
        profiles.mark_action(made.db, saved.id, "never")


def _upload(made: FigureShop, people: range, day: str) -> int:
    upload = made.db.insert(
        "INSERT INTO upload (key, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)"
        " VALUES ('k', '常來', '常來', '', 'ready', ?, ?, ?, ?)",
        (len(people), len(people), f"{day}T02:00:00Z", f"{day}T02:00:00Z"),
    )
    rows = [(upload, f"U{person:032x}", person) for person in people]
    made.db.many("INSERT INTO upload_person (upload_id, line_user_id, person_id) VALUES (?, ?, ?)", rows)
    return upload


def test_who_was_merged_since_a_send_still_counts_once_in_its_result(made: FigureShop) -> None:
    upload = _upload(made, range(1, 101), "2026-09-01")
    merging.merge(made.db, [MergeChoice(200, 1), MergeChoice(99, 100)])
    found = campaigns.result(made.db, upload, days=7)
    assert found is not None
    assert (found.bought.people, found.bought.buyers) == (99, 10)
    everybody = campaigns.people(made.db, found)
    assert len(everybody) == found.bought.people == len(dict(everybody))
    assert len(campaigns.people(made.db, found, buyers=True)) == found.bought.buyers
    held = found.held_out.buyers if found.held_out is not None else 0
    assert len(campaigns.people(made.db, found, held_out=True, buyers=True)) == held
    assert len(campaigns.people(made.db, found, limit=1)) == min(1, found.bought.people)


def test_orders_after_a_send_are_counted_and_not_overrated(made: FigureShop) -> None:
    upload = _upload(made, range(1, 101), "2026-09-01")
    found = campaigns.result(made.db, upload, days=7)
    assert found is not None
    assert (found.campaign.sent_on, found.campaign.sent_on_known, found.campaign.received_known) == (
        date(2026, 9, 1),
        False,
        False,
    )
    # The ten regulars among them come once in any seven days.
    assert (found.bought.people, found.bought.buyers, found.bought.orders, found.bought.revenue) == (
        100,
        10,
        10,
        3_000,
    )
    assert (found.before.buyers, found.span_complete) == (10, True)
    assert found.wording.key == "insights_core.campaign_no_hold_out"
    made.db.many(
        "INSERT INTO held_out_person VALUES (?, ?)", [(upload, person) for person in range(101, 110)]
    )
    few = campaigns.result(made.db, upload, days=7)
    assert few is not None
    assert few.wording.key == "insights_core.campaign_too_few"
    late = campaigns.result(made.db, upload, days=90)
    assert late is not None
    assert late.wording.key == "insights_core.campaign_not_over"


def test_rates_of_a_send_are_typed_in_with_care(made: FigureShop) -> None:
    upload = _upload(made, range(1, 101), "2026-09-01")
    campaigns.set_count(made.db, upload, "received", 80)
    campaigns.set_count(made.db, upload, "answered", 20)
    campaigns.set_count(made.db, upload, "redeemed", 4)
    found = campaigns.result(made.db, upload)
    assert found is not None
    assert found.answered is not None
    assert found.redeemed is not None
    assert (found.answered.value, found.redeemed.value, found.answered_from_import) == (0.25, 0.05, False)
    with pytest.raises(UserError):
        campaigns.set_count(made.db, upload, "redeemed", 81)
    campaigns.set_count(made.db, upload, "redeemed", None)
    again = campaigns.result(made.db, upload)
    assert again is not None
    assert again.redeemed is None
    assert campaigns.result(made.db, 99) is None


def test_answers_of_an_imported_form_count_for_who_received_it(made: FigureShop) -> None:
    upload = _upload(made, range(1, 101), "2026-09-01")
    title = json.dumps({"key": "steps.import_form_answers", "params": {}}, separators=(",", ":"))
    step = made.db.insert(
        "INSERT INTO step (at, kind, title) VALUES ('2026-09-03T00:00:00Z', 'import', ?)", (title,)
    )
    for person in (1, 2, 150):
        made.db.run("INSERT INTO row_change VALUES (?, 'person', ?, '{}', '{}')", (step, person))
    found = campaigns.result(made.db, upload)
    assert found is not None
    assert found.answered is not None
    assert (found.answered.part, found.answered.whole, found.answered_from_import) == (2, 100, True)


def test_coupons_are_discount_lines_by_name(made: FigureShop) -> None:
    for order in (1, 2):
        made.db.run(
            "INSERT INTO order_item (order_id, line, item, amount) VALUES (?, 1, '滿百折十 A1', -10)",
            (order,),
        )
    (one,) = campaigns.coupons(made.db)
    assert (one.name, one.orders, one.people, one.discount) == ("滿百折十 A1", 2, 1, 20)


def test_the_bosss_page_says_what_to_do(made: FigureShop) -> None:
    found = summary.summary(made.db)
    assert found.nasl is not None
    assert found.by_store is not None
    for to_do in found.to_do:
        assert made.count(to_do.query or "") > 0
    empty = summary.summary(FigureShop().db)
    assert (empty.nasl, empty.falling, empty.concentration, empty.to_do) == (None, None, None, ())


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_views_become_a_workbook_with_charts(made: FigureShop, tmp_path: Path, language: str) -> None:
    from openpyxl import load_workbook

    made.db.run("UPDATE person SET store = '=1+1店' WHERE store = '官網'")
    use_language(language)
    try:
        path = reporting.write_report(made.db, tmp_path / "報表.xlsx")
    finally:
        use_language("zh_TW")
    book = load_workbook(path)
    assert len(book.worksheets) == len(reporting.VIEWS)
    for sheet in book.worksheets:
        assert len(sheet._charts) == 1
        assert sheet.max_row > 3
    funnel = book.worksheets[0]
    numbers = [row[1] for row in funnel.iter_rows(values_only=True) if isinstance(row[1], int)]
    assert numbers == [200, 150, 150, 20]
    by_store = book.worksheets[reporting.VIEWS.index("breakdown")]
    cells = [cell for row in by_store.iter_rows() for cell in row if cell.value == "=1+1店"]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_a_shop_without_orders_still_makes_a_workbook(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    shop_ = FigureShop()
    shop_.people(3, friend_at="2026-01-01")
    path = reporting.write_report(shop_.db, tmp_path / "r.xlsx")
    assert len(load_workbook(path).worksheets) == 4


def test_what_is_remembered_names_nobody(made: FigureShop) -> None:
    page = summary.summary(made.db)
    assert page.falling is not None
    assert classes.falling_next(made.db, days=365) is not None
    named = {one.name for one in page.falling.people}
    assert named
    kept = repr(questions._seen[made.db])
    assert "funnel" in kept
    assert not [name for name in named if f"'{name}'" in kept]


def test_what_was_asked_at_midnight_is_asked_again(made: FigureShop, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(("yesterday's", "today's"))

    @questions.remembered
    def view(_db: Database) -> str:
        monkeypatch.setenv("TAGLINE_NOW", "2026-03-02T00:00:00")
        return next(answers)

    monkeypatch.setenv("TAGLINE_NOW", "2026-03-01T23:59:59")
    assert view(made.db) == "yesterday's"
    assert [view(made.db), view(made.db)] == ["today's", "today's"]
