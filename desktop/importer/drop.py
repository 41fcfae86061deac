"""What an owner let go over the window, as files to read one by one: folders opened, the litter of the systems left out, web
addresses and programs' links answered with a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message, message
from desktop.importer.formats.problems import refused

MOST_FILES = 200
"""Files taken from one drop; more come from a folder that was dropped by mistake."""
DEEPEST = 3
"""Levels of folders gone down: downloads lie one or two deep."""
TABLES = frozenset(
    ".csv .tsv .txt .tab .xlsx .xlsm .xltx .xls .xlsb .ods .html .htm .xml .zip .gsheet".split()
)
"""Endings taken from a folder; a file that was dropped itself is looked at whatever it is called."""
_LITTER = frozenset("desktop.ini thumbs.db".split())
_SCANNED = 20_000


@dataclass(frozen=True, slots=True)
class Drop:
    """What came of a drop.

    Args:
        files: to be opened by :func:`desktop.importer.reader.open_source`, in the order they were dropped, folders by name.
        notes: what was left out, and why.
    """

    files: tuple[Path, ...]
    notes: tuple[Message, ...] = field(default=())


def expand_drop(dropped: Iterable[Path | str], job: JobContext = QUIET) -> Drop:
    """The files that a drop consists of.

    Args:
        dropped: files, folders, or addresses as text.
        job: cancellation, for folders on slow disks.

    Raises:
        UserError: nothing in it can be looked at; says why.
    """
    files: dict[Path, None] = {}
    notes: list[Message] = []
    first_refusal = None
    for one in dropped:
        if _is_address(str(one)):
            first_refusal = first_refusal or refused("is_address")
            notes.append(message("importing.error.is_address"))
            continue
        path = Path(one)
        if not path.is_dir():
            files[path] = None
            continue
        found, others = _of_folder(path, job)
        files.update(dict.fromkeys(found))
        if not found:
            first_refusal = first_refusal or refused("folder_without_table", file=path.name)
            notes.append(message("importing.error.folder_without_table", file=path.name))
        elif others:
            notes.append(message("importing.note.others_in_folder", file=path.name, n=others))
    taken = list(files)[:MOST_FILES]
    if len(files) > MOST_FILES:
        notes.append(message("importing.note.too_many_files", n=MOST_FILES))
    if not taken and first_refusal is not None:
        raise first_refusal
    return Drop(tuple(taken), tuple(notes))


def _is_address(text: str) -> bool:
    """Whether a text is an address of the web and no file: a path made of one has only one slash left."""
    return text.lower().startswith(("http:/", "https:/", "ftp:/", "www."))


def _of_folder(folder: Path, job: JobContext) -> tuple[list[Path], int]:
    """The tables in a folder, and how many other files lie there; links are not followed."""
    tables: list[Path] = []
    others = 0
    for seen, path in enumerate(_walk(folder, 1)):
        job.raise_if_cancelled()
        if seen >= _SCANNED or len(tables) > MOST_FILES:
            break
        if path.suffix.lower() in TABLES or _is_placeholder(path.name):
            tables.append(path)
        else:
            others += 1
    return tables, others


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """The files of a folder by name, those of its folders behind them; what the owner does not see is left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise refused("not_readable", file=folder.name, details=type(error).__name__) from error
    deeper = []
    for entry in entries:
        name = entry.name
        if name.startswith(("~$", ".~lock")) or name.lower() in _LITTER or name == "__MACOSX":
            continue
        if name.startswith(".") and not _is_placeholder(name):
            continue
        if entry.is_symlink():
            continue
        if entry.is_dir():
            deeper.append(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)
    if depth < DEEPEST:
        for one in deeper:
            yield from _walk(one, depth + 1)


def _is_placeholder(name: str) -> bool:
    """A file that is still in iCloud: opening it says so."""
    return name.startswith(".") and name.endswith(".icloud") and Path(name[:-7]).suffix.lower() in TABLES
