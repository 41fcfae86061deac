"""Writing an audience to a file: user IDs for LINE's manager, people for a spreadsheet, hashes for the ad platforms. A file is
written on any connection; that it was written is then noted in the history, without anybody's data."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.exporter.audience_file import write_user_ids
from desktop.exporter.hashed_list import Platform, write_hashed
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.people.members import export_members
from desktop.store import audiences, history
from desktop.store.audience_history.hold_out import held_out_sql, percent_of
from desktop.store.audiences import Audience
from desktop.store.condition_sql import Sort, compile_condition, ids, query_context
from desktop.store.conditions.values import Sql
from desktop.store.database import Database

USER_IDS, PEOPLE = "user_ids", "people"
HASHED = {Platform.GOOGLE: "hashed_google", Platform.META: "hashed_meta"}
_TITLES = {
    USER_IDS: "steps.audience_export_ids",
    PEOPLE: "steps.audience_export_people",
    HASHED[Platform.GOOGLE]: "steps.audience_export_google",
    HASHED[Platform.META]: "steps.audience_export_meta",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A written file.

    Args:
        kind: USER_IDS, PEOPLE or one of HASHED.
        audience: the audience's name.
        path: the file.
        count: the people in it.
        emails: of a list of hashes, how many have an e-mail address.
        phones: of a list of hashes, how many have a phone.
    """

    kind: str
    audience: str
    path: Path
    count: int
    emails: int = 0
    phones: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """The step that tells of an export."""

    step: int
    changes: Changes = field(default=Changes.of(Kind.HISTORY, count=1))


def export_user_ids(db: Database, audience: Audience, path: Path, job: JobContext = QUIET) -> Exported:
    """Write the user IDs of everybody reachable in the audience, one a line, for upload in LINE's manager. Who is held out of
    its uploads is not in the file.

    Args:
        db: any connection.
        audience: a saved one, or one with id 0 that only has a name and a query.
        path: the file.
        job: progress and cancellation.

    Raises:
        UserError: if nobody can be reached, or the file cannot be written.
        Cancelled: if the job was cancelled; ``path`` is as before.
    """
    sql = _without_held_out(db, audience)
    with closing(audiences.reachable_blocks(db, sql.where, sql.params)) as blocks:
        first = next(blocks, None)
        if first is None:
            raise UserError(message("audiences.nobody_reachable", audience=audience.name))
        written = write_user_ids(chain((first,), blocks), path, job)
    return Exported(USER_IDS, audience.name, written.path, written.ids)


def export_people(
    db: Database,
    audience: Audience,
    path: Path,
    titles: Mapping[str, str],
    *,
    yes_no: tuple[str, str] = ("1", "0"),
    job: JobContext = QUIET,
) -> Exported:
    """Write the people of the audience to a spreadsheet, one a row, those who bought last first.

    Args:
        db: any connection.
        audience: as for :func:`export_user_ids`.
        path: .xlsx or .csv.
        titles: field name → the column's title, in the order of the columns; the shop's extra columns among them by their
            names.
        yes_no: the words for yes and no.
        job: progress and cancellation.

    Raises:
        UserError: if nobody is in it, there are more people than a sheet has rows, or the file cannot be written.
        Cancelled: if the job was cancelled; ``path`` is as before.
    """
    found = ids(db, condition_of(db, audience.query), Sort("last_order", descending=True))
    if not found:
        raise UserError(message("audiences.nobody_in_it", audience=audience.name))
    written = export_members(
        db, found, path, titles, yes_no=yes_no, sheet=audience.name, job=job, extra=False
    )
    return Exported(PEOPLE, audience.name, written.path, written.rows)


def export_hashed(
    db: Database, audience: Audience, path: Path, platform: Platform, job: JobContext = QUIET
) -> Exported:
    """Write the phones and e-mail addresses of the audience as hashes for an ad platform. Who refused marketing, is set to
    「不發訊息」 or held out is left out.

    Raises:
        UserError: if nobody in it has an e-mail address or a phone, or the file cannot be written.
        Cancelled: if the job was cancelled; ``path`` is as before.
    """
    sql = _without_held_out(db, audience)
    known = audiences.contacts_for_ads(db, sql.where, sql.params)
    with closing(known) as people:
        first = next(people, None)
        if first is None:
            raise UserError(message("audiences.nobody_to_hash", audience=audience.name))
        written = write_hashed(chain((first,), people), path, platform, job)
    return Exported(
        HASHED[platform], audience.name, written.path, written.rows, written.emails, written.phones
    )


def note(db: Database, written: Exported) -> Noted:
    """List an export in the history: which audience, how many people, the file's name. Not undoable.

    Args:
        db: the writer.
        written: what was written.
    """
    title = message(_TITLES[written.kind], audience=written.audience, n=written.count, file=written.path.name)
    with db.transaction():
        return Noted(history.list_only(db, "audience_export", title, written.count))


def _without_held_out(db: Database, audience: Audience) -> Sql:
    sql = compile_condition(condition_of(db, audience.query), query_context(db))
    if not percent_of(db, audience.id):
        return sql
    return Sql(f"{sql.where} AND NOT {held_out_sql(audience.id)}", sql.params)
