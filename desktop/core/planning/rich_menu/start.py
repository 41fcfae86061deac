"""Menus to start from: for each kind of shop a set of three (new friends, members, VIP) that already leads where a shop's menu
should lead, so that a newcomer only fills in the addresses. Texts are messages; operations write them in the owner's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.core.message import Message, message
from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.layouts import LAYOUTS, rects
from desktop.core.planning.rich_menu.menu import Area, RichMenu, Style

Write = Callable[[Message], str]
"""Message → text in the owner's language."""


@dataclass(frozen=True, slots=True)
class ShopKind:
    """How a kind of shop starts; its name is the text ``rich_menu.shop.<id>``.

    Args:
        id: of the kind.
        style: the look and colours that suit it.
        icon: of the entry to what it sells.
        sells: what that entry says.
    """

    id: str
    style: Style
    icon: str
    sells: Message


_KINDS = (
    ShopKind("general", Style("tint", "forest"), "shopping-bag", message("rich_menu.sells.shop")),
    ShopKind("cafe", Style("cards", "coffee"), "coffee", message("rich_menu.sells.menu")),
    ShopKind("bakery", Style("cards", "sun"), "cake", message("rich_menu.sells.cake")),
    ShopKind("drinks", Style("pop", "forest"), "drink", message("rich_menu.sells.drinks")),
    ShopKind("restaurant", Style("solid", "red"), "fork-knife", message("rich_menu.sells.table")),
    ShopKind("hair", Style("lines", "lavender"), "scissors", message("rich_menu.sells.booking")),
    ShopKind("beauty", Style("gradient", "sakura"), "calendar-check", message("rich_menu.sells.booking")),
    ShopKind("fashion", Style("lines", "ink"), "t-shirt", message("rich_menu.sells.shop")),
    ShopKind("flowers", Style("tint", "berry"), "flower", message("rich_menu.sells.flowers")),
    ShopKind("fitness", Style("solid", "ocean"), "barbell", message("rich_menu.sells.course")),
    ShopKind("pets", Style("pop", "mint"), "paw", message("rich_menu.sells.booking")),
    ShopKind("gifts", Style("gradient", "lavender"), "package", message("rich_menu.sells.shop")),
)

SHOP_KINDS: Mapping[str, ShopKind] = MappingProxyType({kind.id: kind for kind in _KINDS})
"""Every kind of shop by its id."""

SETS = ("friend", "member", "vip")
"""The menus of a set, the default first; a set's name is the text ``rich_menu.set.<set>``."""

FOR_WHOM = MappingProxyType({"friend": "", "member": "bound:yes", "vip": "tag:VIP"})
"""Whom each is for. In the order of priority VIP comes before members: the first menu that matches is hers."""

LINKS = ("recruiting", "products")
"""The goals whose addresses only the owner knows; everything else sends a message that she can answer."""


@dataclass(frozen=True, slots=True)
class _Entry:
    goal: str
    icon: str
    title: Message
    subtitle: Message | None = None
    says: Message | None = None


_JOIN = _Entry("recruiting", "link", message("rich_menu.start.join"), message("rich_menu.start.join_why"))
_CARD = _Entry(
    "recruiting", "identification", message("rich_menu.start.card"), message("rich_menu.start.card_why")
)
_CAMPAIGN = _Entry(
    "campaign", "gift", message("rich_menu.start.campaign"), None, message("rich_menu.start.campaign_says")
)
_OFFER = _Entry(
    "campaign", "ticket", message("rich_menu.start.offer"), None, message("rich_menu.start.offer_says")
)
_NEW = _Entry(
    "new_items", "sparkle", message("rich_menu.start.new"), None, message("rich_menu.start.new_says")
)
_FIRST = _Entry(
    "new_items", "sparkle", message("rich_menu.start.first"), None, message("rich_menu.start.first_says")
)
_NEWS = _Entry(
    "news", "megaphone", message("rich_menu.start.news"), None, message("rich_menu.start.news_says")
)
_HELP = _Entry(
    "service", "headset", message("rich_menu.start.help"), None, message("rich_menu.start.help_says")
)
_CARE = _Entry(
    "service", "headset", message("rich_menu.start.care"), None, message("rich_menu.start.help_says")
)
_THANKS = _Entry(
    "campaign",
    "crown",
    message("rich_menu.start.thanks"),
    message("rich_menu.start.thanks_why"),
    message("rich_menu.start.thanks_says"),
)
# Without a chosen goal: its words name the opening hours and the branches, and so it serves both.
_SHOP = _Entry("", "map-pin", message("rich_menu.start.visit"), None, message("rich_menu.start.visit_says"))


def start_menu(which: str, kind: ShopKind, write: Write, links: Mapping[str, str] | None = None) -> RichMenu:
    """One menu of a set, written in the owner's language.

    Args:
        which: one of SETS.
        kind: one of SHOP_KINDS.
        write: makes text of messages.
        links: goal of LINKS → address; without it the address stays to be filled in.
    """
    sells = _Entry("products", kind.icon, kind.sells)
    layout, entries = {
        "friend": ("large_banner_6", (_JOIN, _CAMPAIGN, sells, _SHOP, _NEW, _NEWS, _HELP)),
        "member": ("large_6", (_CARD, _OFFER, sells, _NEW, _SHOP, _HELP)),
        "vip": ("large_left_4", (_THANKS, _FIRST, sells, _SHOP, _CARE)),
    }[which]
    known = LAYOUTS[layout]
    areas = zip(rects(known, known.size), entries, strict=True)
    return RichMenu(
        name=write(message(f"rich_menu.set.{which}")),
        size=known.size,
        layout=layout,
        areas=tuple(
            Area(
                rect=rect,
                goal=entry.goal,
                icon=entry.icon,
                title=write(entry.title),
                subtitle=write(entry.subtitle) if entry.subtitle is not None else "",
                action=_action(entry, write, links or {}),
            )
            for rect, entry in areas
        ),
        chat_bar_text=write(message(f"rich_menu.bar.{which}")),
        opened_at_first=which == "friend",
        style=Style("night", "ink") if which == "vip" else kind.style,
        for_whom=FOR_WHOM[which],
    )


def _action(entry: _Entry, write: Write, links: Mapping[str, str]) -> Action:
    if entry.says is not None:
        return Action(ActionKind.MESSAGE, text=write(entry.says))
    return Action(ActionKind.URI, uri=links.get(entry.goal, ""))
