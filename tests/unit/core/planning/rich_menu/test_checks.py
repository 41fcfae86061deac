"""Every rule LINE documents for rich menus is broken once and found, with the place to mend it; cures mend."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from linebot.v3.messaging import RichMenuRequest

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.checks import (
    ERROR,
    IMAGE_BYTES,
    OK,
    WARNING,
    Check,
    ImageFacts,
    checks,
    errors,
)
from desktop.core.planning.rich_menu.cures import cured
from desktop.core.planning.rich_menu.grid import added, removed, split
from desktop.core.planning.rich_menu.layouts import LAYOUTS, scaled
from desktop.core.planning.rich_menu.menu import COMPACT, Area, Rect, RichMenu, Size
from desktop.core.planning.rich_menu.to_line import menu_object, switches_to
from tests.unit.core.planning.rich_menu.menus import OPEN, menu

FAMILY = "👨‍👩‍👧"
IMAGE = ImageFacts(2500, 1686, 842_000, "image/png")


def twenty_one() -> RichMenu:
    known = split(split(menu("large_9"), 0, 2, 2), 4, 3, 3)
    return replace(
        known,
        areas=known.areas + (Area(Rect(0, 0, 100, 100), title="多", action=OPEN),) * (21 - len(known.areas)),
    )


def at(rect: Rect) -> RichMenu:
    return menu().with_area(0, rect=rect)


def acting(action: Action) -> RichMenu:
    return menu().with_area(2, action=action)


BROKEN = [
    (menu(size=Size(2600, 1686)), ERROR, "width", "size"),
    (menu(size=Size(799, 300)), ERROR, "width", "size"),
    (menu(size=Size(2500, 249)), ERROR, "height", "size"),
    (menu(size=Size(2500, 1725)), ERROR, "ratio", "size"),
    (menu(areas=()), ERROR, "no_areas", "areas"),
    (twenty_one(), ERROR, "too_many_areas", "areas"),
    (at(Rect(-1, 0, 833, 843)), ERROR, "outside", "rect"),
    (at(Rect(0, -1, 833, 843)), ERROR, "outside", "rect"),
    (at(Rect(0, 0, 0, 843)), ERROR, "empty", "rect"),
    (at(Rect(0, 0, 833, 0)), ERROR, "empty", "rect"),
    (menu().with_area(5, rect=Rect(1667, 843, 834, 843)), WARNING, "over_the_edge", "rect"),
    (menu().with_area(5, rect=Rect(1667, 843, 833, 844)), WARNING, "over_the_edge", "rect"),
    (at(Rect(0, 0, 834, 843)), WARNING, "overlap", "rect"),
    (at(Rect(0, 0, 99, 843)), WARNING, "small", "rect"),
    (menu().with_area(0, title="", icon="", action=Action()), WARNING, "blank", "title"),
    (menu(chat_bar_text=" "), ERROR, "chat_bar_missing", "chat_bar_text"),
    (menu(chat_bar_text=FAMILY * 15), ERROR, "chat_bar_long", "chat_bar_text"),
    (menu(name=" "), ERROR, "name_missing", "name"),
    (menu(name=FAMILY * 301), ERROR, "name_long", "name"),
    (menu(starts="2026-12-02", ends="2026-12-01"), ERROR, "period", "ends"),
    (menu(for_whom="tag:VIP (bound:yes"), ERROR, "query_wrong", "for_whom"),
    (menu(starts="tomorrow"), ERROR, "day_wrong", "starts"),
    (acting(Action()), ERROR, "none", "action.kind"),
    (acting(Action(ActionKind.CAMERA)), ERROR, "quick_reply_only", "action.kind"),
    (acting(Action(ActionKind.URI, uri="www.daydaycoffee.example")), ERROR, "uri_scheme", "action.uri"),
    (acting(Action(ActionKind.MESSAGE, text="好" * 301)), ERROR, "message_long", "action.text"),
    (acting(Action(ActionKind.POSTBACK, data="a")), WARNING, "webhook", "action.kind"),
]


@pytest.mark.parametrize(("known", "state", "rule", "field"), BROKEN, ids=[case[2] for case in BROKEN])
def test_a_broken_rule_is_found_where_it_is(known: RichMenu, state: str, rule: str, field: str) -> None:
    found = [check for check in checks(known) if check.state != OK]
    assert (state, rule, field) in [(check.state, check.id, check.field) for check in found]
    others = {check.id for check in found} - {rule}
    allowed = (
        {"over_the_edge", "outside", "overlap", "blank"}
        if rule in ("width", "height", "too_many_areas")
        else {"overlap"}
    )
    assert others <= allowed | ({"none"} if rule == "blank" else set())


@pytest.mark.parametrize(
    ("image", "state", "rule"),
    [
        (replace(IMAGE, width=1200, height=810), ERROR, "image_size"),
        (replace(IMAGE, size=IMAGE_BYTES + 1), ERROR, "image_bytes"),
        (replace(IMAGE, media_type="image/gif"), ERROR, "image_type"),
        (replace(IMAGE, enlarged=True), WARNING, "image_enlarged"),
        (replace(IMAGE, tight=(3,)), WARNING, "text_small"),
        (replace(IMAGE, contrast=4.49), WARNING, "contrast"),
    ],
)
def test_the_picture_is_checked(image: ImageFacts, state: str, rule: str) -> None:
    found = [check for check in checks(menu(), image=image) if check.state != OK]
    assert [(check.state, check.id) for check in found] == [(state, rule)]
    assert found[0].area == (3 if rule == "text_small" else None)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_menu_of_each_layout_is_in_order_and_taken_by_lines_library(layout: str) -> None:
    known = menu(layout, opened_at_first=False)
    facts = ImageFacts(*known.size, 842_000, "image/jpeg")
    found = checks(known, image=facts)
    assert [check.id for check in found] == ["image_ok", "areas_ok", "chat_bar_ok", "actions_ok"]
    written = menu_object(known)
    read = RichMenuRequest.from_dict(written)
    assert read.to_dict() == written
    assert len(read.areas) == len(known.areas)
    assert read.areas[0].action.label == "綁定會員"


def test_what_can_be_read_is_said() -> None:
    (found,) = [
        check for check in checks(menu(), image=replace(IMAGE, contrast=4.59)) if "contrast" in check.id
    ]
    assert (found.state, found.text.params) == (OK, {"ratio": "4.5"})


def test_what_the_limits_allow_is_in_order() -> None:
    known = menu(chat_bar_text=FAMILY * 14, name=FAMILY * 300, starts="2026-12-01", ends="2026-12-01")
    assert not errors(checks(known))
    for size in (Size(800, 551), Size(2500, 1724), Size(800, 250)):
        assert not [check for check in checks(menu(size=size)) if check.id in ("width", "height", "ratio")]
    assert IMAGE_BYTES in (1_000_000, 1_048_576)


def test_a_photo_to_look_at_needs_no_action_and_is_not_sent() -> None:
    known = menu().with_area(0, title="", subtitle="", icon="", photo=3, action=Action())
    assert not [check for check in checks(known) if check.state != OK]
    assert len(menu_object(known)["areas"]) == 5


def test_own_pictures_need_no_words() -> None:
    known = menu(own_picture=3).with_area(0, title="", icon="")
    assert not [check for check in checks(known) if check.state != OK]
    assert "label" not in menu_object(known)["areas"][0]["action"]


def switching(to: int | None) -> RichMenu:
    return acting(Action(ActionKind.SWITCH, menu=to))


def test_switches_lead_to_menus_that_lead_back() -> None:
    menus = {1: switching(2), 2: switching(1), 3: menu()}
    look = partial(checks, own_id=1, menus=menus)
    serious = {
        to: [check.id for check in look(switching(to)) if check.state != OK] for to in (None, 1, 2, 3, 9)
    }
    assert serious == {
        None: ["switch_missing"],
        1: ["switch_to_itself"],
        2: [],
        3: ["no_way_back"],
        9: ["switch_gone"],
    }
    tabs = switching(2).with_area(1, action=Action(ActionKind.SWITCH, menu=1))
    assert not [check for check in look(tabs) if check.id == "switch_to_itself"]
    written = menu_object(switching(2), alias_of=lambda plan: f"menu-{plan}")
    assert RichMenuRequest.from_dict(written).areas[2].action.rich_menu_alias_id == "menu-2"
    assert switches_to(switching(2)) == (2,)


CURABLE = [
    scaled(menu(), Size(2600, 2000)),
    scaled(menu(), Size(700, 200)),
    at(Rect(-20, -5, 853, 848)),
    menu().with_area(5, rect=Rect(1667, 843, 840, 850)),
    menu(chat_bar_text=""),
    menu(chat_bar_text=FAMILY * 20),
    menu(starts="2026-12-02", ends="2026-12-01"),
    acting(Action(ActionKind.URI, uri="www.daydaycoffee.example/a")),
    acting(Action(ActionKind.URI, uri="htp://daydaycoffee.example/a")),
    acting(Action(ActionKind.URI, uri="https://a.example", label="好" * 30)),
]


@pytest.mark.parametrize("known", CURABLE)
def test_a_cure_mends_what_it_is_for(known: RichMenu) -> None:
    for _ in range(4):
        wrong = [check for check in checks(known) if check.cure]
        if not wrong:
            break
        known = cured(known, wrong[0])
    assert not [check for check in checks(known) if check.cure]
    assert not errors(checks(known))


def test_a_cure_nobody_knows_changes_nothing() -> None:
    wrong = [check for check in checks(menu(name="")) if check.state == ERROR]
    assert cured(menu(name=""), wrong[0]) == menu(name="")
    strange = Check("later", ERROR, wrong[0].text, cure="later")
    assert cured(menu(), strange) == menu()


def test_the_object_names_the_menu_as_publishing_wants() -> None:
    written = menu_object(menu("compact_3"), name="job 7 " + "好" * 400)
    assert written["size"] == {"width": COMPACT.width, "height": COMPACT.height}
    assert written["selected"] is True
    assert len(written["name"]) == 300
    assert written["name"].startswith("job 7 ")


def test_a_hole_in_the_grid_is_no_fault() -> None:
    known = removed(menu(), 5)
    assert not [check for check in checks(known) if check.state != OK]
    again = added(known, Rect(1700, 900, 700, 700))
    assert [check.id for check in checks(again) if check.state != OK] == ["blank"]
