"""Where the simulator keeps what it was told: in memory, or in a folder that outlives a killed process.

In a folder every record is one small JSON file, replaced in one move, so that a kill between or during requests
leaves the old or the new record and never half of one. IDs are appended to a text file beside the audience; the
audience's record says how many bytes of it count, so an append that was cut off is as if it had never been.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

FORMAT = 1
"""Version of the folder's layout; a folder of a newer one is refused."""

_REPLACE_WAITS = (0.05, 0.1, 0.3, 0.6)
"""Seconds between the attempts to replace a record that somebody else holds open."""


def rebuild(kind: type[T], kept: Mapping[str, Any]) -> T:
    """A dataclass from a kept record; unknown names are left out, missing ones take their defaults."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in kept.items() if name in names})


class Storage(Protocol):
    """What the state needs to keep: three kinds of records by name, and the IDs of audiences."""

    def load(self, name: str) -> dict[str, Any] | None:
        """A record ("state", "people"), or None if it was never kept."""

    def save(self, name: str, record: Mapping[str, object]) -> None:
        """Keep a record in place of the earlier one."""

    def load_audiences(self) -> list[dict[str, Any]]:
        """The records of all audiences."""

    def save_audience(self, audience_group_id: int, record: Mapping[str, object]) -> None:
        """Keep one audience's record."""

    def delete_audience(self, audience_group_id: int) -> None:
        """Forget an audience and its IDs."""

    def add_ids(self, audience_group_id: int, kept_bytes: int, ids: Iterable[str]) -> tuple[int, int]:
        """Add IDs that the audience does not have yet; returns how many those were, and the new ``kept_bytes``."""

    def ids(self, audience_group_id: int, kept_bytes: int) -> frozenset[str]:
        """The IDs of an audience."""


class MemoryStorage:
    """Keeps the IDs in memory and nothing else: the state itself is the only copy."""

    def __init__(self) -> None:
        self._ids: dict[int, set[str]] = {}

    def load(self, name: str) -> dict[str, Any] | None:
        return None

    def save(self, name: str, record: Mapping[str, object]) -> None:
        pass

    def load_audiences(self) -> list[dict[str, Any]]:
        return []

    def save_audience(self, audience_group_id: int, record: Mapping[str, object]) -> None:
        pass

    def delete_audience(self, audience_group_id: int) -> None:
        self._ids.pop(audience_group_id, None)

    def add_ids(self, audience_group_id: int, kept_bytes: int, ids: Iterable[str]) -> tuple[int, int]:
        known = self._ids.setdefault(audience_group_id, set())
        before = len(known)
        known.update(ids)
        return len(known) - before, kept_bytes

    def ids(self, audience_group_id: int, kept_bytes: int) -> frozenset[str]:
        return frozenset(self._ids.get(audience_group_id, ()))


class FolderStorage:
    """Keeps everything in a folder: ``<name>.json``, ``audiences/<id>.json`` and ``audiences/<id>.ids``.

    Args:
        folder: made if it is missing. One process at a time may use it.

    Raises:
        ValueError: if a newer version of the program wrote the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._audiences = folder / "audiences"
        self._audiences.mkdir(parents=True, exist_ok=True)
        # The IDs of the audience touched last: batches to one audience come in a row.
        self._recent: tuple[int, set[str]] | None = None
        kept = self.load("state")
        if kept is not None and int(kept.get("format", FORMAT)) > FORMAT:
            raise ValueError(f"simulator folder of a newer version: {folder}")
        self._clear_leftovers()

    def load(self, name: str) -> dict[str, Any] | None:
        return _read(self._folder / f"{name}.json")

    def save(self, name: str, record: Mapping[str, object]) -> None:
        _write(self._folder / f"{name}.json", {"format": FORMAT, **record})

    def load_audiences(self) -> list[dict[str, Any]]:
        found = (_read(path) for path in sorted(self._audiences.glob("*.json")))
        return [record for record in found if record is not None]

    def save_audience(self, audience_group_id: int, record: Mapping[str, object]) -> None:
        _write(self._audiences / f"{audience_group_id}.json", record)

    def delete_audience(self, audience_group_id: int) -> None:
        # The record goes first: IDs without a record are nobody's, a record without its IDs would be wrong.
        (self._audiences / f"{audience_group_id}.json").unlink(missing_ok=True)
        (self._audiences / f"{audience_group_id}.ids").unlink(missing_ok=True)
        if self._recent is not None and self._recent[0] == audience_group_id:
            self._recent = None

    def add_ids(self, audience_group_id: int, kept_bytes: int, ids: Iterable[str]) -> tuple[int, int]:
        known = self._known(audience_group_id, kept_bytes)
        fresh: list[str] = []
        for one in ids:
            if one not in known:
                known.add(one)
                fresh.append(one)
        path = self._audiences / f"{audience_group_id}.ids"
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.truncate(kept_bytes)
            file.seek(kept_bytes)
            if fresh:
                file.write("\n".join(fresh).encode("ascii") + b"\n")
            return len(fresh), file.tell()

    def ids(self, audience_group_id: int, kept_bytes: int) -> frozenset[str]:
        return frozenset(self._known(audience_group_id, kept_bytes))

    def _clear_leftovers(self) -> None:
        nobodys = [ids for ids in self._audiences.glob("*.ids") if not ids.with_suffix(".json").exists()]
        for leftover in (*self._folder.glob("*.tmp"), *self._audiences.glob("*.tmp"), *nobodys):
            leftover.unlink()

    def _known(self, audience_group_id: int, kept_bytes: int) -> set[str]:
        if self._recent is None or self._recent[0] != audience_group_id:
            known: set[str] = set()
            if kept_bytes:
                with (self._audiences / f"{audience_group_id}.ids").open("rb") as file:
                    known.update(file.read(kept_bytes).decode("ascii").split())
            self._recent = (audience_group_id, known)
        return self._recent[1]


def _read(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise ValueError(f"not a record of the simulator: {path}")
    return record


def _write(path: Path, record: Mapping[str, object]) -> None:
    scratch = path.with_suffix(".json.tmp")
    scratch.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    for wait in _REPLACE_WAITS:
        try:
            scratch.replace(path)
            return
        except PermissionError:
            # On Windows a virus scanner may hold the old file for a moment.
            time.sleep(wait)
    scratch.replace(path)
