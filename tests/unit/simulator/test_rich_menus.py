"""Every rule LINE documents for rich menus, broken one by one; and what the simulated account keeps."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.simulator import Simulator
from desktop.simulator.rich_menus.pictures import read_header
from tests.unit.line_contract.menu_shop import (
    ACTIONS,
    EVERYBODY,
    INSIGHT,
    MENU,
    OBJECT,
    created,
    jpeg,
    png,
    upload,
)
from tests.unit.simulator.shop import Shop, user_ids

Break = Callable[[dict[str, Any]], None]


@pytest.fixture
def line() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def shop(line: Simulator) -> Iterator[Shop]:
    client = Shop(line)
    yield client
    client.close()


def put(*path: str | int, value: object) -> Break:
    """Breaks a menu by another value at one place; None takes it out."""

    def work(menu: dict[str, Any]) -> None:
        inside: Any = menu
        for name in path[:-1]:
            inside = inside[name]
        if value is None:
            del inside[path[-1]]
        else:
            inside[path[-1]] = value

    return work


def action(kind: str, **fields: object) -> Break:
    """The first area's action is of this kind, with other fields; None takes one out."""

    def work(menu: dict[str, Any]) -> None:
        wanted = {**ACTIONS[kind], **fields}
        menu["areas"] = menu["areas"][:1]
        menu["areas"][0]["action"] = {name: value for name, value in wanted.items() if value is not None}

    return work


BROKEN: list[tuple[str, Break, str]] = [
    ("no size", put("size", value=None), "size"),
    ("too narrow", put("size", value={"width": 799, "height": 400}), "size"),
    ("too wide", put("size", value={"width": 2501, "height": 843}), "size"),
    ("too low", put("size", value={"width": 800, "height": 249}), "size"),
    ("too high", put("size", value={"width": 800, "height": 552}), "size"),
    ("no number", put("size", value={"width": "2500", "height": 843}), "size"),
    ("selected", put("selected", value=None), "selected"),
    ("selected is a word", put("selected", value="true"), "selected"),
    ("no name", put("name", value=None), "name"),
    ("long name", put("name", value="字" * 301), "name"),
    ("no bar", put("chatBarText", value=None), "chatBarText"),
    ("blank bar", put("chatBarText", value=" "), "chatBarText"),
    ("long bar", put("chatBarText", value="字" * 15), "chatBarText"),
    ("no areas", put("areas", value=None), "areas"),
    ("21 areas", put("areas", value=[OBJECT["areas"][0]] * 21), "areas"),
    ("area below 0", put("areas", 0, "bounds", "x", value=-1), "areas[0].bounds.x"),
    ("area without height", put("areas", 0, "bounds", "height", value=0), "areas[0].bounds.height"),
    ("no bounds", put("areas", 0, "bounds", value=None), "areas[0].bounds.x"),
    ("no action", put("areas", 1, "action", value=None), "areas[1].action.type"),
    ("action nobody knows", put("areas", 1, "action", "type", value="dance"), "areas[1].action.type"),
    ("long label", action("uri", label="字" * 21), "areas[0].action.label"),
    ("no address", action("uri", uri=None), "areas[0].action.uri"),
    ("long address", action("uri", uri="https://e.com/" + "a" * 990), "areas[0].action.uri"),
    ("address of a file", action("uri", uri="file:///etc"), "areas[0].action.uri"),
    ("address not encoded", action("uri", uri="https://example.com/菜單"), "areas[0].action.uri"),
    ("no text", action("message", text=""), "areas[0].action.text"),
    ("long text", action("message", text="字" * 301), "areas[0].action.text"),
    ("no data", action("postback", data=None), "areas[0].action.data"),
    ("long data", action("postback", data="a" * 301), "areas[0].action.data"),
    ("long display", action("postback", displayText="字" * 301), "areas[0].action.displayText"),
    ("input nobody knows", action("postback", inputOption="shout"), "areas[0].action.inputOption"),
    ("fill in without a keyboard", action("postback", inputOption=None), "areas[0].action.fillInText"),
    ("long fill in", action("postback", fillInText="字" * 301), "areas[0].action.fillInText"),
    ("no mode", action("datetimepicker", mode=None), "areas[0].action.mode"),
    ("date as time", action("datetimepicker", mode="time"), "areas[0].action.initial"),
    ("long date data", action("datetimepicker", data="a" * 301), "areas[0].action.data"),
    ("alias in capitals", action("richmenuswitch", richMenuAliasId="A"), "areas[0].action.richMenuAliasId"),
    ("long alias", action("richmenuswitch", richMenuAliasId="a" * 33), "areas[0].action.richMenuAliasId"),
    ("long switch data", action("richmenuswitch", data="a" * 301), "areas[0].action.data"),
    ("nothing to copy", action("clipboard", clipboardText=""), "areas[0].action.clipboardText"),
    ("much to copy", action("clipboard", clipboardText="字" * 1_001), "areas[0].action.clipboardText"),
    ("data in UTF-16", action("postback", data="🍎" * 151), "areas[0].action.data"),
    ("copied in UTF-16", action("clipboard", clipboardText="🍎" * 501), "areas[0].action.clipboardText"),
    (
        "dates in no order",
        action("datetimepicker", initial=None, min="2026-08-07", max="2026-08-06"),
        "areas[0].action.max",
    ),
]


