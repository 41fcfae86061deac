"""Who the rows so far were about, as far as a later row of the file can be about the same person; and whether a number that only
one person can have is somebody else's."""

from __future__ import annotations

from desktop.importer.checking.matching import Candidate, Keys
from desktop.importer.checking.who.candidates import Found
from desktop.store.imports.identities import ShopIdentities


class Remembered:
    """The people of earlier rows, by every key they answer to."""

    def __init__(self, identities: ShopIdentities) -> None:
        self._identities = identities
        self._with_shop = identities.anybody
        self._known: Found = {}

    def remember(self, candidate: Candidate) -> None:
        """Keep somebody as she is after a row about her."""
        pairs = {*zip(Keys._fields, candidate.keys, strict=True), *candidate.also}
        for key, value in pairs:
            if value is not None:
                place = Keys._fields.index(key)
                others = [
                    other for other in self._known.get((place, value), []) if other[:2] != candidate[:2]
                ]
                self._known[place, value] = [*others, candidate]

    def found(self, keys: Keys, in_shop: Found) -> list[list[Candidate]]:
        """Everybody to whom a row's keys lead, key by key: those of the shop, as earlier rows left them, and the file's."""
        found: list[list[Candidate]] = []
        for place, key in enumerate(keys):
            here = [] if key is None else in_shop.get((place, key), [])
            earlier = [] if key is None else self._known.get((place, key), [])
            if earlier:
                seen = {candidate[:2] for candidate in earlier}
                here = [candidate for candidate in here if candidate[:2] not in seen] + earlier
            found.append(here)
        return found

    def is_taken(self, column: str, value: str, me: tuple[bool, int]) -> bool:
        """Whether a unique number belongs to somebody else, in the shop or by a row above; ``me``: (new, id)."""
        others = self._known.get((Keys._fields.index(column), value), [])
        shop = self._identities.people_with(column, [value]) if self._with_shop else []
        return any(other[:2] != me for other in others) or any((False, other[1]) != me for other in shop)
