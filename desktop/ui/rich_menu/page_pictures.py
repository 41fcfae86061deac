"""The states of the page of rich menus worth a picture of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.core.planning.rich_menu.start import SETS
from desktop.ui.rich_menu.editor import AREA, LAYOUT, LOOK, SETTINGS
from desktop.ui.rich_menu.stage.stage import EDIT, TRY

if TYPE_CHECKING:
    from desktop.ui.rich_menu.page import RichMenuPage

SHOP, ADDRESS = "cafe", "https://daydaycoffee.example/menu"


class MenuPictures:
    """Brings the page there."""

    def __init__(self, page: RichMenuPage) -> None:
        self._page = page

    def states(self) -> dict[str, Callable[[], None]]:
        """Name → what brings the page there."""
        states: dict[str, Callable[[], None]] = {
            "editor": partial(self._shown, AREA),
            "area": partial(self._shown, AREA, 0),
            "layout": partial(self._shown, LAYOUT),
            "look": partial(self._shown, LOOK),
            "settings": partial(self._shown, SETTINGS),
            "icons": self._icons,
            "trying": self._trying,
            "enlarged": self._enlarged,
            "dark-phone": self._dark_phone,
        }
        return {
            **{name: partial(self._prepared, then) for name, then in states.items()},
            "start": self._page.start_new,
        }

    def _prepared(self, then: Callable[[], object]) -> None:
        """A shop without menus is given some first."""
        page, menu = self._page, self._page.open_menu
        page.stop_starting()
        if menu.is_open:
            then()
            return

        def once() -> None:
            menu.shown.disconnect(once)
            then()

        menu.shown.connect(once)
        page.deeds.begin(SHOP, SETS, {"products": ADDRESS})

    def _shown(self, panel: str, *areas: int) -> None:
        editor = self._page.editor
        editor.stage.larger.setChecked(False)
        editor.stage.set_mode(EDIT)
        self._page.open_menu.choose(*areas)
        editor.show_panel(panel)

    def _trying(self) -> None:
        self._page.editor.stage.set_mode(TRY)
        self._page.editor.stage.try_area(1)

    def _enlarged(self) -> None:
        self._shown(AREA, 1, 2)
        self._page.editor.stage.larger.click()

    def _icons(self) -> None:
        self._shown(AREA, 2)
        self._page.editor.area.icon.click()

    def _dark_phone(self) -> None:
        self._shown(AREA)
        self._page.editor.stage.dark.click()
        self._page.editor.stage.device.segments[1].click()