@pytest.mark.parametrize(("breaks", "where"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_broken_rule(shop: Shop, breaks: Break, where: str) -> None:
    menu = copy.deepcopy(OBJECT)
    breaks(menu)
    for path in (MENU, f"{MENU}/validate"):
        answer = shop.call("POST", path, json=menu)
        assert answer.status_code == 400, answer.text
        assert [one["property"] for one in answer.json()["details"]][:1] == [where]
    assert shop.call("GET", f"{MENU}/list").json() == {"richmenus": []}


@pytest.mark.parametrize(
    "allowed",
    [
        put("size", value={"width": 800, "height": 250}),
        put("size", value={"width": 2500, "height": 1686}),
        put("chatBarText", value="👨‍👩‍👧" * 14),
        put("name", value="字" * 300),
        put("areas", value=[OBJECT["areas"][0]] * 20),
        put("areas", value=[]),
        put("areas", 0, "bounds", value={"x": 1251, "y": 0, "width": 1250, "height": 844}),
        action("message", text="👨‍👩‍👧" * 300, label="👍🏽" * 20),
        action("uri", uri="tel:0223456789"),
        action("uri", uri="line://nv/chat"),
        put("areas", 0, "action", value={"type": "camera", "label": "拍照"}),
    ],
)
def test_what_line_takes(shop: Shop, allowed: Break) -> None:
    menu = copy.deepcopy(OBJECT)
    allowed(menu)
    assert shop.call("POST", f"{MENU}/validate", json=menu).status_code == 200


@pytest.mark.parametrize(
    ("picture", "kind", "status"),
    [
        (png(), "image/png", 200),
        (jpeg(), "image/jpeg", 200),
        (png(), "image/gif", 415),
        (png(), "image/jpeg", 415),
        (b"GIF89a" + bytes(20), "image/png", 415),
        (b"", "image/png", 415),
        (png(2500, 844), "image/png", 400),
        (png(800, 250), "image/png", 400),
        (png() + bytes(1_000_000), "image/png", 413),
    ],
)
def test_pictures(shop: Shop, picture: bytes, kind: str, status: int) -> None:
    number = created(shop, pictured=False)
    assert upload(shop, number, picture, kind).status_code == status
    got = shop.call("GET", f"{MENU}/{number}/content")
    assert (got.status_code, got.content == picture) == ((200, True) if status == 200 else (404, False))


def test_a_picture_is_never_replaced(shop: Shop) -> None:
    number = created(shop)
    again = upload(shop, number, png())
    assert (again.status_code, again.json()["message"]) == (
        400,
        "An image has already been uploaded to the richmenu",
    )


def test_without_a_picture_nobody_is_shown_a_menu(shop: Shop) -> None:
    number = created(shop, pictured=False)
    said = "must upload richmenu image before applying it to user"
    for path, body in (
        (f"{EVERYBODY}/{number}", None),
        (f"/v2/bot/user/{user_ids(1)[0]}/richmenu/{number}", None),
        (f"{MENU}/bulk/link", {"richMenuId": number, "userIds": user_ids(1)}),
        (f"{MENU}/alias", {"richMenuAliasId": "a", "richMenuId": number}),
    ):
        answer = shop.call("POST", path, json=body)
        assert (answer.status_code, answer.json()["message"]) == (400, said), path


def test_a_thousand_menus_and_aliases_and_no_more(line: Simulator, shop: Shop) -> None:
    number = created(shop)
    menu = line.state.menus.menus[number]
    line.state.menus.menus |= {f"richmenu-{n}": menu for n in range(999)}
    assert shop.call("POST", MENU, json=OBJECT).status_code == 400
    line.state.menus.aliases |= {f"alias-{n}": number for n in range(1_000)}
    body = {"richMenuAliasId": "one-more", "richMenuId": number}
    assert shop.call("POST", f"{MENU}/alias", json=body).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "most"),
    [
        ("POST", MENU, 100),
        ("DELETE", f"{MENU}/richmenu-0", 100),
        ("DELETE", f"{MENU}/alias/a", 100),
        ("GET", f"{MENU}/progress/batch", 100),
        ("POST", f"{MENU}/batch", 3),
        ("GET", f"{MENU}/list", 10),
    ],
)
def test_rates(shop: Shop, method: str, path: str, most: int) -> None:
    statuses = [shop.call(method, path, json={}).status_code for _ in range(most + 3)]
    assert 429 not in statuses[:most]
    assert 429 in statuses[most:]


