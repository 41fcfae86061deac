"""The page's commands: each is one action for palette, menu, cheat sheet and key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.ui.actions import Command
from desktop.ui.members.columns import COLUMNS
from desktop.ui.members.tagging.pinned_tags import PLACES
from desktop.ui.shell.pages import installed

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage

NAME = "members.command"
ONE_PRESS = (
    *(f"members.pinned_{place}" for place in PLACES),
    *(f"members.{name}" for name in ("repeat_tag", "focus_tag_box", "tagging_mode", "save_view", "paste")),
)
"""Commands for which a key held down counts once."""


def page_commands(page: MembersPage) -> list[Command]:
    """Search, tags, export; the ten pinned tags; sorting by each column."""
    return [
        *_finding(page),
        *_tagging(page),
        *_with_people(page),
        *_arranging(page),
        *(_pinned(page, place) for place in PLACES),
        *(_sorting(page, column.id) for column in COLUMNS if column.shown),
    ]


def _finding(page: MembersPage) -> list[Command]:
    bar, views = page.list.bar, page.views
    return [
        Command("members.search", f"{NAME}.search", page.search, "Ctrl+F", "search"),
        Command("members.filter", f"{NAME}.filter", page.menus.ask_filter, None, "funnel"),
        Command("members.clear_search", f"{NAME}.clear_search", bar.clear, None, "x"),
        Command("members.recent", f"{NAME}.recent", page.recent.ask_menu, None, "clock"),
        Command("members.save_view", f"{NAME}.save_view", views.ask, "Ctrl+S", "star", views.can_save),
        Command("members.paste", f"{NAME}.paste", page.paster.open, "Ctrl+Shift+V", "clipboard"),
    ]


def _tagging(page: MembersPage) -> list[Command]:
    return [
        Command("members.focus_tag_box", f"{NAME}.tag_box", page.start_tagging, "Ctrl+T", "tag"),
        Command("members.repeat_tag", f"{NAME}.repeat", page.tagger.repeat, "Ctrl+R", "refresh"),
        Command("members.tagging_mode", f"{NAME}.tagging_mode", page.mode.toggle, "Ctrl+Shift+T", "tag"),
    ]


def _with_people(page: MembersPage) -> list[Command]:
    def some() -> bool:
        return page.list.selected_count() > 0

    def offered() -> bool:
        return "audiences" in installed()

    rows, audience = page.row_actions, page.build_audience
    return [
        Command("members.select_all", f"{NAME}.select_all", page.select_all, "Ctrl+A", "list"),
        Command("members.open", f"{NAME}.open", rows.open, None, "user", rows.can_open),
        Command("members.export", f"{NAME}.export", page.export, "Ctrl+E", "export"),
        Command("members.copy", f"{NAME}.copy", page.copy_table, "Ctrl+C", "copy", some),
        Command("members.copy_user_ids", f"{NAME}.copy_user_ids", page.copy_user_ids, None, "copy", some),
        Command("members.audience", f"{NAME}.audience", audience, "Ctrl+Shift+N", "target", offered),
        Command("members.merge", f"{NAME}.merge", rows.merge, None, "merge", rows.can_merge),
        Command("members.delete", f"{NAME}.delete", rows.delete, None, "trash", rows.can_delete),
    ]


def _arranging(page: MembersPage) -> list[Command]:
    return [
        Command("members.columns", f"{NAME}.columns", page.arranger.open_dialog, None, "table"),
        Command("members.density", f"{NAME}.density", page.arranger.next_density, None, "list"),
    ]


def _pinned(page: MembersPage, place: int) -> Command:
    return Command(
        f"members.pinned_{place}",
        f"members.command.pinned_{place}",
        partial(page.toggle_pinned, place),
        f"Ctrl+{place % 10}",
        "pin",
    )


def _sorting(page: MembersPage, column: str) -> Command:
    sort_by = partial(page.list.table.list_header.sort_by, column)
    return Command(f"members.sort.{column}", f"members.command.sort.{column}", sort_by, None, "sort-down")
