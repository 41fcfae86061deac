"""How an upload goes on: from state to state, and through the requests of its plan."""

from __future__ import annotations

from dataclasses import astuple

from desktop.core.message import Message, message
from desktop.store.database import Database
from desktop.store.outbox import at_line as audiences_at_line
from desktop.store.outbox.at_line import AtLine
from desktop.store.outbox.freezing import add_request, method_for
from desktop.store.outbox.jobs import unconfirmed
from desktop.store.outbox.parts import ids_left

_DUE = "(SELECT min(seq) FROM upload_request WHERE upload_id = ?1 AND state IN ('pending', 'sending'))"

_PENDING = "EXISTS (SELECT 1 FROM upload_request WHERE upload_id = upload.id AND state = 'pending'"

_GOES_ON = (
    "CASE WHEN EXISTS (SELECT 1 FROM upload_request WHERE upload_id = upload.id AND state = 'sending') THEN 'unknown'"
    f" WHEN {_PENDING} AND (method LIKE 'create%' OR method LIKE 'add%')) AND (ready_at IS NOT NULL"
    "   OR NOT EXISTS (SELECT 1 FROM upload_request WHERE upload_id = upload.id AND state = 'done'"
    "   AND method LIKE 'create%')) THEN 'waiting'"
    " WHEN kind <> 'delete' AND ready_at IS NULL THEN 'processing'"
    f" WHEN {_PENDING}) THEN 'waiting' ELSE 'ready' END"
)
"""The state an upload has by what is known of its requests: one of unknown fate, IDs to send, LINE processing what it took,
audiences to rename, or nothing left."""


def begin_sending(db: Database, upload_id: int, name: str, account: str, now: str) -> bool:
    """Mark the request that is due as leaving; False if the job is no longer one to send (cancelled meanwhile).

    Args:
        db: the shop, inside a transaction.
        upload_id: the job.
        name: what the request calls the audience: a create or a rename; "" for the others.
        account: the account it goes to.
        now: this instant.
    """
    begun = db.run(
        "UPDATE upload SET state = 'sending', account = ?, attempts = attempts + 1, error = NULL,"
        " next_try_at = NULL, changed_at = ? WHERE id = ? AND state = 'waiting' AND confirmed = 1",
        (account, now, upload_id),
    )
    if not begun:
        return False
    db.run(
        "UPDATE upload SET line_name = ?2 WHERE id = ?1 AND EXISTS (SELECT 1 FROM upload_request WHERE upload_id = ?1"
        f" AND seq = {_DUE} AND method LIKE 'create%')",
        (upload_id, name),
    )
    db.run(
        "UPDATE upload_request SET state = 'sending', tries = tries + 1, name = nullif(?2, ''), at = ?3"
        f" WHERE upload_id = ?1 AND seq = {_DUE}",
        (upload_id, name, now),
    )
    return True


def accepted(db: Database, upload_id: int, at_line: AtLine, now: str) -> None:
    """LINE has taken the IDs of the request that is due: keep the audience's number, and that the request is done."""
    _mark_due(db, upload_id, "done", now)
    db.run(
        "UPDATE upload SET audience_group_id = ?, request_id = ?, expires_at = coalesce(?, expires_at),"
        " account = ?, error = NULL, next_try_at = NULL, confirmed = 1, cancel_wanted = 0, changed_at = ?,"
        f" attempts = CASE WHEN {_PENDING}) THEN 0 ELSE attempts END"
        " WHERE id = ?",
        (*astuple(at_line), now, upload_id),
    )
    if not _ids_pending(db, upload_id):
        db.run("UPDATE upload SET ready_at = NULL WHERE id = ?", (upload_id,))
    _go_on(db, upload_id)
    if db.value("SELECT kind FROM upload WHERE id = ?", (upload_id,)) != "add":
        audiences_at_line.created(db, upload_id, at_line, now)