def test_links_of_who_is_no_friend_are_dropped_without_a_word(line: Simulator, shop: Shop) -> None:
    friend, blocking, stranger = user_ids(3)
    line.seed({friend: {"display_name": "甲"}, blocking: {"display_name": "乙", "blocked": True}})
    number = created(shop)
    body = {"richMenuId": number, "userIds": [friend, blocking, stranger]}
    assert shop.call("POST", f"{MENU}/bulk/link", json=body).status_code == 202
    assert line.state.menus.links == {friend: number}


@pytest.mark.parametrize("ids", [[], user_ids(501), ["U1"], [*user_ids(2), "陳美玲"], "U1", None])
def test_an_error_in_a_block_links_nobody(line: Simulator, shop: Shop, ids: object) -> None:
    number = created(shop)
    for kind, body in (("link", {"richMenuId": number, "userIds": ids}), ("unlink", {"userIds": ids})):
        assert shop.call("POST", f"{MENU}/bulk/{kind}", json=body).status_code == 400
    assert line.state.menus.links == {}


def test_five_hundred_at_once(line: Simulator, shop: Shop) -> None:
    body = {"richMenuId": created(shop), "userIds": user_ids(500)}
    assert shop.call("POST", f"{MENU}/bulk/link", json=body).status_code == 202
    assert len(line.state.menus.links) == 500


def test_the_managers_default(line: Simulator, shop: Shop) -> None:
    assert shop.call("GET", EVERYBODY).status_code == 404
    line.configure(manager_menu=True)
    assert shop.call("GET", EVERYBODY).status_code == 403
    number = created(shop)
    shop.call("POST", f"{EVERYBODY}/{number}")
    assert shop.call("GET", EVERYBODY).json() == {"richMenuId": number}
    shop.call("DELETE", EVERYBODY)
    assert shop.call("GET", EVERYBODY).status_code == 403


