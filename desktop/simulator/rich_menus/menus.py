"""The rich menus of the simulated account: menus with their pictures, the default, aliases, and who has a menu of her own."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from desktop.simulator.storage import Storage, rebuild

MOST_MENUS = 1_000
MOST_ALIASES = 1_000
"""Menus and aliases an account can have by the API. Messaging API reference, "Rich menu" and "Rich menu alias"."""


@dataclass(slots=True)
class Menu:
    """One menu: LINE's object, when it was made, its picture's type ("" before it has one), and since when it counts taps."""

    id: str
    object: dict[str, Any]
    created: float
    media_type: str = ""


@dataclass(slots=True)
class Batch:
    """One batch of operations; ``looks`` is how often its progress was asked for."""

    request_id: str
    accepted: float
    completed: float = 0.0
    looks: int = 0
    operations: list[dict[str, Any]] = field(default_factory=list)


class Menus:
    """All of it, kept through a Storage. The caller holds the state's lock."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        kept = storage.load("rich_menus") or {}
        self.menus = {key: rebuild(Menu, one) for key, one in kept.get("menus", {}).items()}
        self.default: str | None = kept.get("default")
        self.aliases: dict[str, str] = dict(kept.get("aliases", {}))
        self.links: dict[str, str] = dict(kept.get("links", {}))
        self.batches = {key: rebuild(Batch, one) for key, one in kept.get("batches", {}).items()}
        self._pictures: dict[str, bytes] = {}

    def save(self) -> None:
        """Keep everything but the pictures, which are kept when they arrive."""
        self._storage.save(
            "rich_menus",
            {
                "menus": {key: asdict(one) for key, one in self.menus.items()},
                "default": self.default,
                "aliases": self.aliases,
                "links": self.links,
                "batches": {key: asdict(one) for key, one in self.batches.items()},
            },
        )

    def create(self, menu: Mapping[str, Any], now: float) -> Menu:
        """A new menu without a picture."""
        made = Menu(f"richmenu-{secrets.token_hex(16)}", dict(menu), now)
        self.menus[made.id] = made
        self.save()
        return made

    def put_picture(self, menu: Menu, picture: bytes, media_type: str) -> None:
        """Give a menu its picture."""
        self._pictures[menu.id] = picture
        self._storage.save(_picture_record(menu.id), {"picture": base64.b64encode(picture).decode("ascii")})
        menu.media_type = media_type
        self.save()

    def picture(self, menu: Menu) -> bytes:
        """A menu's picture; b"" if it has none."""
        if menu.id not in self._pictures and menu.media_type:
            kept = self._storage.load(_picture_record(menu.id)) or {}
            self._pictures[menu.id] = base64.b64decode(kept.get("picture", ""))
        return self._pictures.get(menu.id, b"")

    def delete(self, menu: Menu) -> None:
        """Forget a menu: nobody has it any more. Aliases that led to it lead nowhere."""
        del self.menus[menu.id]
        if self._pictures.pop(menu.id, None) is not None or menu.media_type:
            self._storage.save(_picture_record(menu.id), {})
        self.links = {who: which for who, which in self.links.items() if which != menu.id}
        self.default = None if self.default == menu.id else self.default
        self.save()

    def seen_by(self, user_id: str) -> str | None:
        """The menu of the API a friend sees: her own, else the default; None: the manager's, if there is one."""
        return self.links.get(user_id, self.default)


def _picture_record(menu_id: str) -> str:
    return f"picture-{menu_id}"