def settled(
    db: Database, upload_id: int, now: str, *, skipped: bool = False, found_name: str | None = None
) -> None:
    """A rename or a deletion is done, or there was nothing to do: on to the next request.

    Args:
        db: the shop, inside a transaction.
        upload_id: the job.
        now: this instant.
        skipped: nothing had to be done.
        found_name: what the audience of a rename is called, where that is not what we called it.
    """
    row = db.row(
        f"SELECT method, group_id, name FROM upload_request WHERE upload_id = ?1 AND seq = {_DUE}",
        (upload_id,),
    )
    method, group_id, name = row or ("", None, None)
    _mark_due(db, upload_id, "skipped" if skipped else "done", now)
    if method == "delete":
        audiences_at_line.gone(db, int(group_id), now)
    elif name := found_name or ("" if skipped else name):
        if method == "rename_new":
            db.run("UPDATE upload SET line_name = ? WHERE id = ?", (name, upload_id))
            group_id = db.value("SELECT audience_group_id FROM upload WHERE id = ?", (upload_id,))
        audiences_at_line.renamed(db, int(group_id), name)
    db.run(
        "UPDATE upload SET error = NULL, next_try_at = NULL, attempts = 0, changed_at = ? WHERE id = ?",
        (now, upload_id),
    )
    _go_on(db, upload_id)


def not_at_line(db: Database, upload_id: int, *, counted: bool) -> None:
    """The request certainly has not been processed: it may be sent (again).

    Args:
        db: the shop, inside a transaction.
        upload_id: the job.
        counted: whether it counts as a try; not so where nothing was wrong with the request or LINE.
    """
    _mark_due(db, upload_id, "pending", None)
    if not counted:
        db.run("UPDATE upload SET attempts = max(0, attempts - 1) WHERE id = ?", (upload_id,))


def move(
    db: Database,
    upload_id: int,
    state: str,
    now: str,
    *,
    error: Message | None = None,
    next_try_at: str | None = None,
) -> None:
    """Give a job another state, with what the owner reads beside it and when it goes on by itself."""
    db.run(
        "UPDATE upload SET state = ?, error = ?, next_try_at = ?, changed_at = ? WHERE id = ?",
        (state, error.to_json() if error else None, next_try_at, now, upload_id),
    )


def ready(db: Database, upload_id: int, line_count: int, expires_at: str | None, now: str) -> None:
    """LINE has processed all it took; what is left of the plan comes next."""
    db.run(
        "UPDATE upload SET line_count = ?, expires_at = coalesce(?, expires_at), error = NULL,"
        " next_try_at = NULL, ready_at = ?, changed_at = ? WHERE id = ?",
        (line_count, expires_at, now, now, upload_id),
    )
    _go_on(db, upload_id)
    # Where only the part that made the audience is ready, the others follow.
    if not _ids_pending(db, upload_id):
        audiences_at_line.became_ready(db, upload_id, line_count, expires_at, now)


def resume(db: Database, upload_id: int, now: str) -> None:
    """Let a stopped job go on from where the facts say it is: known to LINE, perhaps known, or still to be
    sent."""
    db.run(
        "UPDATE upload SET error = NULL, next_try_at = NULL, attempts = 0, confirmed = 1, cancel_wanted = 0,"
        f" changed_at = ?, state = {_GOES_ON} WHERE id = ? AND state IN ('waiting', 'unknown', 'action_needed')",
        (now, upload_id),
    )


