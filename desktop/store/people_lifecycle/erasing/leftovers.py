"""What lies around after a person was taken out of the shop's tables: pages SQLite no longer needs, its log, backups, half-made
imports, and the program's own log and settings."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.core.errors import UserError
from desktop.store import shop as shop_rows
from desktop.store.database import Database, SqliteError, connect
from desktop.store.people_lifecycle.erasing import traces
from desktop.store.people_lifecycle.erasing.scrubbing import Needles
from desktop.store.people_lifecycle.erasing.subject import Subject, find
from desktop.store.people_lifecycle.merge_rules import IDENTITIES
from desktop.store.recovery import backup_files
from desktop.store.safety import disk
from desktop.store.safety.damage import Unsound
from desktop.store.safety.shop_errors import BackupInfo

VACUUM_BYTES = 1_000_000_000
"""Shops up to this size are written anew after an erasure; in larger ones SQLite's overwriting of deleted cells has to do,
as writing anew happens in memory."""

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A backup that was looked at: whether somebody was in it, and whether she is out of it now."""

    backup: BackupInfo
    held: bool
    clean: bool


def compact(db: Database) -> bool:
    """Leave nothing of deleted rows behind: write the file anew and empty its log. Whether the log is empty; if not (somebody
    reads), it will be when the shop is closed."""
    if backup_files.shop_bytes(db) <= VACUUM_BYTES:
        db.run("VACUUM")
    for _ in range(_TRIES):
        busy = db.row("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy is not None and busy[0] == 0:
            return True
    return False


def look_into(backups: list[BackupInfo], subject: Subject) -> Iterator[tuple[BackupInfo, bool | None]]:
    """Which backups hold a person; None where a backup cannot be read."""
    for one in backups:
        try:
            db = connect(one.path, immutable=True)
        except UserError:
            yield one, None
            continue
        try:
            yield one, bool(_the_same_in(db, subject))
        except (SqliteError, UserError):
            yield one, None
        finally:
            db.close()


def rewrite(
    backups: list[BackupInfo], subject: Subject, report: Callable[[int, int], None] = lambda *_: None
) -> list[Cleaned]:
    """Take a person out of backups: each is copied, cleaned, checked, and put in the place of the old one. One that cannot be
    read or written stays as it is and is told.

    Args:
        report: told how many of how many are done.
    """
    done = []
    for number, (one, held) in enumerate(look_into(backups, subject)):
        report(number, len(backups))
        clean = False
        if held is not None:
            # Cleaned even where she is not in the list: the history or an order may still tell of her.
            with contextlib.suppress(SqliteError, UserError, OSError, Unsound):
                _rewrite(one.path, subject)
                clean = True
        done.append(Cleaned(one, held is not False, clean))
    return done


def _rewrite(backup: Path, subject: Subject) -> None:
    temporary = disk.temporary_beside(backup)
    try:
        shutil.copyfile(backup, temporary)
        db = connect(temporary)
        try:
            with db.transaction():
                for person in _the_same_in(db, subject):
                    found = find(db, person)
                    found.past |= subject.past
                    found.shared |= subject.shared
                    found.name_is_a_word = subject.name_is_a_word
                    traces.erase(db, found)
                rest = Subject(set(), past=set(subject.past), shared=set(subject.shared))
                rest.name_is_a_word = subject.name_is_a_word
                traces.erase(db, rest)
                if shop_rows.get(db, "backup_people"):
                    shop_rows.put(db, "backup_people", str(db.value("SELECT count(*) FROM person")))
            db.run("VACUUM")
            db.value("PRAGMA journal_mode = DELETE")
        finally:
            db.close()
        backup_files.verify(temporary)
        disk.flush_to_disk(temporary)
        disk.replace(temporary, backup)
    finally:
        backup_files.remove_temporary(temporary)


def _the_same_in(db: Database, subject: Subject) -> list[int]:
    """Her numbers in another file of this shop: by member number or user ID; or, where her name is the same or missing, by her
    row's number, phone or e-mail, which may have been somebody else's at that time."""
    values = {key: json.dumps(_told(subject, key)) for key in IDENTITIES}
    names = json.dumps(_told(subject, "name") + _told(subject, "line_name"))
    listed = "IN (SELECT value FROM json_each(?))"
    living = db.column(
        f"SELECT id FROM person WHERE member_no {listed} OR line_user_id {listed} OR ("
        f"(id {listed} OR phone {listed} OR email {listed})"
        f" AND (coalesce(name, line_name) IS NULL OR name {listed} OR line_name {listed})) ORDER BY id",
        (
            values["member_no"], values["line_user_id"], json.dumps(sorted(subject.ids)), values["phone"],
            values["email"], names, names,
        ),
    )  # fmt: skip
    return living + [person for person in sorted(subject.ids) if _was_here(db, person, subject)]


def _was_here(db: Database, person: int, subject: Subject) -> bool:
    """Whether she is not in a file's list, but in what it remembers of people deleted or merged."""
    if db.value("SELECT 1 FROM person WHERE id = ?", (person,)) is not None:
        return False
    told = {one for one in find(db, person).past if one[0] in (*IDENTITIES, "name", "line_name")}
    return not told.isdisjoint(subject.past)


def _told(subject: Subject, column: str) -> list[str]:
    return [value for key, value in sorted(subject.past) if key == column]


def drop_staging(folder: Path) -> int:
    """Delete half-made imports: a check that is open has to be made again. Returns how many; one that is being written just
    now (Windows holds it) goes with the next import."""
    dropped = 0
    for file in folder.glob("import-*.staging*"):
        with contextlib.suppress(OSError):
            file.unlink()
            dropped += 1
    return dropped


def scrub_logs(folder: Path, needles: Needles) -> int:
    """Take a person out of the program's log, which should hold nothing of hers; returns how many files told of her."""
    scrubbed = 0
    for file in sorted(folder.glob("*.log*")):
        text = file.read_text("utf-8", errors="surrogateescape")
        if needles.found_in(text):
            scrubbed += 1
            # In place: the log is open, and a file put in its place would not be written to any more.
            with file.open("r+", encoding="utf-8", errors="surrogateescape", newline="") as log:
                log.write(needles.scrub(text))
                log.truncate()
    return scrubbed
