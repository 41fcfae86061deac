"""People found by nothing but their name: whoever is called so in the shop or at LINE. Width, capitals and spaces do not
count."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.core.people.search_text import fold
from desktop.store.imports.staging import Staging


def called(name: str) -> str:
    """A name as it is compared."""
    return "".join(fold(name).split())


def people_called(staging: Staging, names: Iterable[str]) -> dict[str, list[int]]:
    """Name → ids of everybody in the shop who has it as name or LINE display name, lowest first."""
    wanted: dict[str, list[int]] = {key: [] for name in names if (key := called(name))}
    if wanted:
        for person, *names_of in staging.names_in_shop():
            for key in {called(name) for name in names_of if name}:
                if key in wanted:
                    wanted[key].append(person)
    return {name: wanted.get(called(name), []) for name in names}
