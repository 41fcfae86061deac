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

ONE_PRESS = (*(f"members.pinned_{place}" for place in PLACES), "members.repeat_tag", "members.focus_tag_box")
"""Commands for which a key held down counts once."""


def page_commands(page: MembersPage) -> list[Command]:
    """Search, tags, export; the ten pinned tags; sorting by each column."""

    def some() -> bool:
        return page.list.selected_count() > 0

    def offered() -> bool:
        return "audiences" in installed()

    name, bar = "members.command", page.list.bar
    return [
        Command("members.search", f"{name}.search", page.search, "Ctrl+F", "search"),
        Command("members.focus_tag_box", f"{name}.tag_box", page.start_tagging, "Ctrl+T", "tag"),
        Command("members.repeat_tag", f"{name}.repeat", page.tagger.repeat, "Ctrl+R", "refresh"),
        Command("members.select_all", f"{name}.select_all", page.select_all, "Ctrl+A", "list"),
        Command("members.export", f"{name}.export", page.export, "Ctrl+E", "export"),
        Command("members.copy", f"{name}.copy", page.copy_table, "Ctrl+C", "copy", some),
        Command("members.copy_user_ids", f"{name}.copy_user_ids", page.copy_user_ids, None, "copy", some),
        Command(
            "members.audience", f"{name}.audience", page.build_audience, "Ctrl+Shift+N", "target", offered
        ),
        Command(
            "members.open", f"{name}.open", page.row_actions.open, None, "user", page.row_actions.can_open
        ),
        Command(
            "members.merge",
            f"{name}.merge",
            page.row_actions.merge,
            None,
            "merge",
            page.row_actions.can_merge,
        ),
        Command(
            "members.delete",
            f"{name}.delete",
            page.row_actions.delete,
            None,
            "trash",
            page.row_actions.can_delete,
        ),
        Command(
            "members.save_view", f"{name}.save_view", page.views.ask, "Ctrl+S", "star", page.views.can_save
        ),
        Command("members.recent", f"{name}.recent", page.recent.ask_menu, None, "clock"),
        Command("members.paste", f"{name}.paste", page.paster.open, "Ctrl+Shift+V", "clipboard"),
        Command("members.tagging_mode", f"{name}.tagging_mode", page.mode.toggle, "Ctrl+Shift+T", "tag"),
        Command("members.columns", f"{name}.columns", page.arranger.open_dialog, None, "table"),
        Command("members.density", f"{name}.density", page.arranger.next_density, None, "list"),
        Command("members.filter", f"{name}.filter", page.menus.ask_filter, None, "funnel"),
        Command("members.clear_search", f"{name}.clear_search", bar.clear, None, "x"),
        *(_pinned(page, place) for place in PLACES),
        *(_sorting(page, column.id) for column in COLUMNS if column.shown),
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
