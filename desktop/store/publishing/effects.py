"""What a processed request changes at LINE, written down in the transaction that notes that it was processed."""

from __future__ import annotations

from desktop.store.database import Database
from desktop.store.publishing import menus, moving, people
from desktop.store.publishing import refused as reasons
from desktop.store.publishing.jobs import PlannedRequest, PublishingJob


def done(
    db: Database,
    job: PublishingJob,
    request: PlannedRequest,
    now: str,
    *,
    rich_menu_id: str = "",
    request_id: str = "",
) -> None:
    """LINE has processed a request.

    Args:
        db: the writer, in a transaction.
        job: the job.
        request: the request.
        now: this instant.
        rich_menu_id: the number LINE gave a menu that was made.
        request_id: LINE's request ID, "" where the answer was lost.
    """
    moving.processed(db, request, request_id, now)
    match request.method:
        case "create":
            menus.created(db, _menu(request), rich_menu_id, now)
        case "image":
            menus.pictured(db, _menu(request), now)
        case "alias":
            menus.set_alias(db, job.account, request.alias or "", request.menu_id)
        case "delete_alias":
            menus.set_alias(db, job.account, request.alias or "", None)
        case "default":
            menus.set_default(db, job.account, _menu(request))
        case "clear_default":
            menus.set_default(db, job.account, None)
        case "link" | "unlink":
            people.linked(db, job.id, job.account, request.first, request.count, now)
        case "delete":
            menus.gone(db, _menu(request), now, by_us=True)


def write_refusal(db: Database, job: PublishingJob, request: PlannedRequest, now: str, why: str) -> None:
    """LINE refuses people a menu, or to take theirs: they keep what they have, and the job goes on without them."""
    moving.processed(db, request, "", now)
    reasons.note_reason(db, job.id, why)


def _menu(request: PlannedRequest) -> int:
    if request.menu_id is None:
        raise ValueError(f"request {request.seq} of publishing {request.publishing_id} is about no menu")
    return request.menu_id
