"""Every rule LINE documents for actions is broken once; what passes is taken by LINE's own library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linebot.v3.messaging import (
    Action as LineAction,
)
from linebot.v3.messaging import (
    ClipboardImagemapAction,
    MessageImagemapAction,
    URIImagemapAction,
)

from desktop.core.planning.action_rules import LIMITS, problems
from desktop.core.planning.actions import Action, ActionKind, Place, dialled, encoded, to_line

FAMILY = "👨‍👩‍👧"
URI = Action(ActionKind.URI, uri="https://daydaycoffee.example/bind", label="綁定")
PICKER = Action(ActionKind.DATETIME, data="day", label="日期")

BROKEN = [
    (Action(), "none"),
    (Action(ActionKind.CAMERA), "quick_reply_only"),
    (Action(ActionKind.CAMERA_ROLL), "quick_reply_only"),
    (Action(ActionKind.LOCATION), "quick_reply_only"),
    (Action(ActionKind.URI), "uri_missing"),
    (Action(ActionKind.URI, uri="daydaycoffee.example"), "uri_scheme"),
    (Action(ActionKind.URI, uri="javascript:alert(1)"), "uri_scheme"),
    (Action(ActionKind.URI, uri="ftp://a.example"), "uri_scheme"),
    (Action(ActionKind.URI, uri="https://"), "uri_wrong"),
    (Action(ActionKind.URI, uri="https://a.example/a b"), "uri_wrong"),
    (Action(ActionKind.URI, uri="https://[a.example"), "uri_wrong"),
    (Action(ActionKind.URI, uri="tel:"), "uri_wrong"),
    (Action(ActionKind.URI, uri="tel:abc"), "phone_wrong"),
    (Action(ActionKind.URI, uri="https://a.example/" + "a" * 983), "uri_long"),
    (Action(ActionKind.URI, uri="https://a.example/" + "好" * 110), "uri_long"),
    (Action(ActionKind.CALL), "phone_missing"),
    (Action(ActionKind.CALL, text="客服專線"), "phone_wrong"),
    (Action(ActionKind.CALL, text="12"), "phone_wrong"),
    (Action(ActionKind.MESSAGE, text="  "), "message_missing"),
    (Action(ActionKind.MESSAGE, text=FAMILY * 301), "message_long"),
    (Action(ActionKind.CLIPBOARD), "clipboard_missing"),
    (Action(ActionKind.CLIPBOARD, text="🍎" * 501), "clipboard_long"),
    (Action(ActionKind.POSTBACK), "data_missing"),
    (Action(ActionKind.POSTBACK, data="🍎" * 151), "data_long"),
    (Action(ActionKind.POSTBACK, data="a", display_text="好" * 301), "display_long"),
    (Action(ActionKind.POSTBACK, data="a", input_option="openDoor"), "input_option"),
    (Action(ActionKind.POSTBACK, data="a", fill_in_text="好"), "fill_in_alone"),
    (Action(ActionKind.POSTBACK, data="a", input_option="openVoice", fill_in_text="好"), "fill_in_alone"),
    (
        Action(ActionKind.POSTBACK, data="a", input_option="openKeyboard", fill_in_text="好" * 301),
        "fill_in_long",
    ),
    (Action(ActionKind.DATETIME), "data_missing"),
    (Action(ActionKind.DATETIME, data="a" * 301), "data_long"),
    (Action(ActionKind.DATETIME, data="a", mode="week"), "date_mode"),
    (Action(ActionKind.DATETIME, data="a", initial="2026/01/01"), "date_wrong"),
    (Action(ActionKind.DATETIME, data="a", initial="2026-02-30"), "date_wrong"),
    (Action(ActionKind.DATETIME, data="a", earliest="1899-12-31"), "date_wrong"),
    (Action(ActionKind.DATETIME, data="a", latest="2101-01-01"), "date_wrong"),
    (Action(ActionKind.DATETIME, data="a", mode="time", initial="24:00"), "date_wrong"),
    (
        Action(ActionKind.DATETIME, data="a", mode="datetime", initial="2026-01-01 10:00"),
        "date_wrong",
    ),
    (
        Action(ActionKind.DATETIME, data="a", earliest="2026-02-01", latest="2026-01-01"),
        "date_order",
    ),
    (
        Action(ActionKind.DATETIME, data="a", mode="time", earliest="10:00", latest="10:00"),
        "date_order",
    ),
    (
        Action(ActionKind.DATETIME, data="a", initial="2026-03-01", latest="2026-02-01"),
        "date_outside",
    ),
    (
        Action(ActionKind.DATETIME, data="a", initial="2026-01-01", earliest="2026-02-01"),
        "date_outside",
    ),
    (Action(ActionKind.SWITCH), "switch_missing"),
    (Action(ActionKind.SWITCH, menu=1, data="a" * 301), "data_long"),
    (Action(ActionKind.URI, uri="https://a.example", label="好" * 21), "label_long"),
]

FINE = [
    URI,
    Action(ActionKind.URI, uri="line://ti/p/@daydaycoffee"),
    Action(ActionKind.URI, uri="tel:02-2345-6789"),
    Action(ActionKind.URI, uri="https://a.example/" + "a" * 982),
    Action(ActionKind.CALL, text="０２-2345 6789 分機 12"),
    Action(ActionKind.CALL, text="+886 2 2345-6789"),
    Action(ActionKind.MESSAGE, text=FAMILY * 300, label=FAMILY * 20),
    Action(ActionKind.CLIPBOARD, text="🍎" * 500),
    Action(ActionKind.POSTBACK, data="🍎" * 150, display_text="好" * 300),
    Action(ActionKind.POSTBACK, data="a", input_option="openKeyboard", fill_in_text="姓名：\n電話："),
    PICKER,
    Action(ActionKind.DATETIME, data="a", initial="2026-01-02", earliest="2026-01-01", latest="2026-01-03"),
    Action(
        ActionKind.DATETIME,
        data="a",
        mode="datetime",
        initial="2026-01-02T10:00",
        earliest="1900-01-01T00:00",
    ),
    Action(ActionKind.DATETIME, data="a", mode="time", initial="00:00", latest="23:59"),
    Action(ActionKind.SWITCH, menu=7),
]


def serious(action: Action, place: Place = Place.RICH_MENU) -> list[str]:
    return [one.id for one in problems(action, place) if not one.warning]


@pytest.mark.parametrize(("action", "problem"), BROKEN)
def test_a_broken_rule_is_named(action: Action, problem: str) -> None:
    assert serious(action) == [problem]


@pytest.mark.parametrize("action", FINE, ids=lambda action: f"{action.kind}")
def test_what_keeps_the_rules_is_taken_by_lines_library(action: Action) -> None:
    assert serious(action) == []
    written = to_line(action, alias_of=lambda plan: f"menu-{plan}")
    read = LineAction.from_dict(written)
    assert read.to_dict() == written


def test_every_rule_of_every_kind_is_broken_somewhere() -> None:
    kinds = {action.kind for action, _ in BROKEN}
    assert kinds == set(ActionKind)


def test_what_needs_a_webhook_says_so() -> None:
    for action in (Action(ActionKind.POSTBACK, data="a"), PICKER):
        assert [(one.id, one.warning) for one in problems(action)] == [("webhook", True)]


def test_buttons_need_their_words_and_pictures_take_longer_ones() -> None:
    bare = Action(ActionKind.MESSAGE, text="好" * 400)
    assert serious(bare, Place.TEMPLATE) == ["message_long", "label_missing"]
    assert serious(bare, Place.IMAGEMAP) == []
    named = Action(ActionKind.MESSAGE, text="好", label="好" * 13)
    assert serious(named, Place.IMAGE_CAROUSEL) == ["label_long"]
    assert serious(named, Place.TEMPLATE) == []
    assert serious(Action(ActionKind.MESSAGE, text="好", label="好" * 101), Place.IMAGEMAP) == ["label_long"]


def test_switching_is_for_menus_only() -> None:
    switch = Action(ActionKind.SWITCH, menu=1, label="會員")
    assert {place for place in Place if serious(switch, place) == ["not_here"]} == set(Place) - {
        Place.RICH_MENU
    }
    assert ActionKind.SWITCH in LIMITS[Place.RICH_MENU].kinds


def test_picture_maps_name_their_fields_otherwise() -> None:
    area = {"x": 0, "y": 0, "width": 10, "height": 10}
    uri = to_line(URI, Place.IMAGEMAP) | {"area": area}
    assert URIImagemapAction.from_dict(uri).link_uri == URI.uri
    said = to_line(Action(ActionKind.MESSAGE, text="好"), Place.IMAGEMAP) | {"area": area}
    assert MessageImagemapAction.from_dict(said).text == "好"
    code = to_line(Action(ActionKind.CLIPBOARD, text="A1"), Place.IMAGEMAP) | {"area": area}
    assert ClipboardImagemapAction.from_dict(code).clipboard_text == "A1"
    with pytest.raises(ValueError, match="postback"):
        to_line(Action(ActionKind.POSTBACK, data="a"), Place.IMAGEMAP)


def test_what_is_not_chosen_is_not_written() -> None:
    for action in (Action(), Action(ActionKind.SWITCH), Action(ActionKind.SWITCH, menu=1)):
        with pytest.raises(ValueError, match="no action"):
            to_line(action)


def test_addresses_are_written_in_ascii_once() -> None:
    assert encoded("https://例え.jp/菜單?q=咖啡#第一") == (
        "https://xn--r8jz45g.jp/%E8%8F%9C%E5%96%AE?q=%E5%92%96%E5%95%A1#%E7%AC%AC%E4%B8%80"
    )
    assert encoded("https://a.example/%E8%8F%9C?x=1&y=(2)") == "https://a.example/%E8%8F%9C?x=1&y=(2)"
    assert dialled("（０２）2345-6789 #12") == "0223456789"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_writing_an_address_twice_changes_nothing(path: str) -> None:
    once = encoded("https://a.example/" + path.replace("\\", ""))
    assert once.isascii()
    assert encoded(once) == once


@pytest.mark.parametrize("action", [action for action, _ in BROKEN] + FINE)
def test_content_comes_back(action: Action) -> None:
    assert Action.from_content(action.to_content()) == action


def test_strange_content_becomes_an_action_not_yet_chosen() -> None:
    strange = {"kind": "teleport", "uri": 3, "menu": "7", "later": True}
    assert Action.from_content(strange) == Action()
