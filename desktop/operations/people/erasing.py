"""Erasing a person for good: from the shop file and its history, backups, half-made imports, the log, remembered searches.
Only a keyed hash of her numbers stays, so that no import brings her back; the owner gets a receipt that names nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop import paths
from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message, message
from desktop.settings import Settings
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.people_lifecycle import erased_keys
from desktop.store.people_lifecycle.erasing import (
    at_line,
    leftovers,
    named,
    open_erasures,
    published,
    receipts,
    traces,
)
from desktop.store.people_lifecycle.erasing.at_line import LineAudience
from desktop.store.people_lifecycle.erasing.leftovers import Cleaned
from desktop.store.people_lifecycle.erasing.named import CalledAfter
from desktop.store.people_lifecycle.erasing.scrubbing import Needles
from desktop.store.people_lifecycle.erasing.subject import Subject, find
from desktop.store.people_lifecycle.erasing.traces import Counts
from desktop.store.recovery import backups
from desktop.store.recovery.retention import MONTHLY
from desktop.store.safety.shop_errors import BackupFolderMissing, BackupInfo
from desktop.text import render

_ERASED = (
    Kind.PEOPLE,
    Kind.TAGS,
    Kind.ORDERS,
    Kind.AUDIENCES,
    Kind.PLANS,
    Kind.HISTORY,
    Kind.OUTBOX,
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What erasing somebody would take away.

    Args:
        person: her number; ``name`` is what has to be typed in ("" if she has none).
        counts: rows of each kind.
        merged: people merged into her, who go with her.
        backups: how many backups hold her, and how many cannot be read.
        audiences: LINE's audiences that still hold her user ID.
        waiting: names of audiences whose upload with her is on its way: it has to end or be cancelled first.
        shared: whether a phone or e-mail of hers is somebody else's too, and stays there.
        called_after: the owner's audiences, tags and rules with her name or number in theirs.
        called_at_line: numbers of audiences that LINE keeps under such a name.
        menus: how many rich menus LINE shows her as her own, until the next publication.
    """

    person: int
    name: str
    counts: Counts
    merged: int
    backups: int
    unreadable_backups: int
    audiences: tuple[LineAudience, ...]
    waiting: tuple[str, ...]
    shared: bool
    called_after: tuple[CalledAfter, ...] = ()
    called_at_line: tuple[int, ...] = ()
    menus: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """She is out of the shop file: what was erased, the receipt's number and moment, and what is needed to clean the rest."""

    subject: Subject
    number: str
    at: str
    counts: Counts
    audiences: tuple[LineAudience, ...]
    log_empty: bool
    changes: Changes
    called_at_line: tuple[int, ...] = ()
    menus: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of an erasure, without personal data; ``at`` is UTC."""

    number: str
    at: str
    what: tuple[Message, ...]
    changes: Changes = field(default_factory=Changes)


def preview(db: Database, person: int, root: Path | None = None) -> Preview:
    """What would go, on a connection that may only read.

    Args:
        root: the folder the owner chose for backups; None for the usual one.

    Raises:
        UserError: nothing is known of such a person.
    """
    subject = _known(db, person)
    held = list(leftovers.look_into(list(backups.list_backups(db.path, root=root)), subject))
    return Preview(
        person=person,
        name=subject.display_name,
        counts=traces.count(db, subject),
        merged=len(subject.ids) - 1,
        backups=sum(one is True for _, one in held),
        unreadable_backups=sum(one is None for _, one in held),
        audiences=at_line.audiences_holding(db, subject.user_ids),
        waiting=_on_their_way(db, subject),
        shared=any(key in ("phone", "email") for key, _ in subject.shared),
        called_after=named.called_after(db, subject.needles()),
        called_at_line=named.called_at_line(db, subject.needles()),
        menus=published.shown_to(db, subject.ids, subject.user_ids),
    )


def erase(
    db: Database,
    person: int,
    job: JobContext = QUIET,
    *,
    from_backups: bool = True,
    settings: Settings | None = None,
    root: Path | None = None,
) -> Receipt:
    """Erase somebody at once, on the writer; the window does the three parts in their own threads instead.

    Args:
        from_backups: rewrite the backups that hold her; otherwise the receipt says which do.
        settings: the program's settings, whose remembered searches may name her.
        root: the folder the owner chose for backups.

    Raises:
        UserError: nobody is there, an upload with her is on its way, or there is no room for a backup.
        Cancelled: before anything was erased.
    """
    backup_first(db, job, root)
    taken = erase_from_shop(db, person, from_backups=from_backups)
    rest = erase_elsewhere(db, taken, from_backups=from_backups, root=root, job=job)
    if settings is not None:
        scrub_settings(settings, taken)
    return keep_receipt(db, taken, rest)


def backup_first(db: Database, job: JobContext = QUIET, root: Path | None = None) -> None:
    """A verified backup, for the case that the computer fails on the way; it is cleaned with the others.

    Raises:
        UserError: there is no room for it.
        Cancelled: if the owner cancelled.
    """
    try:
        backups.take(db.path, "erase", root=root, job=job)
    except BackupFolderMissing:
        return


def erase_from_shop(
    db: Database, person: int, *, from_backups: bool = True, name_is_a_word: bool = False
) -> Taken:
    """Take somebody out of the shop file, for good, in one transaction, and leave nothing in pages SQLite no longer needs. The
    file remembers, naming nobody, that the rest is still to do, until :func:`keep_receipt`.

    Args:
        from_backups: whether the rest includes the backups, should the program end before it is done.
        name_is_a_word: leave her name and member number where the owner's names and conditions have them: the owner says that
            they stand for something else there.

    Raises:
        UserError: nothing is known of her, or an upload with her is on its way.
    """
    with db.transaction():
        subject = _known(db, person)
        subject.name_is_a_word = name_is_a_word
        waiting = _on_their_way(db, subject)
        if waiting:
            raise UserError(message("leaving.upload_waits", audience=waiting[0]))
        audiences = at_line.audiences_holding(db, subject.user_ids)
        called_at_line = named.called_at_line(db, subject.needles())
        shown = published.shown_to(db, subject.ids, subject.user_ids)
        counts = traces.erase(db, subject)
        erased_keys.remember(db, subject.own_identities)
        number, at = receipts.begin(db)
        changes = Changes.of(*_ERASED, count=1)
        taken = Taken(subject, number, at, counts, audiences, True, changes, called_at_line, shown)
        lines = (
            [line.to_json() for line in _about_the_shop(taken)],
            [line.to_json() for line in _after(taken)],
        )
        open_erasures.begin(db, subject, (number, at), lines, from_backups=from_backups)
    return replace(taken, log_empty=leftovers.compact(db))


def erase_elsewhere(
    db: Database,
    taken: Taken,
    *,
    from_backups: bool = True,
    root: Path | None = None,
    job: JobContext = QUIET,
) -> tuple[Message, ...]:
    """Take her out of everything beside the shop file, to the end even if cancelled: half an erasure would be none. Any
    connection will do.

    Returns:
        What came of the backups, as lines of the receipt.
    """
    leftovers.drop_staging(paths.data_folder() / "staging" / shop.get(db, "key", "shop"))
    needles = taken.subject.needles()
    leftovers.scrub_logs(paths.logs_folder(), needles)
    kept = list(backups.list_backups(db.path, root=root))
    if not from_backups:
        return _about_untouched(kept, taken.subject)
    return _about_rewritten(leftovers.rewrite(kept, taken.subject, job.report))


def scrub_settings(settings: Settings, taken: Taken) -> None:
    """Take her out of remembered searches and drafts, in the settings' own thread; where the shops lie stays."""
    needles = taken.subject.needles()
    try:
        names = json.loads(settings.file.read_text("utf-8"))
    except OSError:
        return
    for name in names:
        if name not in ("recent_shops", "last_shop"):
            settings.put(name, needles.scrub_value(settings.get(name)))


