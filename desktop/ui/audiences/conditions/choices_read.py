"""What there is to choose from in a field: the shop's tags, its stores, levels and sources, its other audiences
and imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop.core.people.condition import Value
from desktop.core.people.tag import Tag
from desktop.store import audiences, tags
from desktop.store.conditions.belonging import imports_in
from desktop.store.database import Database
from desktop.store.reach import figures
from desktop.ui import theme
from desktop.ui.choosing.chooser import Choice
from desktop.ui.desk import Desk

STEP = "\0step:"


def offer_choices(
    desk: Desk, owner: QObject, field: str, extra: bool, then: Callable[[Sequence[Choice]], None]
) -> None:
    """Read what there is to choose from in a field, and give it to ``then``; nothing where it is better typed."""
    read = desk.jobs.read
    if field == "tag" and not extra:
        read(tags.all_tags, owner=owner, then=lambda found: then([_tag(tag) for tag in found]))
    elif field == "audience" and not extra:
        read(_audiences, owner=owner, then=then)
    elif field == "import" and not extra:
        read(_imports, owner=owner, then=then)
    elif field in figures.LISTED and not extra:
        read(partial(_values, field), owner=owner, then=then)
    else:
        then([])


def taken(key: str) -> Value:
    """The value that a choice stands for: the number of an import's step, else the text itself."""
    return int(key.removeprefix(STEP)) if key.startswith(STEP) else key


def _imports(db: Database) -> list[Choice]:
    steps = sorted(imports_in(db)(), reverse=True)
    return [Choice(file, key=f"{STEP}{step}", hint=f"#{step}") for step, file in steps]


def _tag(tag: Tag) -> Choice:
    return Choice(tag.name, tag.colour or theme.tag_colour(tag.name), tag.people)


def _values(field: str, db: Database) -> list[Choice]:
    return [Choice(name) for name in figures.values_of(db, field=field)]


def _audiences(db: Database) -> list[Choice]:
    return [Choice(audience.name) for audience in audiences.all_audiences(db)]
