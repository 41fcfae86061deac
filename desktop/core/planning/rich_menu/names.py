"""What layouts, looks, palettes, goals, icons and starting sets are called."""

from __future__ import annotations

from desktop.core.message import Message, message


def layout_name(layout: str) -> Message:
    """A layout by its id; ``free`` too."""
    return message(f"rich_menu.layout.{layout}")


def look_name(look: str) -> Message:
    """One of ``looks.LOOKS``."""
    return message(f"rich_menu.look.{look}")


def palette_name(palette: str) -> Message:
    """One of ``looks.PALETTES``."""
    return message(f"rich_menu.palette.{palette}")


def goal_name(goal: str) -> Message:
    """One of ``goals.GOALS``."""
    return message(f"rich_menu.goal.{goal}")


def goal_missing(goal: str) -> Message:
    """What is said where a menu has no entry for a goal."""
    return message(f"rich_menu.goal_missing.{goal}")


def icon_name(icon: str) -> Message:
    """One of ``icons.ICONS``."""
    return message(f"rich_menu.icon.{icon}")


def icon_group_name(group: str) -> Message:
    """One of ``icons.GROUPS``."""
    return message(f"rich_menu.icons.{group}")


def shop_kind_name(kind: str) -> Message:
    """One of ``start.SHOP_KINDS``."""
    return message(f"rich_menu.shop.{kind}")


def set_name(which: str) -> Message:
    """One of ``start.SETS``."""
    return message(f"rich_menu.set.{which}")
