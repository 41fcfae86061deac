"""The shop's people to whom the keys of rows lead, and whether a row that leads to nobody is about somebody who is gone, for
good or for now."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.message import Message, message
from desktop.importer.checking.matching import Candidate, Keys, match
from desktop.importer.checking.who.number_series import NumberSeries
from desktop.store.imports.identities import ShopIdentities

Found = dict[tuple[int, str], list[Candidate]]
"""(place of a key in Keys, its value) → who answers to it."""


class ShopCandidates:
    """Looks people up for many rows at once."""

    def __init__(self, identities: ShopIdentities, series: NumberSeries | None = None) -> None:
        self._identities = identities
        self._series = series or NumberSeries(None)

    def find(self, rows: Sequence[Keys]) -> Found:
        """Everybody in the shop to whom a key of these rows leads."""
        pointed: list[tuple[tuple[int, str], int, Keys]] = []
        for place, key in enumerate(Keys._fields):
            values = [value for row in rows if (value := row[place]) is not None]
            for value, person, *keys in self._identities.people_with(key, values) if values else ():
                pointed.append(((place, value), person, Keys(*keys)))
        also = self._identities.others_of({person for _, person, _ in pointed})
        found: Found = {}
        for where, person, own in pointed:
            candidate = Candidate(False, person, own, also.get(person, frozenset()))
            found.setdefault(where, []).append(self._series.of_candidate(candidate))
        return found

    def gone(self, keys: Keys) -> Message | None:
        """Why a row that leads to nobody must not bring a person: she was deleted, or erased; None if she was not."""
        found = [
            [
                self._series.of_candidate(
                    Candidate(False, person, Keys(*own), self._identities.others_of_deleted(person))
                )
                for _, person, *own in self._identities.deleted_with(key, [value])
            ]
            if value is not None
            else []
            for key, value in zip(Keys._fields, keys, strict=True)
        ]
        deleted = match(keys, found)
        if deleted.target or deleted.ambiguous:
            return message("importing.skipped.deleted")
        if self._identities.erased and self._identities.is_erased(keys):
            return message("importing.skipped.erased")
        return None

    def of_somebody_erased(self, keys: Keys, living: Candidate) -> Message | None:
        """Why a row that leads to somebody living must not touch her: another of its keys was that of somebody who was erased,
        and would bring it back; None if there is none."""
        if not self._identities.erased:
            return None
        foreign = [
            None if value == own or (key, value) in living.also else value
            for key, value, own in zip(Keys._fields, keys, living.keys, strict=True)
        ]
        return message("importing.skipped.erased") if self._identities.is_erased(foreign) else None
