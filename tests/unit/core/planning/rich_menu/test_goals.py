"""Which goals of a shop a menu serves, told from what is chosen or from its words in three languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.operating.sheet import CONTENT_TYPES
from desktop.core.planning.rich_menu.goals import GOALS, goals, served_by
from desktop.core.planning.rich_menu.menu import Area, Rect
from tests.unit.core.planning.rich_menu.menus import menu

PLACE = Rect(0, 0, 1, 1)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("會員綁定", {"recruiting"}),
        ("Link your membership", {"recruiting"}),
        ("会員登録", {"recruiting"}),
        ("營業時間", {"business_info"}),
        ("Opening hours", {"business_info"}),
        ("営業時間・アクセス", {"business_info"}),
        ("門市資訊", {"business_info", "branches"}),
        ("最新活動", {"campaign"}),
        ("ＣＯＵＰＯＮ", {"campaign"}),
        ("クーポン", {"campaign"}),
        ("線上購物", {"products"}),
        ("Book a table", {"products"}),
        ("メニュー", {"products"}),
        ("最新消息", {"news"}),
        ("お知らせ", {"news"}),
        ("新品上市", {"new_items"}),
        ("New arrivals", {"new_items"}),
        ("新商品", {"new_items"}),
        ("Find us", {"branches"}),
        ("店舗一覧", {"branches"}),
        ("真人客服", {"service"}),
        ("Contact", {"service"}),
        ("お問い合わせ", {"service"}),
        ("貓貓狗狗", set()),
        ("", set()),
    ],
)
def test_words_tell_the_goal(title: str, found: set[str]) -> None:
    assert served_by(Area(PLACE, title=title)) == found


def test_a_chosen_goal_wins_and_a_call_is_service() -> None:
    assert served_by(Area(PLACE, goal="news", title="會員綁定")) == {"news"}
    assert served_by(Area(PLACE, icon="phone", action=Action(ActionKind.CALL, text="0223456789"))) == {
        "service"
    }


def test_goals_are_the_operating_plans_kinds_of_content() -> None:
    assert set(GOALS) == set(CONTENT_TYPES)


def test_a_menu_is_held_against_the_plan_and_whom_it_is_for() -> None:
    known = menu("large_6")
    states = {
        state.goal: state for state in goals(known, content_types=["new_items", "每週新品", "咖啡知識"])
    }
    assert states["recruiting"].areas == (0,)
    assert states["service"].covered
    assert not states["news"].covered
    assert [goal for goal, state in states.items() if state.planned] == ["new_items"]
    assert all(state.wanted for state in states.values())
    members = {
        state.goal: state for state in goals(replace(known, for_whom="tag:常客 bound:yes"), one_branch=True)
    }
    assert [goal for goal, state in members.items() if not state.wanted] == ["recruiting", "branches"]
    strangers = goals(replace(known, for_whom="-bound:yes"))
    assert all(state.wanted for state in strangers)
