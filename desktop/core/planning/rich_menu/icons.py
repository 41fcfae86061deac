"""The icons offered for a menu's areas, by what a shop would look for; each has a line form and a solid one in resources/icons.
An icon's name for people is the text ``rich_menu.icon.<icon>``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "shop": (
            "storefront",
            "map-pin",
            "map",
            "clock",
            "phone",
            "headset",
            "chat",
            "envelope",
            "question",
            "info",
        ),
        "people": (
            "link",
            "user-plus",
            "identification",
            "users",
            "crown",
            "star",
            "heart",
            "medal",
            "sparkle",
            "diamond",
        ),
        "offers": (
            "gift",
            "ticket",
            "percent",
            "tag",
            "coin",
            "wallet",
            "card",
            "receipt",
            "barcode",
            "qr-code",
        ),
        "news": (
            "megaphone",
            "bell",
            "newspaper",
            "fire",
            "lightning",
            "calendar",
            "calendar-check",
        ),
        "goods": (
            "shopping-bag",
            "shopping-cart",
            "package",
            "truck",
        ),
        "food": (
            "coffee",
            "fork-knife",
            "pot",
            "cake",
            "cookie",
            "pizza",
            "fish",
            "wine",
            "drink",
            "leaf",
        ),
        "care": (
            "flower",
            "lotus",
            "scissors",
            "hand",
            "paint-brush",
            "t-shirt",
            "handbag",
            "watch",
        ),
        "life": (
            "baby",
            "paw",
            "dog",
            "cat",
            "barbell",
            "bicycle",
            "car",
            "house",
            "wrench",
            "book",
            "graduation",
            "music",
            "game",
        ),
        "more": (
            "camera",
            "play",
            "image",
            "sun",
            "snowflake",
            "umbrella",
            "globe",
            "instagram",
            "facebook",
        ),
    }
)
"""Icons in groups, in the order they are offered."""

ICONS = tuple(icon for icons in GROUPS.values() for icon in icons)
"""Every icon a menu may have."""