def keep_receipt(db: Database, taken: Taken, about_backups: Sequence[Message]) -> Receipt:
    """Put the receipt together and keep it in the shop file, on the writer."""
    return keep_lines(db, taken, [*_about_the_shop(taken), *about_backups, *_after(taken)])


def keep_lines(db: Database, taken: Taken, lines: Sequence[Message]) -> Receipt:
    """Keep a receipt of these lines; the erasure is at its end with it."""
    with db.transaction():
        texts = [line.to_json() for line in lines]
        receipts.keep(db, {"number": taken.number, "at": taken.at, "what": texts})
        open_erasures.end(db, taken.number)
    return Receipt(taken.number, taken.at, tuple(lines), taken.changes)


def kept_receipts(db: Database) -> list[Receipt]:
    """The receipts of this shop, oldest first."""
    return [
        Receipt(one["number"], one["at"], tuple(Message.from_json(text) for text in one["what"]))
        for one in receipts.kept(db)
    ]


def receipt_text(receipt: Receipt, shop_name: str, zone: str = "Asia/Taipei") -> str:
    """The receipt as plain text in the present language, for printing or keeping."""
    at = datetime.fromisoformat(receipt.at).astimezone(ZoneInfo(zone))
    head = (
        message("leaving.receipt.title"),
        message("leaving.receipt.shop", shop=shop_name),
        message("leaving.receipt.number", number=receipt.number),
        message("leaving.receipt.at", at=f"{at:%Y-%m-%d %H:%M %z}"),
    )
    return "\n".join([*map(render, head), "", *(f"- {render(line)}" for line in receipt.what), ""])


