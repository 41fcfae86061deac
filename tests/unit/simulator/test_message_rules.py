"""What LINE takes as messages: at the limit it passes, one beyond it is refused, by name of the part."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.simulator.exchange import Refusal
from desktop.simulator.messages.message_rules import check_messages, clusters
from desktop.simulator.messages.recipients import check_filter, meant
from desktop.simulator.state import LineState
from desktop.simulator.storage import MemoryStorage

PICTURE = "https://example.com/a.png"
SAY = {"type": "message", "label": "好", "text": "好"}


def text(length: int, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": "字" * length, **more}


def template(**parts: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "新品", "template": parts}


def column(count: int = 1, **parts: Any) -> dict[str, Any]:
    return {"text": "新品", "actions": [SAY] * count, **parts}


def imagemap(**parts: Any) -> dict[str, Any]:
    area = {"x": 0, "y": 0, "width": 1, "height": 1}
    return {
        "type": "imagemap",
        "baseUrl": "https://example.com/map",
        "altText": "地圖",
        "baseSize": {"width": 1040, "height": 1040},
        "actions": [{"type": "uri", "linkUri": "https://example.com", "area": area}],
        **parts,
    }


MAP_AREA = {"area": {"x": 0, "y": 0, "width": 1, "height": 1}}

GOOD = [
    imagemap(actions=[{"type": "message", "text": "👍🏽" * 400, **MAP_AREA}] * 50),
    imagemap(actions=[{"type": "clipboard", "clipboardText": "字" * 1_000, "label": "字" * 100, **MAP_AREA}]),
    template(
        type="buttons", text="字", actions=[{"type": "message", "label": "👍🏽" * 20, "text": "👍🏽" * 300}]
    ),
    template(
        type="image_carousel", columns=[{"imageUrl": PICTURE, "action": {"type": "message", "text": "好"}}]
    ),
    text(5_000),
    {"type": "textV2", "text": "嗨 {who}", "substitution": {"who": {"type": "emoji"}}},
    {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    {"type": "image", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
    {"type": "video", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE, "trackingId": "t" * 100},
    {"type": "audio", "originalContentUrl": PICTURE, "duration": 60_000},
    {"type": "location", "title": "店", "address": "臺北市", "latitude": 25.0, "longitude": 121.5},
    imagemap(),
    template(type="buttons", text="字" * 160, actions=[SAY] * 4),
    template(type="buttons", title="字" * 40, text="字" * 60, actions=[SAY]),
    template(type="confirm", text="字" * 240, actions=[SAY, SAY]),
    template(type="carousel", columns=[column(3)] * 10),
    template(type="image_carousel", columns=[{"imageUrl": PICTURE, "action": {**SAY, "label": "字" * 12}}]),
    {"type": "flex", "altText": "新品", "contents": {"type": "bubble"}},
    {
        "type": "flex",
        "altText": "新品",
        "contents": {"type": "carousel", "contents": [{"type": "bubble"}] * 12},
    },
    {"type": "coupon", "couponId": "c", "deliveryTag": "a_1"},
    text(1, quickReply={"items": [{}] * 13}, sender={"name": "小編"}),
]

BAD = [
    (text(5_001), "text"),
    (text(0), "text"),
    ({"type": "text"}, "text"),
    ({"type": "text", "text": "🍎" * 2_501}, "text"),
    (text(1, emojis=[{}] * 21), "emojis"),
    ({"type": "textV2", "text": "嗨", "substitution": {"名字": {}}}, "substitution"),
    ({"type": "sticker", "packageId": "446"}, "stickerId"),
    ({"type": "image", "originalContentUrl": "http://a.b", "previewImageUrl": PICTURE}, "originalContentUrl"),
    ({"type": "image", "originalContentUrl": PICTURE}, "previewImageUrl"),
    ({"type": "audio", "originalContentUrl": PICTURE}, "duration"),
    ({"type": "location", "title": "字" * 101, "address": "a", "latitude": 1, "longitude": 1}, "title"),
    (imagemap(baseSize={"width": 1000, "height": 1}), "baseSize"),
    (imagemap(actions=[{"type": "message", "text": "字", **MAP_AREA}] * 51), "actions"),
    (imagemap(actions=[{"type": "message", "text": "字" * 401, **MAP_AREA}]), "actions[0].text"),
    (imagemap(actions=[{"type": "uri", "linkUri": "ftp://a.b", **MAP_AREA}]), "actions[0].linkUri"),
    (
        imagemap(actions=[{"type": "uri", "linkUri": "https://a.b/" + "a" * 990, **MAP_AREA}]),
        "actions[0].linkUri",
    ),
    (
        imagemap(actions=[{"type": "message", "text": "字", "label": "字" * 101, **MAP_AREA}]),
        "actions[0].label",
    ),
    (
        imagemap(actions=[{"type": "clipboard", "clipboardText": "a" * 1_001, **MAP_AREA}]),
        "actions[0].clipboardText",
    ),
    (imagemap(actions=[{"type": "camera", **MAP_AREA}]), "actions[0].type"),
    (imagemap(actions=[{"type": "message", "text": "字"}]), "actions[0].area.x"),
    (imagemap(baseUrl="http://a.b"), "baseUrl"),
    (imagemap(altText="字" * 1_501), "altText"),
    (imagemap(actions=[]), "actions"),
    ({"type": "video", "originalContentUrl": PICTURE}, "previewImageUrl"),
    (
        {"type": "video", "originalContentUrl": "https://e.com/" + "a" * 1_990, "previewImageUrl": PICTURE},
        "originalContentUrl",
    ),
    (
        {"type": "video", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE, "trackingId": "t" * 101},
        "trackingId",
    ),
    ({**template(type="buttons", text="字", actions=[SAY]), "altText": "字" * 1_501}, "altText"),
    (template(type="buttons", title="字" * 41, text="字", actions=[SAY]), "template.title"),
    (template(type="buttons", text="字" * 61, thumbnailImageUrl=PICTURE, actions=[SAY]), "template.text"),
    (template(type="buttons", text="字", actions=[]), "template.actions"),
    (
        template(type="buttons", text="字", actions=[{"type": "message", "text": "好"}]),
        "template.actions[0].label",
    ),
    (template(type="buttons", text="字", actions=[{**SAY, "text": "字" * 301}]), "template.actions[0].text"),
    (
        template(type="buttons", text="字", actions=[{"type": "uri", "label": "看", "uri": "ftp://a.b"}]),
        "template.actions[0].uri",
    ),
    (
        template(type="buttons", text="字", actions=[{"type": "postback", "label": "看", "data": "a" * 301}]),
        "template.actions[0].data",
    ),
    (template(type="confirm", text="字" * 241, actions=[SAY, SAY]), "template.text"),
    (template(type="carousel", columns=[column(4)]), "template.columns[0].actions"),
    (template(type="carousel", columns=[column(text="字" * 121)]), "template.columns[0].text"),
    (template(type="carousel", columns=[column(title="有", text="字" * 61)]), "template.columns[0].text"),
    (
        template(
            type="image_carousel", columns=[{"imageUrl": PICTURE, "action": {**SAY, "label": "字" * 13}}]
        ),
        "template.columns[0].action[0].label",
    ),
    (template(type="buttons", text="字" * 161, actions=[SAY]), "template.text"),
    (template(type="buttons", title="有", text="字" * 61, actions=[SAY]), "template.text"),
    (template(type="buttons", text="字", actions=[SAY] * 5), "template.actions"),
    (template(type="buttons", text="字", actions=[{"type": "camera"}]), "template.actions[0].type"),
    (template(type="buttons", text="字", actions=[{**SAY, "label": "字" * 21}]), "template.actions[0].label"),
    (template(type="confirm", text="字", actions=[SAY]), "template.actions"),
    (template(type="carousel", columns=[column()] * 11), "template.columns"),
    (template(type="carousel", columns=[column(1), column(2)]), "template.columns"),
    (template(type="image_carousel", columns=[{"imageUrl": PICTURE}]), "template.columns[0].action"),
    (template(type="menu"), "template.type"),
    ({"type": "flex", "altText": "新品", "contents": {"type": "box"}}, "contents.type"),
    ({"type": "flex", "altText": "新品", "contents": {"type": "bubble", "x": "字" * 10_001}}, "contents"),
    ({"type": "flex", "altText": "字" * 1_501, "contents": {"type": "bubble"}}, "altText"),
    ({"type": "coupon"}, "couponId"),
    ({"type": "coupon", "couponId": "c", "deliveryTag": "a" * 31}, "deliveryTag"),
    (text(1, quickReply={"items": [{}] * 14}), "quickReply.items"),
    (text(1, sender={"name": "line"}), "sender.name"),
    ({"type": "new"}, "type"),
]


@pytest.mark.parametrize("one", GOOD, ids=lambda one: str(one["type"]))
def test_what_passes(one: dict[str, Any]) -> None:
    assert check_messages([one]) == [one]


@pytest.mark.parametrize(("one", "place"), BAD, ids=lambda one: one if isinstance(one, str) else "")
def test_what_is_refused(one: dict[str, Any], place: str) -> None:
    with pytest.raises(Refusal) as error:
        check_messages([text(1), one])
    details = error.value.body["details"]
    assert [detail["property"] for detail in details] == [f"messages[1].{place}"]
    assert error.value.status == 400


@pytest.mark.parametrize("messages", [None, [], [text(1)] * 6, "早安", {"type": "text"}])
def test_how_many(messages: object) -> None:
    with pytest.raises(Refusal) as error:
        check_messages(messages)
    assert error.value.body["details"][0]["property"] == "messages"


def test_every_problem_is_listed() -> None:
    with pytest.raises(Refusal) as error:
        check_messages([text(0), {"type": "image"}])
    assert error.value.body["message"] == "The request body has 3 error(s)"


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 3)
    | st.sampled_from(["", "字", "line", "https://a.b", "bubble"]),
    lambda deeper: (
        st.lists(deeper, max_size=2) | st.dictionaries(st.sampled_from(["type", "text", "name"]), deeper)
    ),
    max_leaves=4,
)
TEMPLATE = st.fixed_dictionaries(
    {"type": st.sampled_from(["buttons", "confirm", "carousel", "image_carousel"])},
    optional=dict.fromkeys(("text", "title", "actions", "columns", "thumbnailImageUrl"), ODD),
)
ANYTHING = st.fixed_dictionaries(
    {"type": st.sampled_from([str(one["type"]) for one in GOOD]) | ODD},
    optional=dict.fromkeys(
        (
            *(
                "text",
                "emojis",
                "substitution",
                "packageId",
                "originalContentUrl",
                "duration",
                "title",
                "latitude",
            ),
            *(
                "baseSize",
                "actions",
                "altText",
                "contents",
                "couponId",
                "deliveryTag",
                "quickReply",
                "sender",
            ),
        ),
        ODD,
    )
    | {"template": TEMPLATE | ODD},
)


@given(st.lists(ANYTHING | ODD, max_size=2))
def test_nonsense_is_refused_and_nothing_worse(messages: list[Any]) -> None:
    try:
        passed = check_messages(messages)
    except Refusal as refusal:
        details = refusal.body["details"]
    else:
        details = []
        assert passed == messages
    assert all(set(one) == {"message", "property"} for one in details)


@pytest.mark.parametrize(
    ("written", "length"), [("", 0), ("好", 1), ("🍎", 1), ("👩‍👧‍👦", 1), ("👍🏽", 1), ("é", 1), ("a好🍎", 3)]
)
def test_clusters(written: str, length: int) -> None:
    assert clusters(written) == length


LEAF = st.one_of(
    ODD,
    st.fixed_dictionaries({"type": st.just("audience"), "audienceGroupId": st.integers(1, 3) | ODD}),
    st.fixed_dictionaries({"type": st.just("redelivery"), "requestId": ODD}),
)
TREE = st.recursive(
    LEAF,
    lambda deeper: st.fixed_dictionaries(
        {"type": st.just("operator")},
        optional={"and": st.lists(deeper, max_size=3), "or": st.lists(deeper, max_size=3), "not": deeper},
    ),
    max_leaves=8,
)


@given(TREE, st.none() | st.fixed_dictionaries({}, optional={"demographic": TREE | ODD}) | ODD)
def test_nonsense_in_recipients_is_refused_and_nothing_worse(recipient: Any, given_filter: Any) -> None:
    """No audience is there, so whatever names one is refused too; only no recipient at all means all friends."""
    state = LineState(MemoryStorage())
    for check in (lambda: meant(state, recipient), lambda: check_filter(given_filter)):
        try:
            passed: object = check()
        except Refusal as refusal:
            passed = refusal.status
        assert passed in (None, False, True, 400, frozenset())
