"""Rich menus as a shop would ask for them by plain requests: one of each endpoint with what it likes, and with what it refuses."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from desktop.simulator import Simulator
from tests.unit.simulator.shop import Shop, user_ids

MENU = "/v2/bot/richmenu"
EVERYBODY = "/v2/bot/user/all/richmenu"
USER = f"/v2/bot/user/{user_ids(1)[0]}/richmenu"
INSIGHT = "/v2/bot/insight/richmenu"
ACTIONS: dict[str, dict[str, Any]] = {
    "uri": {"type": "uri", "label": "看", "uri": "https://example.com/%E8%8F%9C"},
    "message": {"type": "message", "text": "菜單"},
    "postback": {
        "type": "postback",
        "data": "a=1",
        "displayText": "好",
        "inputOption": "openKeyboard",
        "fillInText": "想問",
    },
    "datetimepicker": {"type": "datetimepicker", "data": "d", "mode": "date", "initial": "2026-08-07"},
    "richmenuswitch": {"type": "richmenuswitch", "richMenuAliasId": "tab-a", "data": "tab"},
    "clipboard": {"type": "clipboard", "clipboardText": "ABC"},
}
OBJECT: dict[str, Any] = {
    "size": {"width": 2500, "height": 843},
    "selected": True,
    "name": "大家",
    "chatBarText": "選單",
    "areas": [
        {"bounds": {"x": 400 * n, "y": 0, "width": 400, "height": 843}, "action": action}
        for n, action in enumerate(ACTIONS.values())
    ],
}


def png(width: int = 2500, height: int = 843) -> bytes:
    """The head of a PNG, which is all LINE looks at."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


def jpeg(width: int = 2500, height: int = 843) -> bytes:
    """The head of a JPEG: an application's segment, then the frame."""
    frame = struct.pack(">BBHBHHB", 0xFF, 0xC0, 17, 8, height, width, 3)
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF" + bytes(10) + frame + bytes(9)


def created(shop: Shop, *, pictured: bool = True, **changes: Any) -> str:
    """The ID of a new menu."""
    answer = shop.call("POST", MENU, json=OBJECT | changes)
    assert answer.status_code == 200, answer.text
    number = str(answer.json()["richMenuId"])
    if pictured:
        assert upload(shop, number, png()).status_code == 200
    return number


def upload(shop: Shop, number: str, picture: bytes, kind: str = "image/png") -> requests.Response:
    """Give a menu its picture."""
    return shop.call("POST", f"{MENU}/{number}/content", data=picture, headers={"Content-Type": kind})


def ask_about_menus(line: Simulator, shop: Shop) -> None:
    """Each endpoint with what it likes."""
    shop.call("POST", f"{MENU}/validate", json=OBJECT)
    one, other = created(shop), created(shop)
    for path in (f"{MENU}/{one}", f"{MENU}/{one}/content", f"{MENU}/list"):
        shop.call("GET", path)
    shop.call("POST", f"{EVERYBODY}/{one}")
    shop.call("GET", EVERYBODY)
    shop.call("POST", f"{USER}/{one}")
    shop.call("GET", USER)
    for days_later in (0, 5):
        line.advance(days_later * 86_400)
        for kind in ("summary", "daily"):
            shop.call("GET", f"{INSIGHT}/{one}/{kind}", params=_span(line))
    shop.call("DELETE", USER)
    shop.call("POST", f"{MENU}/bulk/link", json={"richMenuId": one, "userIds": user_ids(3)})
    shop.call("POST", f"{MENU}/bulk/unlink", json={"userIds": user_ids(2)})
    moves = {"operations": [{"type": "link", "from": one, "to": other}], "resumeRequestKey": "job-1"}
    shop.call("POST", f"{MENU}/validate/batch", json=moves)
    asked = shop.call("POST", f"{MENU}/batch", json=moves).headers["X-Line-Request-Id"]
    for _ in range(2):
        shop.call("GET", f"{MENU}/progress/batch", params={"requestId": asked})
    shop.call("POST", f"{MENU}/alias", json={"richMenuAliasId": "tab-a", "richMenuId": one})
    shop.call("POST", f"{MENU}/alias/tab-a", json={"richMenuId": other})
    for path in (f"{MENU}/alias/tab-a", f"{MENU}/alias/list"):
        shop.call("GET", path)
    shop.call("DELETE", f"{MENU}/alias/tab-a")
    shop.call("DELETE", EVERYBODY)
    shop.call("DELETE", f"{MENU}/{other}")


def ask_wrongly_about_menus(shop: Shop) -> None:
    """Each endpoint with what it refuses for its own reasons."""
    for path in (MENU, f"{MENU}/validate"):
        shop.call("POST", path, json={**OBJECT, "chatBarText": ""})
    upload(shop, "richmenu-0", png())
    for path in (f"{MENU}/richmenu-0", f"{MENU}/richmenu-0/content", EVERYBODY, USER, f"{MENU}/alias/none"):
        shop.call("GET", path)
    for path in (f"{MENU}/richmenu-0", "/v2/bot/user/nobody/richmenu", f"{MENU}/alias/none"):
        shop.call("DELETE", path)
    for path in (f"{EVERYBODY}/richmenu-0", f"{USER}/richmenu-0"):
        shop.call("POST", path)
    shop.call("POST", f"{MENU}/bulk/link", json={"richMenuId": "richmenu-0", "userIds": ["x"]})
    shop.call("POST", f"{MENU}/bulk/unlink", json={"userIds": []})
    for path in (f"{MENU}/batch", f"{MENU}/validate/batch"):
        shop.call("POST", path, json={"operations": []})
    shop.call("GET", f"{MENU}/progress/batch", params={"requestId": "none"})
    shop.call("POST", f"{MENU}/alias", json={"richMenuAliasId": "Ä", "richMenuId": "richmenu-0"})
    shop.call("POST", f"{MENU}/alias/none", json={"richMenuId": "richmenu-0"})
    for kind in ("summary", "daily"):
        shop.call("GET", f"{INSIGHT}/richmenu-0/{kind}", params={"from": "20260101", "to": "20260102"})


def _span(line: Simulator) -> dict[str, str]:
    now = datetime.fromtimestamp(line.state.clock.now(), UTC)
    return {"from": f"{now - timedelta(days=30):%Y%m%d}", "to": f"{now:%Y%m%d}"}