def _known(db: Database, person: int) -> Subject:
    subject = find(db, person)
    if not subject.known:
        raise UserError(message("leaving.nobody"))
    return subject


def _on_their_way(db: Database, subject: Subject) -> tuple[str, ...]:
    """Names of the audiences with a job under way that holds her, or that says her name to LINE."""
    holding = at_line.on_their_way(db, subject.user_ids)
    return tuple(dict.fromkeys((*holding, *named.on_their_way(db, subject.needles()))))


def _about_the_shop(taken: Taken) -> list[Message]:
    counts = taken.counts
    history_rows = counts.images + counts.reports + counts.titles
    lines = [message("leaving.receipt.people", n=counts.people)]
    for n, key in (
        (counts.tags, "leaving.receipt.tags"),
        (counts.orders, "leaving.receipt.orders"),
        (history_rows, "leaving.receipt.history"),
        (counts.uploads, "leaving.receipt.uploads"),
    ):
        if n:
            lines.append(message(key, n=n))
    return [
        *lines,
        message("leaving.receipt.around"),
        message("leaving.receipt.hash", n=len(taken.subject.own_identities)),
    ]


def _after(taken: Taken) -> list[Message]:
    """What follows the lines about backups."""
    later = [] if taken.log_empty else [message("leaving.receipt.log_later")]
    called = [message("leaving.receipt.called_at_line", id=str(one)) for one in taken.called_at_line]
    word = [message("leaving.receipt.name_is_a_word")] if taken.subject.name_is_a_word else []
    return [
        *(_about_line(one, taken.subject.needles(shared_too=True)) for one in taken.audiences),
        *([message("leaving.receipt.menus", n=taken.menus)] if taken.menus else []),
        *called,
        *word,
        *later,
        message("leaving.receipt.own_files"),
    ]


def _about_rewritten(cleaned: Sequence[Cleaned]) -> tuple[Message, ...]:
    clean = sum(one.clean for one in cleaned)
    lines = [message("leaving.receipt.backups_clean", n=clean)]
    lines += [
        message(
            "leaving.receipt.backup_left", date=f"{one.backup.taken_at:%Y-%m-%d}", file=one.backup.path.name
        )
        for one in cleaned
        if not one.clean
    ]
    return tuple(lines)


def _about_untouched(kept: list[BackupInfo], subject: Subject) -> tuple[Message, ...]:
    """Which backups still hold her. The longest a backup is kept: as one of the monthly ones."""
    held = [one for one, holds in leftovers.look_into(kept, subject) if holds is not False]
    if not held:
        return (message("leaving.receipt.backups_clean", n=0),)
    last = max(one.taken_at for one in held)
    until = last + timedelta(days=31 * MONTHLY)
    return (
        message(
            "leaving.receipt.backups_hold", n=len(held), last=f"{last:%Y-%m-%d}", until=f"{until:%Y-%m-%d}"
        ),
    )


def _about_line(audience: LineAudience, needles: Needles) -> Message:
    until = (audience.until or "")[:10] or "?"
    return message(
        "leaving.receipt.at_line",
        audience=needles.scrub(audience.name),
        id=str(audience.audience_group_id),
        until=until,
    )
