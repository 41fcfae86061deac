"""What the page of sending reads: which audience it goes to, the sending as it stands, and what it adds to the bill."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.figures.message_cost import SendCost, send_cost
from desktop.operations.line import sending
from desktop.operations.shop import message_plans
from desktop.store import outbox, shop
from desktop.store.condition_sql import query_context
from desktop.store.database import Database
from desktop.store.line.send_results import SendResult
from desktop.store.line.sends import Send
from desktop.store.outbox import UploadJob


@dataclass(frozen=True)
class Seen:
    """What the page shows. ``upload`` is the audience at LINE, ``send`` its draft or what was pressed; ``on`` is whether sending
    from here is switched on."""

    on: bool = False
    account: str = ""
    upload: UploadJob | None = None
    send: Send | None = None
    result: SendResult | None = None


@dataclass(frozen=True)
class Wanted:
    """What the page was opened for."""

    upload_id: int | None = None
    audience_id: int | None = None
    send_id: int | None = None


def read_sending(db: Database, wanted: Wanted) -> Seen:
    """Read the sending that was asked for; else the draft of the upload, if there is one."""
    account = str((shop.get_json(db, "line_account") or {}).get("displayName", ""))
    on = sending.switched_on(db)
    if wanted.send_id is not None:
        sent = sending.existing(db, wanted.send_id)
        upload = outbox.job(db, sent.upload_id) if sent.upload_id is not None else None
        return Seen(on, account, upload, sent, sending.result(db, sent.id))
    upload = _upload(db, wanted)
    draft = None
    if upload is not None:
        drafts = [one for one in sending.all_sends(db, upload_id=upload.id) if one.state == "draft"]
        draft = next((one for one in drafts if one.kind == "narrowcast"), None)
    return Seen(on, account, upload, draft)


def cost_of(db: Database, people: int) -> SendCost:
    """What a sending to so many people adds to this month's bill, by what LINE told last."""
    now = message_plans.plans_now(db)
    return send_cost(people, now.quota, now.country, query_context(db).now.date(), now.table)


def _upload(db: Database, wanted: Wanted) -> UploadJob | None:
    if wanted.upload_id is not None:
        return outbox.job(db, wanted.upload_id)
    usable = (
        job
        for job in outbox.jobs(db)
        if job.audience_id == wanted.audience_id and job.state == "ready" and job.kind != "delete"
    )
    return next(usable, None) if wanted.audience_id is not None else None
