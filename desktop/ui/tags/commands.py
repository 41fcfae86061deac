"""The commands of the page of tags: palette, menu and shortcuts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.ui.actions import Command

if TYPE_CHECKING:
    from desktop.ui.tags.page import TagsPage


def page_commands(page: TagsPage) -> list[Command]:
    """All of them; each says when it can be done."""
    asking, rules, show = page.asking, page.rules, page.tabs.setCurrentIndex

    def one() -> bool:
        return len(page.selected) == 1

    def some() -> bool:
        return bool(page.selected)

    def editing() -> bool:
        return page.is_editing_rule

    return [
        Command("tags.new", "tags_page.new", page.ask_new, shortcut="Ctrl+Shift+N", icon="plus"),
        Command("tags.search", "tags_page.search", page.show_search, shortcut="Ctrl+F", icon="search"),
        Command("tags.rename", "tags_page.rename", asking.rename, shortcut="F2", icon="pencil", enabled=one),
        Command(
            "tags.merge", "tags_page.act.merge", asking.merge, shortcut="Ctrl+M", icon="merge", enabled=some
        ),
        Command("tags.split", "tags_page.act.split", asking.split, enabled=one),
        Command("tags.delete", "tags_page.act.delete_tags", asking.delete, icon="trash", enabled=some),
        Command("tags.members", "tags_page.act.members", page.show_members, icon="users", enabled=some),
        Command("tags.show_tags", "tags_page.show_tags", partial(show, 0), icon="tag"),
        Command("tags.show_rules", "tags_page.show_rules", partial(show, 1), icon="lightning"),
        Command("tags.show_health", "tags_page.show_health", partial(show, 2), icon="first-aid"),
        Command("tags.new_rule", "rules.new", page.new_rule, icon="plus"),
        Command("tags.run_rules", "rules.run_all", rules.run_all, icon="play"),
        Command("tags.save_rule", "rules.save", rules.save, shortcut="Ctrl+S", enabled=editing),
        Command(
            "tags.run_rule", "rules.run", rules.run, shortcut="Ctrl+Return", icon="play", enabled=editing
        ),
    ]
