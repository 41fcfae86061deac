"""Saved views of the members list: a question with a name that stays in the side bar with its number of people; and the
searches made last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.query_text import parse
from desktop.core.people.tag import tag_key
from desktop.store import condition_sql, people
from desktop.store.database import Database
from desktop.store.members import searches, views
from desktop.store.members.views import SavedView

LONGEST_NAME = 40
MOST_SEARCHES = 12
MOST_VIEWS = 30
"""As many as a side bar can show without becoming a list of its own."""


@dataclass(frozen=True, slots=True)
class ViewOutcome:
    """The view that was saved, changed or removed, and the place it has or had."""

    view: SavedView
    place: int
    changes: Changes = field(default=Changes.of(Kind.SHOP))


@dataclass(frozen=True, slots=True)
class CountedView:
    """A view and how many people it finds now; None if its question is no longer understood."""

    view: SavedView
    people: int | None


def saved(db: Database) -> list[SavedView]:
    """The shop's views in their order."""
    return views.all_views(db)


def counted(db: Database) -> list[CountedView]:
    """The views with their numbers of people, on a connection that may only read.

    Raises:
        Cancelled: if the connection was interrupted.
    """
    kept = views.all_views(db)
    columns = people.extra_columns(db) if kept else []
    return [CountedView(one, _count(db, one.query, columns)) for one in kept]


def save(db: Database, name: str, query: str) -> ViewOutcome:
    """Keep a question under a name; one of this name gets the new question and keeps its place.

    Raises:
        UserError: if the name is empty or too long, or there are MOST_VIEWS already.
    """
    wanted = clean_name(name)
    with db.transaction():
        kept = views.all_views(db)
        place = _place_of_name(kept, wanted)
        if place is None and len(kept) >= MOST_VIEWS:
            raise UserError(message("members.view.too_many", n=MOST_VIEWS))
        number = max((one.id for one in kept), default=0) + 1 if place is None else kept[place].id
        view = SavedView(number, wanted, query)
        place = len(kept) if place is None else place
        kept[place : place + 1] = [view]
        views.keep(db, kept)
    return ViewOutcome(view, place)


def rename(db: Database, view_id: int, name: str) -> ViewOutcome:
    """Give a view another name.

    Raises:
        UserError: if the name is empty, too long or another view's, or the view is gone.
    """
    wanted = clean_name(name)
    with db.transaction():
        kept = views.all_views(db)
        place = _place(kept, view_id)
        if _place_of_name(kept, wanted) not in (None, place):
            raise UserError(message("members.view.name_taken", view=wanted))
        kept[place] = replace(kept[place], name=wanted)
        views.keep(db, kept)
    return ViewOutcome(kept[place], place)


def move(db: Database, view_id: int, place: int) -> ViewOutcome:
    """Put a view at another place (from 0; beyond the ends: the first or the last).

    Raises:
        UserError: if the view is gone.
    """
    with db.transaction():
        kept = views.all_views(db)
        view = kept.pop(_place(kept, view_id))
        place = max(0, min(place, len(kept)))
        kept.insert(place, view)
        views.keep(db, kept)
    return ViewOutcome(view, place)


def remove(db: Database, view_id: int) -> ViewOutcome:
    """Remove a view; nobody's data change. What comes back can be given to :func:`put_back`.

    Raises:
        UserError: if the view is gone.
    """
    with db.transaction():
        kept = views.all_views(db)
        place = _place(kept, view_id)
        view = kept.pop(place)
        views.keep(db, kept)
    return ViewOutcome(view, place)


def put_back(db: Database, view: SavedView, place: int) -> ViewOutcome:
    """Bring a removed view back to where it was, unless its name is another's now.

    Raises:
        UserError: if there is another view of its name.
    """
    with db.transaction():
        kept = views.all_views(db)
        if _place_of_name(kept, view.name) is not None:
            raise UserError(message("members.view.name_taken", view=view.name))
        number = view.id
        if any(one.id == number for one in kept):
            number = max(one.id for one in kept) + 1
        back = replace(view, id=number)
        kept.insert(max(0, min(place, len(kept))), back)
        views.keep(db, kept)
    return ViewOutcome(back, place)


def clean_name(name: str) -> str:
    """The name as it is kept.

    Raises:
        UserError: if it is empty or longer than LONGEST_NAME characters.
    """
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > LONGEST_NAME:
        raise UserError(message("members.view.name_wrong", most=LONGEST_NAME))
    return wanted


def recent_searches(db: Database) -> list[str]:
    """The searches made last in this shop as query texts, newest first."""
    return searches.recent(db)


def remember_search(db: Database, query: str) -> list[str]:
    """Remember a search as the newest; returns those there are now."""
    with db.transaction():
        kept = [query, *(one for one in searches.recent(db) if one != query)][:MOST_SEARCHES]
        searches.keep(db, kept)
    return kept


def forget_searches(db: Database) -> list[str]:
    """Forget all searches."""
    with db.transaction():
        searches.forget(db)
    return []


def _count(db: Database, query: str, columns: Sequence[str]) -> int | None:
    try:
        return condition_sql.count(db, parse(query, extra_columns=columns))
    except UserError:
        # A mistake in the text, an audience that is not there any more: opening the view says which.
        return None


def _place(kept: Sequence[SavedView], view_id: int) -> int:
    for place, one in enumerate(kept):
        if one.id == view_id:
            return place
    raise UserError(message("members.view.gone"))


def _place_of_name(kept: Sequence[SavedView], name: str) -> int | None:
    key = tag_key(name)
    return next((place for place, one in enumerate(kept) if tag_key(one.name) == key), None)
