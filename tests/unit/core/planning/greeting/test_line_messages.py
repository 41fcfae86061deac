"""What is exported is taken by LINE's own library and by the simulator's rules; every rule LINE documents is broken once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given, settings
from linebot.v3.messaging import CouponMessage, PushMessageRequest

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.greeting.balloons import (
    Area,
    Balloon,
    Card,
    Cards,
    Coupon,
    Greeting,
    Insert,
    Picture,
    Text,
    Video,
    from_content,
    to_content,
)
from desktop.core.planning.greeting.counting import MOST, length
from desktop.core.planning.greeting.limits import problems
from desktop.core.planning.greeting.line_messages import (
    NotReady,
    lacks,
    line_messages,
    preview_indexes,
    preview_messages,
)
from desktop.simulator.messages.message_rules import check_messages
from tests.unit.core.planning.greeting.greetings import (
    BUTTONS,
    CARD,
    EVERYTHING,
    GREETINGS,
    IMAGE,
    ONE_BALLOON,
    PAGE,
    RICH,
    SAY,
    TEXT,
)

FAMILY = "👨‍👩‍👧"


def taken(messages: Sequence[Mapping[str, Any]]) -> None:
    """LINE's library and the simulator take the messages, and the library writes the same again."""
    check_messages(list(messages))
    request = PushMessageRequest.from_dict({"to": "U" + "0" * 32, "messages": list(messages)})
    written = [_plain(one) for one in request.to_dict()["messages"]]
    assert written == [dict(one) for one in messages]


def _plain(one: Any) -> Any:
    if isinstance(one, dict):
        # What the library adds by itself, as LINE's defaults.
        added = {"imageAspectRatio", "imageSize"}
        return {key: _plain(value) for key, value in one.items() if value is not None and key not in added}
    return [_plain(each) for each in one] if isinstance(one, list) else one


@pytest.mark.parametrize("greeting", [EVERYTHING, Greeting(balloons=(BUTTONS, Picture(1, IMAGE)))])
def test_every_kind_is_taken(greeting: Greeting) -> None:
    assert not [one for one in problems(greeting) if not one.warning]
    taken(line_messages(greeting, "怡君", "日日咖啡"))


def test_what_is_written_is_what_stands_there() -> None:
    text, rich, cards, coupon, video = line_messages(EVERYTHING, "怡君", "日日咖啡")
    assert text == {"type": "text", "text": "怡君，歡迎加入日日咖啡☕\n第一杯折 20 元"}
    assert rich["baseSize"] == {"width": 1040, "height": 1040}
    assert rich["actions"][1] == {
        "type": "message",
        "text": "我要訂位",
        "label": "訂位",
        "area": {"x": 520, "y": 0, "width": 520, "height": 1040},
    }
    assert cards["template"]["type"] == "carousel"
    assert cards["template"]["columns"][0]["thumbnailImageUrl"] == IMAGE
    assert CouponMessage.from_dict(coupon).coupon_id == "01JYNW8JMQVFBNWF1APF8Z3FS7"
    assert video["previewImageUrl"] == IMAGE
    alone = line_messages(Greeting(balloons=(BUTTONS,)), "", "")[0]["template"]
    assert (alone["type"], len(alone["actions"])) == ("buttons", 4)


@settings(max_examples=120, deadline=None)
@given(GREETINGS | ONE_BALLOON)
def test_whatever_is_ready_is_taken(greeting: Greeting) -> None:
    try:
        messages = line_messages(greeting, "怡君", "日日咖啡")
    except NotReady:
        event("not ready")
        return
    event("ready")
    taken(messages)


@settings(max_examples=80, deadline=None)
@given(GREETINGS)
def test_a_preview_never_fails_and_a_plan_keeps_everything(greeting: Greeting) -> None:
    shown = preview_messages(greeting, "怡君", "日日咖啡")
    assert len(shown) == len(preview_indexes(greeting))
    assert from_content(to_content(greeting), greeting.name) == greeting


def broken(balloon: Balloon) -> Greeting:
    """A greeting of one balloon."""
    return Greeting(balloons=(balloon,))


def cards(*columns: Card, alt: str = "招牌") -> Greeting:
    """A greeting of cards."""
    return broken(Cards(columns, alt))


def areas(*wanted: Area) -> Greeting:
    """A greeting of one rich message."""
    return broken(replace(RICH, areas=wanted))


