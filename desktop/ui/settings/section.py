"""One part of the settings page, and the register of all parts. A part is a card; it is made with the page."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from desktop.core.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.widgets.card import Card


class SettingsSection(Card):
    """Override what the part needs.

    Args:
        desk: what it may use.
        title: its heading.
    """

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self.desk = desk

    def opened(self) -> None:
        """The page is shown now."""

    def changed(self, changes: Changes) -> None:
        """Data changed."""


@dataclass(frozen=True)
class SectionSpec:
    """Where a part is written; ``practice`` is whether a practice shop has it."""

    id: str
    module: str
    class_name: str
    practice: bool = True


SECTIONS = (
    SectionSpec("look", "desktop.ui.settings.look_section", "LookSection"),
    SectionSpec("shop", "desktop.ui.settings.shop_section", "ShopSection"),
    SectionSpec("line", "desktop.ui.line_account.section", "LineAccountSection"),
    SectionSpec("sync", "desktop.ui.line_account.sync_section", "SyncSection"),
    SectionSpec("plans", "desktop.ui.plans.section", "PlansSection"),
    SectionSpec("sending", "desktop.ui.sending.section", "SendingSection"),
    SectionSpec("recipes", "desktop.ui.settings.recipes_section", "RecipesSection"),
    SectionSpec("deleted", "desktop.ui.settings.deleted_section", "DeletedSection"),
    SectionSpec("history", "desktop.ui.settings.history_section", "HistorySection"),
    SectionSpec("backups", "desktop.ui.settings.backups_section", "BackupsSection"),
    SectionSpec("practice", "desktop.ui.settings.practice_section", "PracticeSection"),
)


def make_sections(desk: Desk) -> dict[str, SettingsSection]:
    """The parts this program has, in order."""
    made: dict[str, SettingsSection] = {}
    for spec in SECTIONS:
        if (desk.practice and not spec.practice) or not _is_there(spec.module):
            continue
        made[spec.id] = getattr(import_module(spec.module), spec.class_name)(desk)
    return made


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
