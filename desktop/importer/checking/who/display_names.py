"""People found by nothing but their name: whoever is called so in the shop or at LINE. Width, capitals and spaces do not
count."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.core.people.tag import tag_key
from desktop.store.imports.staging import Staging


def people_called(staging: Staging, names: Iterable[str]) -> dict[str, list[int]]:
    """Name → ids of everybody in the shop who has it as name or LINE display name, lowest first."""
    wanted: dict[str, list[int]] = {key: [] for name in names if (key := tag_key(name))}
    if wanted:
        for person, *called in staging.names_in_shop():
            for key in {tag_key(name) for name in called if name}:
                if key in wanted:
                    wanted[key].append(person)
    return {name: wanted.get(tag_key(name), []) for name in names}
