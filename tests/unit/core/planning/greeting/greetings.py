"""Greetings for tests: one of every kind of balloon that LINE takes as it is, and arbitrary ones."""

from __future__ import annotations

from hypothesis import strategies as st

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.greeting.balloons import (
    Area,
    Card,
    Cards,
    Coupon,
    Greeting,
    Insert,
    Picture,
    RichMessage,
    Text,
    Video,
    joined,
)

PAGE = Action(ActionKind.URI, uri="https://dayday.example/new?from=line", label="看新品")
SAY = Action(ActionKind.MESSAGE, text="我要訂位", label="訂位")
IMAGE = "https://dayday.example/welcome.jpg"

TEXT = Text((Insert.FRIEND, "，歡迎加入", Insert.ACCOUNT, "☕\n第一杯折 20 元"))
RICH = RichMessage(
    7, "https://a.example/map", "新友禮", 1040, (Area(0, 0, 520, 1040, PAGE), Area(520, 0, 520, 1040, SAY))
)
CARD = Card("拿鐵", "每日現煮", 3, IMAGE, (PAGE, SAY))
EVERYTHING = Greeting(
    "秋季版",
    (
        TEXT,
        RICH,
        Cards((CARD, CARD), "招牌"),
        Coupon("01JYNW8JMQVFBNWF1APF8Z3FS7", "買一送一"),
        Video(IMAGE, 7, IMAGE),
    ),
    "2026-09-01",
    "2026-11-30",
    "cafe",
)
BUTTONS = Cards((Card("", "請選一個", None, "", (PAGE, SAY, PAGE, SAY)),), "選擇")

_WORDS = st.text(st.sampled_from("好喝咖啡 ab1🍎👨‍👩‍👧é\u0301\n"), max_size=70)
_LABEL = st.text(st.sampled_from("看新品ab🍎"), min_size=1, max_size=12)
_URL = st.sampled_from(
    ("", IMAGE, "https://店.example/圖 片.png", "https://店.example/圖片.png", "http://a.example/b.png")
)
_ID = st.none() | st.integers(1, 9)
_ACTION = st.builds(
    Action,
    kind=st.sampled_from(
        (ActionKind.URI, ActionKind.MESSAGE, ActionKind.CLIPBOARD, ActionKind.CALL, ActionKind.NONE)
    ),
    text=_WORDS | st.sampled_from(("02-2345-6789", "🍎" * 200)),
    uri=st.sampled_from(
        ("https://dayday.example/", "line://ti/p/@dayday", "tel:0912345678", "新品", "https://店.example/新")
    ),
    label=_LABEL,
)
_PARTS = st.lists(_WORDS | st.sampled_from(Insert), max_size=6).map(lambda parts: joined(tuple(parts)))
_AREA = st.builds(
    Area, st.integers(0, 600), st.integers(0, 600), st.integers(1, 440), st.integers(1, 440), _ACTION
)
_CARD = st.builds(
    Card, _LABEL, _LABEL | _WORDS, _ID, _URL, st.lists(_ACTION, min_size=1, max_size=2).map(tuple)
)
_BALLOON = st.one_of(
    st.builds(Text, _PARTS),
    st.builds(Picture, _ID, _URL, _URL),
    st.builds(
        RichMessage,
        _ID,
        _URL,
        _LABEL,
        st.integers(520, 2080),
        st.lists(_AREA, min_size=1, max_size=4).map(tuple),
    ),
    st.builds(Cards, st.lists(_CARD, min_size=1, max_size=3).map(tuple), _LABEL),
    st.builds(Coupon, st.sampled_from(("", "01JYNW8JMQVFBNWF1APF8Z3FS7")), _LABEL, st.just(""), _ID),
    st.builds(Video, _URL, _ID, _URL),
)
GREETINGS = st.builds(Greeting, _LABEL, st.lists(_BALLOON, min_size=1, max_size=5).map(tuple))
"""Arbitrary ones; a good part of them is complete."""
ONE_BALLOON = st.builds(Greeting, _LABEL, st.tuples(_BALLOON))
