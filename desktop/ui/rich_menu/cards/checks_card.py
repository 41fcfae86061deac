"""LINE's rules for the menu as it stands: what LINE would refuse and what would not work on the phone, each with the press that
mends it or leads to the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal

from desktop.core.planning.rich_menu.checks import Check, ImageFacts, checks
from desktop.core.planning.rich_menu.cures import cured
from desktop.core.planning.rich_menu.goals import served_by
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.core.planning.rich_menu.to_line import switches_to
from desktop.text import render, t
from desktop.ui.rich_menu.cards.finding_row import Finding, FindingList
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.reading import in_force
from desktop.ui.widgets.card import Card

PAUSE_MS = 120


class ChecksCard(Card):
    """``field_wanted(area or None, field)``: the owner is to mend it; ``menu_wanted(plan)``: in another menu; ``checked``: the
    findings are new."""

    field_wanted = Signal(object, str)
    menu_wanted = Signal(int)
    checked = Signal()

    def __init__(self, open_menu: OpenMenu) -> None:
        super().__init__(t("rich_menu_page.checks"))
        self._open = open_menu
        self.menus: dict[int, RichMenu] = {}
        self._facts: tuple[RichMenu, ImageFacts] | None = None
        self.found: tuple[Check, ...] = ()
        self.list = FindingList()
        self.body.addWidget(self.list)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.check)
        open_menu.edited.connect(self._pause.start)
        open_menu.shown.connect(self.check)

    def set_menus(self, menus: dict[int, RichMenu]) -> None:
        """All menus of the shop by plan: what tabs switch to."""
        self.menus = menus
        self.check()

    def set_facts(self, menu: RichMenu, facts: ImageFacts) -> None:
        """What the file of the menu's picture is like; the last known is shown until there is a newer one."""
        self._facts = (menu, facts)
        self.check()

    def check(self) -> None:
        """Look at the menu as it is now."""
        self._pause.stop()
        if not self._open.is_open:
            return
        menu, own = self._open.menu, self._open.plan_id
        facts = self._facts[1] if self._facts is not None and self._facts[0].size == menu.size else None
        # Findings about areas need the same areas.
        if self._facts is not None and facts is not None and len(self._facts[0].areas) != len(menu.areas):
            facts = None
        known = {**self.menus, **({own: menu} if own is not None else {})}
        self.found = checks(menu, image=facts, own_id=own, menus=known)
        findings = [self._finding(check) for check in self.found]
        if own is not None and is_unseen(own, known, date.today()):
            run = partial(self.field_wanted.emit, None, "for_whom")
            text = t("rich_menu_page.check.nobody")
            findings.insert(self.errors, Finding("nobody", "warning", text, t("rich_menu_page.cure.go"), run))
        self.list.show_findings(findings)
        self.checked.emit()

    @property
    def errors(self) -> int:
        """How many of them keep the menu from being published."""
        return sum(check.state == "error" for check in self.found)

    def go_to_first(self) -> None:
        """Lead to what is to be mended first."""
        first = next((check for check in self.found if check.state == "error"), None)
        if first is not None:
            self.field_wanted.emit(first.area, first.field)

    def _finding(self, check: Check) -> Finding:
        run = partial(self._cure, check)
        same = address_elsewhere(self._open.menu, self._open.plan_id, self.menus, check)
        if check.state == "ok":
            words = ""
        elif same:
            words, run = t("rich_menu_page.cure.same_address"), partial(self._take_address, check, same)
        elif check.id == "no_way_back":
            words, run = t("rich_menu_page.cure.open_menu"), partial(self._open_target, check)
        elif check.cure:
            words = t("rich_menu_page.cure.mend")
        elif check.area is not None or check.field:
            words = t("rich_menu_page.cure.go")
        else:
            words = ""
        return Finding((check.id, check.area), check.state, render(check.text), words, run)

    def _take_address(self, check: Check, address: str) -> None:
        assert check.area is not None
        action = self._open.menu.areas[check.area].action
        self._open.put(self._open.menu.with_area(check.area, action=replace(action, uri=address)))
        self.check()
        # The button is gone; its focus goes to what was filled in.
        self.field_wanted.emit(check.area, check.field)

    def _open_target(self, check: Check) -> None:
        assert check.area is not None
        target = self._open.menu.areas[check.area].action.menu
        if target is not None:
            self.menu_wanted.emit(target)

    def _cure(self, check: Check) -> None:
        if check.cure:
            mended = cured(self._open.menu, check)
            if mended != self._open.menu:
                self._open.put(mended)
                self.check()
                return
        self.field_wanted.emit(check.area, check.field)


def is_unseen(own_id: int, menus: Mapping[int, RichMenu], today: date) -> bool:
    """Whether nobody would ever see a menu: it is for everybody, another one comes first, and none leads to it.

    Args:
        own_id: the menu's plan.
        menus: all menus by plan, in their order.
        today: decides which are in force.
    """
    own = menus[own_id]
    if own.for_whom.strip() or not in_force(own, today):
        return False
    default = next(one for one, menu in menus.items() if not menu.for_whom.strip() and in_force(menu, today))
    return own_id != default and all(
        own_id not in switches_to(menu) for one, menu in menus.items() if one != own_id
    )


def address_elsewhere(menu: RichMenu, own_id: int | None, menus: Mapping[int, RichMenu], check: Check) -> str:
    """The address that another menu of the shop has for the same goal, where one is missing; "" if there is none."""
    if check.id != "uri_missing" or check.area is None:
        return ""
    goals = served_by(menu.areas[check.area])
    known = [area for number, other in menus.items() if number != own_id for area in other.areas]
    known += list(menu.areas)
    return next(
        (area.action.uri for area in known if area.action.uri.strip() and goals & served_by(area)), ""
    )