PLAIN = Card("", "每日現煮", None, "", (PAGE,))
AREA = Area(0, 0, 520, 520, PAGE)
BROKEN = [
    (Greeting(), "no_balloons"),
    (Greeting(balloons=(TEXT,) * 6), "many_balloons"),
    (broken(Text()), "text_empty"),
    (broken(Text((" \n",))), "text_empty"),
    (broken(Text(("字" * 501,))), "text_long"),
    (broken(Text(("字" * 481, Insert.FRIEND))), "text_long"),
    (broken(Text((FAMILY * 500 + "",))), None),
    (broken(Text((("a" + "\u0301" * 20) * 400,))), "text_units"),
    (broken(Picture()), "picture_missing"),
    (broken(Picture(1, "http://a.example/b.png")), "address"),
    (broken(Picture(1, "https://a.example/" + "a" * 1983)), "address"),
    (broken(Picture(1, IMAGE, "ftp://a.example")), "address"),
    (broken(Video("", 1, IMAGE)), "video_missing"),
    (broken(Video(IMAGE)), "cover_missing"),
    (broken(Video("http://a.example/v.mp4", 1, IMAGE)), "address"),
    (broken(Coupon()), "coupon_missing"),
    (broken(Coupon("c", "券" * 61)), "coupon_long"),
    (broken(Coupon("c", "券" * 60)), None),
    (broken(replace(RICH, picture=None, url="")), "picture_missing"),
    (broken(replace(RICH, url="https://a b")), "address"),
    (broken(replace(RICH, alt=" ")), "alt_missing"),
    (broken(replace(RICH, alt="🍎" * 751)), "alt_long"),
    (broken(replace(RICH, height=0)), "map_height"),
    (areas(), "no_areas"),
    (areas(*[Area(number * 20, 0, 20, 20, PAGE) for number in range(51)]), "many_areas"),
    (areas(Area(600, 0, 520, 520, PAGE)), "area_outside"),
    (areas(Area(0, 0, 0, 520, PAGE)), "area_outside"),
    (areas(Area(-1, 0, 520, 520, PAGE)), "area_outside"),
    (areas(replace(AREA, action=Action())), "action_none"),
    (areas(replace(AREA, action=Action(ActionKind.POSTBACK, data="a"))), "action_not_here"),
    (areas(replace(AREA, action=Action(ActionKind.MESSAGE, text="好" * 401))), "action_message_long"),
    (areas(replace(AREA, action=Action(ActionKind.MESSAGE, text="🍎" * 201))), "action_message_units"),
    (areas(replace(AREA, action=replace(PAGE, label="好" * 101))), "action_label_long"),
    (
        areas(replace(AREA, action=Action(ActionKind.URI, uri="https://a.example/" + "a" * 983))),
        "action_uri_long",
    ),
    (cards(), "no_cards"),
    (cards(*[PLAIN] * 11), "many_cards"),
    (cards(PLAIN, alt=""), "alt_missing"),
    (cards(PLAIN, alt="好" * 1501), "alt_long"),
    (cards(PLAIN, replace(PLAIN, actions=(PAGE, SAY))), "uneven_buttons"),
    (cards(PLAIN, replace(PLAIN, url=IMAGE)), "uneven_pictures"),
    (cards(PLAIN, replace(PLAIN, title="拿鐵")), "uneven_titles"),
    (cards(replace(PLAIN, title="好" * 41)), "title_long"),
    (cards(replace(PLAIN, text="")), "card_empty"),
    (cards(replace(PLAIN, text="好" * 161)), "card_long"),
    (cards(replace(PLAIN, text="好" * 121), PLAIN), "card_long"),
    (cards(replace(CARD, text="好" * 61)), "card_long"),
    (cards(replace(PLAIN, title="拿鐵", text="好" * 61)), "card_long"),
    (cards(replace(PLAIN, url="http://a.example")), "address"),
    (cards(replace(PLAIN, actions=())), "no_buttons"),
    (cards(replace(PLAIN, actions=(PAGE,) * 5)), "many_buttons"),
    (cards(replace(PLAIN, actions=(PAGE,) * 4), replace(PLAIN, actions=(PAGE,) * 4)), "many_buttons"),
    (cards(replace(PLAIN, actions=(replace(PAGE, label=""),))), "action_label_missing"),
    (cards(replace(PLAIN, actions=(replace(PAGE, label="好" * 21),))), "action_label_long"),
    (cards(replace(PLAIN, actions=(replace(PAGE, label=FAMILY * 5),))), "action_label_units"),
    (cards(replace(PLAIN, actions=(replace(PAGE, uri="ftp://a.example"),))), "action_uri_scheme"),
    (
        cards(replace(PLAIN, actions=(Action(ActionKind.MESSAGE, text="好" * 301, label="好"),))),
        "action_message_long",
    ),
    (cards(replace(PLAIN, actions=(Action(ActionKind.SWITCH, menu=1, label="好"),))), "action_not_here"),
    (cards(replace(PLAIN, actions=(Action(ActionKind.CAMERA, label="好"),))), "action_quick_reply_only"),
]


