"""An import that was being mapped when the program was closed, as the shop file keeps it: the files and what
was decided about them. Passwords and pasted cells are not kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.importer.recipe import Answers
from desktop.store.database import Database
from desktop.ui.importing import entry as work
from desktop.ui.importing.entry import Entry, Found, Unreadable


@dataclass(frozen=True, slots=True)
class Remembered:
    """One table of a file."""

    path: Path
    sheet: str
    encoding: str | None
    separator: str | None
    answers: Answers


def told(entries: list[Entry]) -> list[dict[str, Any]]:
    """The tables that are not finished yet, as JSON keeps them."""
    return [
        {
            "path": str(entry.path),
            "sheet": entry.recipe.sheet,
            "encoding": entry.encoding,
            "separator": entry.separator,
            "answers": entry.answers.to_json(),
        }
        for entry in entries
        if not entry.finished and entry.pasted is None
    ]


def read(state: Any) -> list[Remembered]:
    """What :func:`told` told; files that are gone are passed over."""
    found = []
    for one in state if isinstance(state, list) else []:
        path = Path(str(one["path"]))
        if path.is_file():
            answers = Answers.from_json(str(one["answers"]))
            found.append(Remembered(path, str(one["sheet"]), one["encoding"], one["separator"], answers))
    return found


def look_at(db: Database, tables: list[Remembered], job: JobContext) -> Found:
    """The tables as they were; one that can no longer be read so is looked at as if it were new, or told."""
    entries: list[Entry] = []
    unreadable: list[Unreadable] = []
    for table in tables:
        found = work.look_at(db, [table.path], job)
        unreadable += found.unreadable
        same = next((entry for entry in found.entries if entry.recipe.sheet == table.sheet), None)
        if same is None:
            continue
        decided = replace(same, answers=table.answers, encoding=table.encoding, separator=table.separator)
        try:
            entries.append(work.look_again(db, decided, job))
        except UserError:
            # The file was changed meanwhile and lost a column that was decided about.
            entries.append(same)
    return Found(tuple(entries), tuple(unreadable))
