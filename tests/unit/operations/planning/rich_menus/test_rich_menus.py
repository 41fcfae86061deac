"""Rich menus are begun, kept, checked here and by LINE."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from linebot.v3.messaging import RichMenuRequest

from desktop import text
from desktop.core.errors import UserError
from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.checks import ERROR, errors
from desktop.core.planning.rich_menu.layouts import LAYOUTS
from desktop.core.planning.rich_menu.looks import LOOKS
from desktop.core.planning.rich_menu.menu import COMPACT, RichMenu, Size
from desktop.line_api.client import LineClient
from desktop.line_api.errors import Refused
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.operations.history.undoing import undo
from desktop.operations.planning import plans, rich_menus
from desktop.simulator.simulator import Simulator
from desktop.store.database import Database
from tests.unit.core.planning.rich_menu.menus import menu

LINKS = {"recruiting": "https://shop.example/join", "products": "https://shop.example/shop"}


@pytest.fixture
def client() -> Iterator[LineClient]:
    with Simulator() as simulator:
        made = LineClient(FixedToken(simulator.token), hosts=LineHosts.on_this_computer(simulator.url))
        yield made
        made.close()


def test_a_set_is_begun_with_the_default_menu_last(db: Database) -> None:
    begun = rich_menus.begin(db, "cafe", links=LINKS)
    assert [one.menu.name for one in begun.menus] == ["VIP 版", "會員版", "新好友版"]
    assert [one.menu.for_whom for one in rich_menus.all_menus(db)] == ["tag:VIP", "bound:yes", ""]
    assert begun.changes.count
    assert all(not errors(rich_menus.check(db, one.id, one.menu)) for one in begun.menus)
    assert rich_menus.by_id(db) == {one.id: one.menu for one in begun.menus}


def test_beginning_again_takes_free_names_and_the_owners_language(db: Database) -> None:
    rich_menus.begin(db, "general", ["friend"])
    again = rich_menus.begin(db, "fashion", ["friend"])
    assert again.menus[0].menu.name == "新好友版 2"
    text.use_language("ja")
    try:
        japanese = rich_menus.begin(db, "fashion", ["member"])
    finally:
        text.use_language("zh_TW")
    assert japanese.menus[0].menu.areas[0].title == "会員証"


def test_a_menu_is_kept_and_taken_back(db: Database) -> None:
    saved = rich_menus.save(db, None, menu("large_tabs_2", for_whom="tag:VIP"))
    known = rich_menus.existing(db, saved.plan.id)
    assert known.menu == menu("large_tabs_2", for_whom="tag:VIP")
    rich_menus.save(db, known.id, replace(known.menu, name="VIP 版"))
    assert rich_menus.existing(db, known.id).menu.name == "VIP 版"
    undo(db)
    assert rich_menus.existing(db, known.id).menu.name == "會員版"
    plans.delete(db, known.id)
    with pytest.raises(UserError):
        rich_menus.existing(db, known.id)


def test_checks_know_the_other_menus(db: Database) -> None:
    first = rich_menus.save(db, None, menu(name="甲")).plan.id
    switch = Action(ActionKind.SWITCH, menu=first)
    second = rich_menus.save(db, None, menu(name="乙").with_area(0, action=switch)).plan.id
    found = rich_menus.check(db, second, rich_menus.existing(db, second).menu)
    assert [check.id for check in found if check.area == 0] == ["no_way_back"]
    plans.delete(db, first)
    found = rich_menus.check(db, second, rich_menus.existing(db, second).menu)
    assert [(check.id, check.state) for check in found if check.area == 0] == [("switch_gone", ERROR)]


def test_the_file_is_what_line_takes(db: Database) -> None:
    switch = Action(ActionKind.SWITCH, menu=7)
    written = rich_menus.as_json(menu().with_area(0, action=switch))
    read = RichMenuRequest.from_dict(json.loads(written))
    assert read.areas[0].action.rich_menu_alias_id == "tagline-7"
    assert written.endswith("}\n")


def test_line_takes_a_menu_of_each_layout_and_every_set(db: Database, client: LineClient) -> None:
    for at, layout in enumerate(LAYOUTS):
        rich_menus.validate(client, menu(layout, style=replace(menu().style, look=LOOKS[at % len(LOOKS)])))
    for one in rich_menus.begin(db, "restaurant", links=LINKS).menus:
        rich_menus.validate(client, one.menu)


WRONG = [
    menu(size=Size(799, 300)),
    menu(size=Size(2501, 1686)),
    menu(size=Size(2500, 249)),
    menu(size=Size(2500, 1725)),
    menu(chat_bar_text="好" * 15),
    menu(chat_bar_text=""),
    menu(areas=menu("large_9").areas * 3),
    menu().with_area(0, rect=menu().areas[0].rect._replace(x=-1)),
    menu().with_area(0, action=Action(ActionKind.MESSAGE, text="好" * 301)),
    menu().with_area(0, action=Action(ActionKind.URI, uri="daydaycoffee.example")),
    menu().with_area(0, action=Action(ActionKind.POSTBACK, data="a" * 301)),
    menu().with_area(0, action=Action(ActionKind.CLIPBOARD, text="a" * 1001)),
    menu().with_area(0, action=Action(ActionKind.DATETIME, data="a", mode="week")),
]


@pytest.mark.parametrize("known", WRONG)
def test_what_our_checks_refuse_line_refuses_too(known: RichMenu, client: LineClient, db: Database) -> None:
    assert errors(rich_menus.check(db, None, known))
    with pytest.raises(Refused):
        rich_menus.validate(client, known)


def test_a_compact_menu_is_kept_in_its_size(db: Database) -> None:
    saved = rich_menus.save(db, None, menu("compact_3"))
    assert rich_menus.existing(db, saved.plan.id).menu.size == COMPACT
