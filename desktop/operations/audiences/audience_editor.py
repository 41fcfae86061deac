"""Keeping an audience from its editor. What the editor shows is counted in `reaching`, `costing`, `comparing` and `explaining`;
its names can be had from here too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.audience import clean_audience_name
from desktop.core.people.query_text import to_text
from desktop.operations.audiences.audiences import SavedAudience, condition_of, existing
from desktop.operations.audiences.comparing import LastUpload as LastUpload
from desktop.operations.audiences.comparing import last_upload as last_upload
from desktop.operations.audiences.costing import Outlook as Outlook
from desktop.operations.audiences.costing import outlook as outlook
from desktop.operations.audiences.explaining import PREVIEW as PREVIEW
from desktop.operations.audiences.explaining import PreviewPerson as PreviewPerson
from desktop.operations.audiences.explaining import preview as preview
from desktop.operations.audiences.reaching import PARTS as PARTS
from desktop.operations.audiences.reaching import EditorCounts as EditorCounts
from desktop.operations.audiences.reaching import counts as counts
from desktop.store import audiences, history
from desktop.store.audiences import Audience, audience_key
from desktop.store.condition_sql import query_context
from desktop.store.conditions.references import check_references, rename_references
from desktop.store.database import Database


def save_as(db: Database, audience_id: int | None, name: str, query: str) -> SavedAudience:
    """Keep an audience from the editor: a new one, or another name or condition for one there is.

    Args:
        db: the writer.
        audience_id: None, or the audience that was opened; if it was deleted meanwhile, a new one is made.
        name: its name.
        query: its condition as text.

    Raises:
        UserError: if another audience has the name, LINE would not take it, the query has a mistake, or names an audience that is
            not there or would then hold itself.

    Conditions elsewhere that name the audience follow a new name, as part of the same step.
    """
    clean = clean_audience_name(name)
    text = to_text(condition_of(db, query))
    with db.transaction():
        known = audiences.by_id(db, audience_id) if audience_id is not None else None
        other = audiences.find(db, clean)
        if other is not None and (known is None or other.id != known.id):
            raise UserError(message("audiences_page.name_taken", audience=other.name))
        step = history.begin_step(db, "audience_save", message("steps.audience_save", audience=clean))
        changed = _write(db, known, clean, text, step)
        check_references(db, clean)
        kept = history.finish_step(db, step, int(changed))
        saved = SavedAudience(existing(db, clean), kept)
    if known is None or audience_key(known.name) == audience_key(clean):
        return saved
    return replace(saved, changes=saved.changes | Changes.of(Kind.PLANS))


def shop_today(db: Database) -> datetime:
    """The shop's local date and time."""
    return query_context(db).now


def _write(db: Database, known: Audience | None, name: str, query: str, step: int) -> bool:
    now = history.utc_now()
    if known is None:
        audiences.create(db, name, query, now, step)
        return True
    before: dict[str, Any] = {"name": known.name, "key": audience_key(known.name), "query": known.query}
    after: dict[str, Any] = {"name": name, "key": audience_key(name), "query": query}
    if before == after:
        return False
    history.record_update(db, step, "audience", known.id, before, after)
    audiences.change(db, known.id, name, query, now)
    if before["key"] != after["key"]:
        rename_references(db, step, known.name, name)
    return True
