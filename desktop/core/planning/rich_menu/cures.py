"""What the program can mend itself when a check complains; each cure gives a new menu and touches nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from desktop.core.planning.graphemes import graphemes
from desktop.core.planning.rich_menu.checks import CHAT_BAR_LENGTH, Check
from desktop.core.planning.rich_menu.layouts import scaled
from desktop.core.planning.rich_menu.menu import COMPACT, LARGE, Rect, RichMenu
from desktop.core.planning.rich_menu.to_line import LABEL_LENGTH


def cured(menu: RichMenu, check: Check) -> RichMenu:
    """The menu with the finding mended, or as it was where there is no cure for it."""
    cure = _CURES.get(check.cure)
    return menu if cure is None else cure(menu, check)


def _size(menu: RichMenu, _: Check) -> RichMenu:
    return scaled(menu, min((LARGE, COMPACT), key=lambda one: abs(one.ratio - menu.size.ratio)))


def _chat_bar(menu: RichMenu, _: Check) -> RichMenu:
    wanted = menu.chat_bar_text.strip() or menu.name.strip()
    return replace(menu, chat_bar_text="".join(graphemes(wanted)[:CHAT_BAR_LENGTH]).strip())


def _fit_inside(menu: RichMenu, check: Check) -> RichMenu:
    if check.area is None:
        return menu
    rect = menu.areas[check.area].rect
    x, y = max(rect.x, 0), max(rect.y, 0)
    right, bottom = min(rect.right, menu.size.width), min(rect.bottom, menu.size.height)
    return menu.with_area(check.area, rect=Rect(x, y, max(right - x, 1), max(bottom - y, 1)))


def _https(menu: RichMenu, check: Check) -> RichMenu:
    if check.area is None:
        return menu
    action = menu.areas[check.area].action
    bare = action.uri.strip().partition("://")[2] or action.uri.strip()
    return menu.with_area(check.area, action=replace(action, uri=f"https://{bare.lstrip('/')}"))


def _label(menu: RichMenu, check: Check) -> RichMenu:
    if check.area is None:
        return menu
    action = menu.areas[check.area].action
    short = "".join(graphemes(action.label.strip())[:LABEL_LENGTH])
    return menu.with_area(check.area, action=replace(action, label=short))


def _period(menu: RichMenu, _: Check) -> RichMenu:
    return replace(menu, starts=menu.ends, ends=menu.starts)


_CURES: Mapping[str, Callable[[RichMenu, Check], RichMenu]] = MappingProxyType(
    {
        "size": _size,
        "chat_bar": _chat_bar,
        "fit_inside": _fit_inside,
        "https": _https,
        "label": _label,
        "period": _period,
    }
)