def test_a_deleted_menu_is_nobodys(line: Simulator, shop: Shop) -> None:
    number = created(shop)
    shop.call("POST", f"{EVERYBODY}/{number}")
    shop.call("POST", f"{MENU}/bulk/link", json={"richMenuId": number, "userIds": user_ids(2)})
    assert shop.call("DELETE", f"{MENU}/{number}").status_code == 200
    assert (line.state.menus.links, line.state.menus.default) == ({}, None)
    assert shop.call("DELETE", f"{MENU}/{number}").status_code == 404


def test_an_alias_is_made_once(shop: Shop) -> None:
    body = {"richMenuAliasId": "tab-a", "richMenuId": created(shop)}
    assert shop.call("POST", f"{MENU}/alias", json=body).status_code == 200
    again = shop.call("POST", f"{MENU}/alias", json=body)
    assert (again.status_code, again.json()["message"]) == (400, "conflict richmenu alias id")
    missing = {"richMenuId": "richmenu-0"}
    assert shop.call("POST", f"{MENU}/alias/tab-a", json=missing).status_code == 400


@pytest.mark.parametrize(
    "operations",
    [
        [{"type": "link", "from": "a"}],
        [{"type": "unlink"}],
        [{"type": "unlinkAll"}, {"type": "unlink", "from": "a"}],
        [{"type": "dance"}],
        [{"type": "unlink", "from": "a"}] * 1_001,
    ],
)
def test_batches_line_refuses(shop: Shop, operations: list[dict[str, str]]) -> None:
    for path in (f"{MENU}/validate/batch", f"{MENU}/batch"):
        assert shop.call("POST", path, json={"operations": operations}).status_code == 400
    body = {"operations": [{"type": "unlinkAll"}], "resumeRequestKey": "很"}
    assert shop.call("POST", f"{MENU}/validate/batch", json=body).status_code == 400


@pytest.mark.parametrize(
    ("kind", "since", "until"),
    [
        ("summary", "20240101", "20250202"),
        ("daily", "20260101", "20260411"),
        ("daily", "20260105", "20260101"),
        ("summary", "20200101", "20200105"),
        ("summary", "2026-01-01", "20260105"),
    ],
)
def test_spans_of_statistics(shop: Shop, kind: str, since: str, until: str) -> None:
    number = created(shop)
    asked = {"from": since, "to": until}
    assert shop.call("GET", f"{INSIGHT}/{number}/{kind}", params=asked).status_code == 400


def test_everything_outlives_the_process(tmp_path: Path) -> None:
    with Simulator(tmp_path) as line:
        shop = Shop(line)
        number = created(shop)
        shop.call("POST", f"{EVERYBODY}/{number}")
        shop.call("POST", f"{MENU}/alias", json={"richMenuAliasId": "a", "richMenuId": number})
        shop.call("POST", f"{MENU}/bulk/link", json={"richMenuId": number, "userIds": user_ids(2)})
        shop.close()
    with Simulator(tmp_path) as line:
        shop = Shop(line)
        assert shop.call("GET", f"{MENU}/{number}/content").content == png()
        assert shop.call("GET", EVERYBODY).json() == {"richMenuId": number}
        assert line.state.menus.links == dict.fromkeys(user_ids(2), number)
        assert line.state.menus.aliases == {"a": number}
        shop.call("DELETE", f"{MENU}/{number}")
        shop.close()


def test_no_user_id_in_the_log(line: Simulator, shop: Shop) -> None:
    user = user_ids(1)[0]
    shop.call("GET", f"/v2/bot/user/{user}/richmenu")
    shop.call("GET", EVERYBODY)
    assert [one.path for one in line.requests] == ["/v2/bot/user/{userId}/richmenu", EVERYBODY]


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x00", b"\xff\xd8\xffx" * 9]
)
def test_no_picture(data: bytes) -> None:
    assert read_header(data) is None
