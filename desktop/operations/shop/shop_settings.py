"""What the owner sets about the shop itself: its name, its colour, how many tags a person can have. Settings are not steps of
the history."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.store import history, shop
from desktop.store.database import Database

MOST_TAGS = 50
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SettingsOutcome:
    """The shop's settings were changed."""

    changes: Changes = field(default=Changes.of(Kind.SHOP))


def set_name(db: Database, name: str) -> SettingsOutcome:
    """Give the shop another name; its file keeps its own.

    Raises:
        UserError: if the name is empty or longer than LONGEST_NAME characters.
    """
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > LONGEST_NAME:
        raise UserError(message("settings.name_wrong", most=LONGEST_NAME))
    with db.transaction():
        shop.put(db, "name", wanted)
    return SettingsOutcome()


def set_colour(db: Database, colour: str) -> SettingsOutcome:
    """Mark the shop's window with a colour (a tag colour's name), or with none ("")."""
    with db.transaction():
        shop.put(db, "colour", colour)
    return SettingsOutcome()


def set_tag_limit(db: Database, limit: int) -> SettingsOutcome:
    """Let a person have at most ``limit`` tags. Lowering it removes nothing.

    Raises:
        UserError: if it is not between 1 and MOST_TAGS.
    """
    if not 1 <= limit <= MOST_TAGS:
        raise UserError(message("settings.limit_wrong", most=MOST_TAGS))
    with db.transaction():
        shop.put(db, "tag_limit", str(limit))
    return SettingsOutcome(Changes.of(Kind.SHOP, Kind.TAGS))


def set_history(db: Database, keeping: history.Keeping) -> SettingsOutcome:
    """Keep what steps changed so long and up to such a size; older steps stay listed but cannot be undone any more."""
    with db.transaction():
        history.keep(db, keeping)
    return SettingsOutcome()
