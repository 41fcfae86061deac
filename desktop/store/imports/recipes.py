"""What the owner decided about files of one shape, to be reused for the next file of that shape; and which
files were imported."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.history import utc_now


def find(db: Database, fingerprint: str) -> str | None:
    """The saved answers (JSON) for files of this shape, or None."""
    answers = db.value("SELECT answers FROM recipe WHERE fingerprint = ?", (fingerprint,))
    return None if answers is None else str(answers)


def save(db: Database, fingerprint: str, answers: str) -> None:
    """Keep the answers (JSON) for files of this shape."""
    db.run(
        "INSERT INTO recipe (fingerprint, answers, used_at) VALUES (?, ?, ?) ON CONFLICT (fingerprint)"
        " DO UPDATE SET answers = excluded.answers, used_at = excluded.used_at",
        (fingerprint, answers, utc_now()),
    )


def rewrite(db: Database, fingerprint: str, answers: str) -> None:
    """Give files of this shape other answers (JSON) without counting it as a use."""
    db.run("UPDATE recipe SET answers = ? WHERE fingerprint = ?", (answers, fingerprint))


def listed(db: Database) -> list[tuple[str, str, str]]:
    """All saved answers, last used first: (fingerprint, JSON, UTC instant of the last use)."""
    rows = db.all("SELECT fingerprint, answers, used_at FROM recipe ORDER BY used_at DESC, fingerprint")
    return [(str(fingerprint), str(answers), str(used_at)) for fingerprint, answers, used_at in rows]


def delete(db: Database, fingerprint: str) -> int:
    """Delete the answers for files of one shape; returns how many there were."""
    return db.run("DELETE FROM recipe WHERE fingerprint = ?", (fingerprint,))


def note_import(db: Database, step_id: int, file: str, sha256: str, report: str) -> None:
    """Keep the report (JSON) of an imported sheet with its step."""
    db.run(
        "INSERT INTO import_file (step_id, file, sha256, report) VALUES (?, ?, ?, ?)",
        (step_id, file, sha256, report),
    )


def imported_before(db: Database, sha256: str) -> str | None:
    """When a file of exactly these bytes was last imported (UTC instant), unless that import was undone."""
    at = db.value(
        "SELECT max(s.at) FROM import_file f JOIN step s ON s.id = f.step_id WHERE f.sha256 = ? AND"
        " s.state = 'done'",
        (sha256,),
    )
    return None if at is None else str(at)