@pytest.mark.parametrize(("greeting", "rule"), [one for one in BROKEN if one[1]])
def test_every_rule_is_broken_once(greeting: Greeting, rule: str) -> None:
    assert rule in {one.id for one in problems(greeting)}
    with pytest.raises(NotReady):
        line_messages(greeting, "怡君", "日日咖啡")


@pytest.mark.parametrize(
    "greeting",
    [
        broken(Text(("字" * 500,))),
        broken(Text(("字" * 460, Insert.FRIEND, Insert.ACCOUNT))),
        broken(Text((FAMILY * 500,))),
        broken(replace(RICH, alt="🍎" * 750)),
        areas(*[Area(number * 20, 0, 20, 20, PAGE) for number in range(50)]),
        areas(replace(AREA, action=Action(ActionKind.MESSAGE, text="好" * 400))),
        cards(*[PLAIN] * 10, alt="好" * 1500),
        cards(replace(PLAIN, text="好" * 160, actions=(PAGE,) * 4)),
        cards(replace(PLAIN, text="好" * 120, actions=(PAGE,) * 3), replace(PLAIN, actions=(PAGE,) * 3)),
        cards(replace(PLAIN, title="好" * 40, text="好" * 60)),
        cards(replace(PLAIN, actions=(replace(PAGE, label="好" * 20),))),
    ],
)
def test_what_just_fits_is_taken(greeting: Greeting) -> None:
    taken(line_messages(greeting, "怡君", "日日咖啡"))


def test_what_line_takes_and_the_owner_would_not_like_is_a_warning_only() -> None:
    four = Greeting(balloons=(TEXT,) * 4)
    assert [(one.id, one.warning) for one in problems(four)] == [("advised_balloons", True)]
    assert [(one.id, one.warning) for one in problems(areas(AREA, AREA))] == [("area_overlap", True)]
    for url in ("https://a.example/b.JPG", "https://a.example/b/1040"):
        assert [(one.id, one.warning) for one in problems(broken(replace(RICH, url=url)))] == [
            ("map_address", True)
        ]
    taken(line_messages(four, "怡君", "日日咖啡"))
    taken(line_messages(areas(AREA, AREA), "怡君", "日日咖啡"))


def test_what_only_lies_here_is_lacking_and_shown_all_the_same() -> None:
    greeting = Greeting(
        balloons=(
            Picture(4),
            replace(RICH, url=""),
            Cards((replace(CARD, url=""),), "招牌"),
            Coupon(title="買一送一"),
            Video(IMAGE, 5),
        )
    )
    found = [(one.balloon, one.id, one.field, one.part) for one in lacks(greeting)]
    assert found == [
        (0, "picture_address", "url", None),
        (1, "picture_address", "url", None),
        (2, "picture_address", "url", 0),
        (3, "coupon_id", "coupon_id", None),
        (4, "picture_address", "preview_url", None),
    ]
    with pytest.raises(NotReady) as error:
        line_messages(greeting, "怡君", "日日咖啡")
    assert error.value.problems == lacks(greeting)
    shown = preview_messages(greeting, "怡君", "日日咖啡")
    taken(shown)
    assert shown[0]["originalContentUrl"] == "https://tagline.invalid/picture/4"
    assert shown[3]["couponId"] == "coupon-3"


def test_a_text_of_names_only_needs_one() -> None:
    greeting = Greeting(balloons=(Text((Insert.FRIEND,)),))
    taken(line_messages(greeting, "怡君", ""))
    with pytest.raises(NotReady):
        line_messages(greeting, " ", "")


def test_the_manager_counts_every_character_once_and_names_at_their_longest() -> None:
    assert length(("a\n🍎" + FAMILY + "é", Insert.FRIEND)) == 5 + 20
    assert MOST == 500
