"""A journey's numbers are those of a slow count in Python, each number opens exactly its people, and whoever was spoken to is not due
again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.condition import And, Condition, Not, Op, Or, Term, Word
from desktop.core.people.query_text import to_text
from desktop.core.planning.operating.journey import SINCE_FIELDS, Journey, JourneyStage
from desktop.operations.audiences import audiences
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.history import undoing
from desktop.operations.planning.operating import journeys, ready_journeys
from desktop.store import condition_sql, figures, history
from desktop.store.database import Database
from desktop.text import use_language
from tests.unit.store.slow_conditions import Order, Person, World, matching
from tests.unit.store.small_shops import empty_shop, fill

TODAY = date(2026, 11, 22)
TAGS = ("VIP", "填問卷 OR", '"hi" (x)', "領券-1")

TERMS: list[Condition] = [
    Term("bound", Op.HAS, "yes"),
    Term("friend", Op.HAS, "yes"),
    Term("order_days", Op.GE, 1),
    Term("order_days", Op.GE, 2),
    Term("last_order", Op.ANY),
    Term("bound_at", Op.NONE),
    Word("小"),
    *(Term("tag", Op.HAS, tag) for tag in TAGS),
]
conditions = st.recursive(
    st.sampled_from(TERMS),
    lambda part: st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        part.map(Not),
    ),
    max_leaves=4,
)
some_days = st.none() | st.integers(0, 40).map(lambda ago: TODAY - timedelta(days=ago))


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    found = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        bought = sorted(draw(st.lists(st.integers(0, 40), max_size=3)), reverse=True)
        days = sorted({(TODAY - timedelta(days=ago)).isoformat() for ago in bought})
        fields = {
            "name": draw(st.sampled_from(["王小明", "陳美玲", None])),
            "member_no": draw(st.sampled_from([f"M{number}", None])),
            "line_user_id": draw(st.sampled_from([f"U{number:032x}", None])),
            "order_days": len(days) or None,
            "orders": len(bought) or None,
            "first_order": days[0] if days else None,
            "last_order": days[-1] if days else None,
        }
        for name in ("friend_at", "joined_at", "bound_at"):
            day = draw(some_days)
            fields[name] = day.isoformat() if day else None
        orders = tuple(Order((TODAY - timedelta(days=ago)).isoformat()) for ago in bought)
        tags = tuple(draw(st.sets(st.sampled_from(TAGS))))
        found.append(Person(number, fields, tags=tags, orders=orders))
    return found


stages = st.builds(
    lambda number, condition, since, wait: JourneyStage(
        str(number), f"階段{number}", "" if condition is None else to_text(condition), since, wait
    ),
    st.integers(1, 10_000),
    st.none() | conditions,
    st.sampled_from(["", *SINCE_FIELDS]),
    st.integers(0, 20),
)
several = st.lists(stages, min_size=2, max_size=4, unique_by=lambda stage: stage.id).map(tuple)


@pytest.fixture(scope="module")
def shop() -> Iterator[Database]:
    db = empty_shop()
    yield db
    db.close()


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    use_language("zh_TW")
    monkeypatch.setenv("TAGLINE_NOW", f"{TODAY.isoformat()}T09:00:00")


def slowly(world: World, db: Database, query: str) -> set[int]:
    return set(matching(world, condition_of(db, query))) if query else {person.id for person in world.people}


def is_due(person: Person, stage: JourneyStage, spoken: date | None) -> bool:
    """Whether somebody has been at a stage long enough, by hand."""
    if not stage.since:
        return spoken is None or TODAY - spoken >= timedelta(days=max(1, stage.wait_days))
    if person[stage.since] is None:
        return spoken is None
    since = date.fromisoformat(person[stage.since][:10])
    was_due_then = spoken is not None and since <= spoken - timedelta(days=stage.wait_days)
    return since <= TODAY - timedelta(days=stage.wait_days) and not was_due_then


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None)
@given(people(), several, st.data())
def test_numbers_are_those_of_a_slow_count(
    shop: Database, found: list[Person], parts: tuple[JourneyStage, ...], data: st.DataObject
) -> None:
    fill(shop, found)
    world = World(found, TODAY)
    spoken = {stage.id: day for stage in parts if (day := data.draw(some_days)) is not None}
    now = journeys.preview(shop, Journey("旅程", parts, spoken))
    reached = {person.id for person in found}
    for place, one in enumerate(now.stages):
        reached &= slowly(world, shop, one.stage.query)
        assert one.people == len(reached)
        assert set(condition_sql.ids(shop, condition_of(shop, one.query))) == reached
        last = place + 1 == len(parts)
        onward = reached & slowly(world, shop, parts[place + 1].query) if not last else set()
        stopped = reached - onward
        assert one.stopped == len(stopped)
        assert set(condition_sql.ids(shop, condition_of(shop, one.stopped_query))) == stopped
        if last:
            assert (one.due, one.due_query, one.onward) == (0, "", None)
            continue
        further = [slowly(world, shop, later.query) for later in parts[place + 2 :]]
        waiting = stopped.difference(*further)
        due = {
            person.id
            for person in found
            if person.id in waiting and is_due(person, one.stage, spoken.get(one.stage.id))
        }
        assert one.due == len(due)
        assert set(condition_sql.ids(shop, condition_of(shop, one.due_query))) == due
        assert one.onward is not None
        assert (one.onward.part, one.onward.whole) == (len(onward), len(reached))
    worst = [one.lost for one in now.worst]
    assert all(worst)
    assert worst == sorted(worst, key=lambda share: -(share or 0))  # All are small shops.


def member(
    db: Database, number: int, *, bound: bool = True, days: tuple[str, ...] = (), **fields: str
) -> None:
    row = {"id": number, "member_no": f"M{number}", **fields}
    if bound:
        row["line_user_id"] = f"U{number:032x}"
    db.run(f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    for day in days:
        db.run("INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (?, ?, 100)", (number, day))
    figures.refresh(db, f"SELECT {number}")


def tag(db: Database, person: int, name: str) -> None:
    db.run("INSERT OR IGNORE INTO tag (name, key) VALUES (?, ?)", (name, name.casefold()))
    db.run(
        "INSERT INTO person_tag (person_id, tag_id, origin) SELECT ?, id, 'hand' FROM tag WHERE name = ?",
        (person, name),
    )


def two_stages() -> Journey:
    return Journey(
        "會員旅程",
        (
            JourneyStage("a", "綁定", "bound:yes", "bound_at", 3),
            JourneyStage("b", "首購", "orders:>=1", "last_order", 30),
        ),
    )


def test_who_was_spoken_to_is_not_due_again_and_undo_brings_her_back(db: Database) -> None:
    member(db, 1, bound_at="2026-11-10")
    member(db, 2, bound_at="2026-11-20")
    member(db, 3, bound_at="2026-11-01", days=("2026-11-05",))
    member(db, 4)
    kept = journeys.save(db, None, two_stages()).plan.id
    first, _ = journeys.journey(db, kept).stages
    # The fourth has no day of binding: she has been bound for ever.
    assert (first.people, first.stopped, first.due) == (4, 3, 2)
    assert list(condition_sql.ids(db, condition_of(db, first.due_query))) == [1, 4]
    journeys.spoken_to(db, kept, "a")
    after = journeys.journey(db, kept).stages[0]
    assert (after.due, after.spoken_to) == (0, TODAY)
    undoing.undo(db)
    assert journeys.journey(db, kept).stages[0].due == 2


def test_the_next_day_brings_only_the_newly_due(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    member(db, 1, bound_at="2026-11-10")
    member(db, 2, bound_at="2026-11-20")
    kept = journeys.save(db, None, two_stages()).plan.id
    journeys.spoken_to(db, kept, "a")
    monkeypatch.setenv("TAGLINE_NOW", "2026-11-23T09:00:00")
    stage = journeys.journey(db, kept).stages[0]
    assert list(condition_sql.ids(db, condition_of(db, stage.due_query))) == [2]


def test_the_worst_step_comes_first_and_small_ones_after(db: Database) -> None:
    for number in range(1, 101):
        member(db, number, bound=number <= 80, days=("2026-11-01",) * (number <= 20))
    tag(db, 1, "VIP")
    journey = Journey(
        "旅程",
        (
            JourneyStage("a", "會員", "shop_member:yes"),
            JourneyStage("b", "綁定", "bound:yes"),
            JourneyStage("c", "首購", "orders:>=1"),
            JourneyStage("d", "VIP", "tag:VIP"),
        ),
    )
    now = journeys.preview(db, journey)
    assert [(one.stage.id, one.lost) for one in now.worst] == [
        ("b", 0.75),
        ("a", pytest.approx(0.2)),
        ("c", 0.95),
    ]


def test_a_stage_that_cannot_be_read_says_why_and_those_before_it_count(db: Database) -> None:
    member(db, 1)
    audiences.save(db, "熟客", "bound:yes")
    journey = replace(two_stages(), stages=(*two_stages().stages, JourneyStage("c", "熟客", "audience:熟客")))
    kept = journeys.save(db, None, journey).plan.id
    assert [one.people for one in journeys.journey(db, kept).stages] == [1, 0, 0]
    audiences.delete(db, "熟客")
    stages = journeys.journey(db, kept).stages
    assert [one.people for one in stages] == [1, 0, 0]
    assert [one.problem is None for one in stages] == [True, True, False]


@pytest.mark.parametrize(
    ("stages", "key"),
    [
        ((), "operating.few_stages"),
        ((JourneyStage("a", "", "bound:yes"), JourneyStage("b", "首購", "")), "operating.stage_without_name"),
    ],
)
def test_a_journey_needs_stages_with_names(db: Database, stages: tuple[JourneyStage, ...], key: str) -> None:
    with pytest.raises(UserError) as refused:
        journeys.save(db, None, Journey("旅程", stages))
    assert refused.value.text.key == key


def test_a_mistake_in_a_query_is_named(db: Database) -> None:
    broken = JourneyStage("b", "首購", "ordrs:>=1")
    with pytest.raises(UserError):
        journeys.save(db, None, replace(two_stages(), stages=(two_stages().stages[0], broken)))
    assert journeys.journeys(db) == ()


def test_ready_journeys_go_by_what_the_shop_knows(db: Database) -> None:
    assert ready_journeys.ready_journeys(db) == ()
    member(db, 1, friend_at="2026-11-01")
    (welcome,) = ready_journeys.ready_journeys(db)
    assert welcome.id == "welcome"
    assert [one.query for one in welcome.journey.stages] == ["friend:yes", "bound:yes"]
    assert [one.key for one in welcome.left_out] == ["operating.left_out_orders"]
    member(db, 2, days=("2026-10-01", "2026-11-01"))
    tag(db, 1, "已填問卷")
    found = {one.id: one for one in ready_journeys.ready_journeys(db)}
    assert list(found) == ["member", "welcome", "loyal"]
    names = [one.name for one in found["member"].journey.stages]
    assert names == ["綁定", "填問卷", "首購", "再購"]
    assert [one.key for one in found["member"].left_out] == ["operating.left_out_coupon"]
    tag(db, 2, "領券 8 月")
    (whole, *_) = ready_journeys.ready_journeys(db)
    assert [one.name for one in whole.journey.stages] == ["綁定", "填問卷", "領券", "首購", "再購"]
    assert whole.left_out == ()
    journeys.save(db, None, whole.journey)
    assert [one.id for one in ready_journeys.ready_journeys(db)] == ["welcome", "loyal"]
    assert [one.people for one in journeys.journeys(db)[0].stages] == [2, 1, 0, 0, 0]


def test_imported_answers_stand_for_the_questionnaire(db: Database) -> None:
    member(db, 1, days=("2026-11-01",))
    with db.transaction():
        step = history.begin_step(
            db, "import", message("steps.import_form_answers", file="問卷 回覆.xlsx", n=1)
        )
        history.finish_step(db, step, 1)
        db.run(
            "INSERT INTO import_file (step_id, file, sha256, report) VALUES (?, '問卷 回覆.xlsx', '', '')",
            (step,),
        )
        db.run("UPDATE person SET created_step = ? WHERE id = 1", (step,))
    found = next(one for one in ready_journeys.ready_journeys(db) if one.id == "member")
    assert [one.query for one in found.journey.stages][1] == 'import="問卷 回覆.xlsx"'
    assert journeys.preview(db, found.journey).stages[1].people == 1


def test_whoever_went_on_another_way_is_not_due(db: Database) -> None:
    member(db, 1, bound_at="2026-11-01")
    member(db, 2, bound_at="2026-11-01", days=("2026-11-05",))
    member(db, 3, bound_at="2026-11-01")
    tag(db, 3, "已填問卷")
    stages = (
        JourneyStage("a", "綁定", "bound:yes", "bound_at", 3),
        JourneyStage("b", "填問卷", "tag:已填問卷", "bound_at", 3),
        JourneyStage("c", "首購", "orders:>=1"),
    )
    bound, answered, bought = journeys.preview(db, Journey("旅程", stages)).stages
    assert (bound.stopped, answered.stopped, bought.people) == (2, 1, 0)
    assert list(condition_sql.ids(db, condition_of(db, bound.due_query))) == [1]
    assert list(condition_sql.ids(db, condition_of(db, answered.due_query))) == [3]
