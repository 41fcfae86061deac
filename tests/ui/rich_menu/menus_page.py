"""The page of rich menus on a shop, for its tests."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.core.planning.actions import Action
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.operations.planning import rich_menus
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.rich_menu.page import RichMenuPage
from tests.ui.shop_window import open_page, settle

LINK = "https://shop.example/join"


def empty_page(window: MainWindow, qtbot: QtBot) -> RichMenuPage:
    """The page of a shop without menus."""
    page = open_page(window, "rich_menu", qtbot)
    assert isinstance(page, RichMenuPage)
    return page


def begun_page(window: MainWindow, desk: Desk, qtbot: QtBot) -> RichMenuPage:
    """The page of a shop that has the set of a café."""
    links = {"recruiting": LINK, "products": "https://shop.example/menu"}
    desk.jobs.in_writer(lambda db: rich_menus.begin(db, "cafe", links=links))
    page = empty_page(window, qtbot)
    assert page.is_editing
    return page


def pressed_page(window: MainWindow, qtbot: QtBot) -> RichMenuPage:
    """The page after a newcomer pressed the button for a café."""
    page = empty_page(window, qtbot)
    page.start.kinds.tiles["cafe"].click()
    page.start.addresses["recruiting"].setText("shop.example/join")
    page.start.addresses["products"].setText("https://shop.example/menu")
    page.start.go.click()
    settle(window, qtbot)
    return page


def kept(desk: Desk) -> dict[str, RichMenu]:
    """The menus in the shop file by name."""
    return {one.menu.name: one.menu for one in rich_menus.all_menus(desk.jobs.page_reader)}


def order(desk: Desk) -> list[str]:
    """Their names in their order."""
    return [one.menu.name for one in rich_menus.all_menus(desk.jobs.page_reader)]


def save(page: RichMenuPage, window: MainWindow, qtbot: QtBot) -> None:
    """What the pause after the last edit does."""
    page.open_menu.save()
    settle(window, qtbot)


def action_of(page: RichMenuPage, at: int) -> Action:
    """The action of an area of the menu that is open."""
    return page.open_menu.menu.areas[at].action
