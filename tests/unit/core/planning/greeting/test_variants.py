"""Variants: which one is due, where two meet, what differs; and what the owner enters in LINE's manager."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.planning.greeting.balloons import (
    Cards,
    Coupon,
    Greeting,
    Insert,
    Part,
    Picture,
    Text,
    joined,
)
from desktop.core.planning.greeting.manager_text import copied, manager_balloons
from desktop.core.planning.greeting.variants import (
    Overlap,
    current,
    differences,
    overlaps,
    period_problem,
    runs,
)
from desktop.text import render
from tests.unit.core.planning.greeting.greetings import BUTTONS, CARD, EVERYTHING, PAGE, RICH, TEXT

ALWAYS = Greeting("平常")
AUTUMN = Greeting("秋季", starts="2026-09-01", ends="2026-11-30")
WEEK = Greeting("週年慶", starts="2026-11-01", ends="2026-11-07")
LATER = Greeting("冬季", starts="2026-12-01")
ALL = [(1, ALWAYS), (2, AUTUMN), (3, WEEK), (4, LATER)]


def test_the_shortest_period_that_holds_the_day_wins() -> None:
    days = {
        date(2026, 8, 31): 1,
        date(2026, 9, 1): 2,
        date(2026, 11, 1): 3,
        date(2026, 11, 8): 2,
        date(2027, 5, 1): 4,
    }
    assert {day: current(ALL, day) for day in days} == days
    assert current([(2, AUTUMN)], date(2026, 8, 1)) is None
    assert current([(5, replace(ALWAYS, starts="2026-12-31", ends="2026-01-01"))], date(2026, 6, 1)) is None


def test_periods_that_share_days_are_listed() -> None:
    assert overlaps(ALL) == (Overlap(2, 3, date(2026, 11, 1), date(2026, 11, 7)),)
    assert overlaps([(2, AUTUMN), (4, LATER)]) == ()


def test_a_period_that_is_none_is_told() -> None:
    assert period_problem(AUTUMN) is None
    assert period_problem(ALWAYS) is None
    for wrong in (replace(AUTUMN, ends="2026-08-01"), replace(AUTUMN, starts="九月")):
        problem = period_problem(wrong)
        assert problem is not None
        assert problem.key == "greeting.period_wrong"


def test_differences_pair_what_belongs_together() -> None:
    after = replace(
        EVERYTHING,
        balloons=(
            Picture(9),
            Text((Insert.FRIEND, "，歡迎加入", Insert.ACCOUNT, "☕\n第一杯折 30 元")),
            replace(
                RICH,
                areas=(
                    replace(RICH.areas[0], action=replace(PAGE, uri="https://dayday.example/x")),
                    RICH.areas[1],
                ),
            ),
            Coupon("01JYNW8JMQVFBNWF1APF8Z3FS7", "買一送一"),
        ),
    )
    found = differences(EVERYTHING, after)
    assert [(one.state, one.kind, one.before, one.after) for one in found] == [
        ("added", "picture", None, 0),
        ("changed", "text", 0, 1),
        ("changed", "rich_message", 1, 2),
        ("removed", "cards", 2, None),
        ("same", "coupon", 3, 3),
        ("removed", "video", 4, None),
    ]
    changed = [(run.state, run.part) for run in found[1].runs if run.state != "same"]
    assert changed == [("removed", "2"), ("added", "3")]
    (field,) = found[2].fields
    assert (render(field.label), field.before, field.after) == (
        "區塊 1",
        "https://dayday.example/new?from=line",
        "https://dayday.example/x",
    )


def test_another_picture_is_a_difference() -> None:
    (found,) = differences(Greeting(balloons=(Picture(1),)), Greeting(balloons=(Picture(2),)))
    assert [render(one.label) for one in found.fields] == ["圖片"]


_PARTS = st.lists(st.text("好喝ab🍎\n", max_size=8) | st.sampled_from(Insert), max_size=5).map(
    lambda p: joined(tuple(p))
)


@settings(max_examples=80, deadline=None)
@given(_PARTS, _PARTS)
def test_runs_hold_both_texts(before: tuple[Part, ...], after: tuple[Part, ...]) -> None:
    found = runs(before, after)
    assert joined(tuple(run.part for run in found if run.state != "added")) == before
    assert joined(tuple(run.part for run in found if run.state != "removed")) == after


def test_the_copied_text_says_which_button_to_press() -> None:
    text, rich, cards, coupon, video = manager_balloons(EVERYTHING)
    assert text.pieces == TEXT.parts
    assert copied(text, render) == "〈按「好友的顯示名稱」〉，歡迎加入〈按「帳號名稱」〉☕\n第一杯折 20 元"
    assert (
        copied(rich, render) == "標題\t新友禮\n區塊 1\thttps://dayday.example/new?from=line\n區塊 2\t我要訂位"
    )
    assert copied(cards, render).splitlines()[:2] == ["卡片 1 標題\t拿鐵", "卡片 1 說明\t每日現煮"]
    assert (copied(coupon, render), video.kind) == ("優惠券名稱\t買一送一", "video")
    assert all(render(one.hint) for one in manager_balloons(EVERYTHING))


def test_every_balloon_says_where_it_is_made() -> None:
    greeting = Greeting(balloons=(BUTTONS, Cards((CARD,), "a"), Picture(1, "https://a.example/b.png")))
    assert [one.index for one in manager_balloons(greeting)] == [0, 1, 2]
    assert copied(manager_balloons(greeting)[2], render) == "網址\thttps://a.example/b.png"