def start_over(db: Database, upload_id: int, line_name: str, now: str) -> None:
    """Send the frozen IDs once more, as a new audience or (an add) to the same one, after LINE failed on them."""
    key, kind, group = db.row(
        "SELECT key, kind, audience_group_id FROM upload WHERE id = ?", (upload_id,)
    ) or (
        "",
        "",
        None,
    )
    later = db.all(
        "SELECT method, group_id, expected FROM upload_request WHERE upload_id = ? AND method LIKE 'rename%' ORDER BY seq",
        (upload_id,),
    )
    db.run("DELETE FROM upload_request WHERE upload_id = ? AND method LIKE 'rename%'", (upload_id,))
    db.run("UPDATE upload_request SET state = 'skipped' WHERE upload_id = ?", (upload_id,))
    db.run("UPDATE upload_person SET place = NULL WHERE upload_id = ?", (upload_id,))
    count = ids_left(db, upload_id)
    way, to = ("add", group) if kind == "add" else ("create", None)
    seq = int(db.value("SELECT max(seq) + 1 FROM upload_request WHERE upload_id = ?", (upload_id,)) or 0)
    add_request(db, upload_id, f"{key}-{seq}", method_for(way, count), count=count, group_id=to)
    for number, (method, old, expected) in enumerate(later, seq + 1):
        add_request(db, upload_id, f"{key}-{number}", method, group_id=old, expected=expected)
    db.run(
        "UPDATE upload SET state = 'waiting', audience_group_id = ?, request_id = NULL, expires_at = NULL, ready_at = NULL,"
        " line_name = ?, attempts = 0, error = NULL, next_try_at = NULL, confirmed = 1, changed_at = ? WHERE id = ?",
        (to, line_name, now, upload_id),
    )


def give_up_plan(db: Database, upload_id: int) -> None:
    """Nothing more of the plan is sent; a request of unknown fate keeps its mark."""
    db.run(
        "UPDATE upload_request SET state = 'skipped' WHERE upload_id = ? AND state = 'pending'", (upload_id,)
    )


def want_cancelled(db: Database, upload_id: int, now: str) -> None:
    """The owner cancelled while a request is under way: what becomes of it decides."""
    db.run("UPDATE upload SET cancel_wanted = 1, changed_at = ? WHERE id = ?", (now, upload_id))


def stop_all(db: Database, error: Message, now: str) -> int:
    """Stop everything there is something to do for until the owner acts; what LINE may know of stays marked
    so."""
    return db.run(
        "UPDATE upload SET state = 'action_needed', error = ?, next_try_at = NULL, changed_at = ?"
        " WHERE state IN ('waiting', 'sending', 'unknown', 'processing') AND (confirmed = 1 OR state = 'processing')",
        (error.to_json(), now),
    )


def after_restart(db: Database) -> int:
    """Called once when a shop is opened for writing: requests under way when the program ended have an
    unknown fate, and nothing goes out without one press. Returns how many uploads wait for it."""
    for upload_id, name in db.all(
        "SELECT id, line_name FROM upload WHERE state = 'sending' AND cancel_wanted = 1"
    ):
        note = message("outbox.cancelled_unknown", name=name).to_json()
        db.run(
            "UPDATE upload SET state = 'cancelled', cancel_wanted = 0, error = ? WHERE id = ?",
            (note, upload_id),
        )
    db.run("UPDATE upload SET state = 'unknown' WHERE state = 'sending'")
    db.run("UPDATE upload SET confirmed = 0, next_try_at = NULL WHERE state IN ('waiting', 'unknown')")
    return unconfirmed(db)


def _ids_pending(db: Database, upload_id: int) -> bool:
    return bool(
        db.value(
            "SELECT 1 FROM upload_request WHERE upload_id = ? AND state = 'pending'"
            " AND (method LIKE 'create%' OR method LIKE 'add%')",
            (upload_id,),
        )
    )


def _go_on(db: Database, upload_id: int) -> None:
    db.run(f"UPDATE upload SET state = {_GOES_ON} WHERE id = ?", (upload_id,))


def _mark_due(db: Database, upload_id: int, state: str, now: str | None) -> None:
    db.run(
        f"UPDATE upload_request SET state = ?2, at = coalesce(?3, at) WHERE upload_id = ?1 AND seq = {_DUE}",
        (upload_id, state, now),
    )
