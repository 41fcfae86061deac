"""One function a command: opens the shop, runs the operation, returns the answer as plain data."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli import answers
from desktop.cli.shops import changing, reading, shop_path
from desktop.core.errors import QuestionOpen, UserError, WrongUsage
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.exporter.hashed_list import Platform
from desktop.operations.audiences import audiences, exporting
from desktop.operations.audiences.audiences import AudienceNow
from desktop.operations.history import undoing
from desktop.operations.tagging import tagging
from desktop.store import audiences as stored_audiences
from desktop.store import history, people
from desktop.store.condition_sql import count, ids
from desktop.store.database import Database

Answer = dict[str, Any]


def _query(arguments: argparse.Namespace) -> str:
    return " ".join(arguments.query)


def members(arguments: argparse.Namespace) -> Answer:
    """``members QUERY``: how many match, and who they are."""
    if arguments.limit is not None and arguments.limit < 0:
        raise WrongUsage(message("cli.limit_negative"))
    with reading(shop_path(arguments.shop)) as db:
        condition = audiences.condition_of(db, _query(arguments))
        wanted = _fields(db, arguments.fields)
        found = ids(db, condition)
        shown = found if arguments.limit is None else found[: arguments.limit]
        listed = [
            {name: member.get(name) for name in wanted} if wanted else member
            for member in people.members(db, shown, notes="note" in wanted)
        ]
    return {"count": len(found), "members": listed}


def _fields(db: Database, given: list[str] | None) -> list[str]:
    names = [name.strip() for part in given or [] for name in part.split(",") if name.strip()]
    known = [*people.MEMBER_FIELDS, "note", *people.extra_columns(db)]
    for name in names:
        if name not in known:
            raise WrongUsage(message("cli.unknown_field", field=name, known=list(people.MEMBER_FIELDS)))
    return names


def count_people(arguments: argparse.Namespace) -> Answer:
    """``count QUERY``."""
    with reading(shop_path(arguments.shop)) as db:
        return {"count": count(db, audiences.condition_of(db, _query(arguments)))}


def tag(arguments: argparse.Namespace) -> Answer:
    """``tag TAG QUERY``."""
    with changing(shop_path(arguments.shop)) as db:
        selection = Selection.matching(audiences.condition_of(db, _query(arguments)))
        return answers.tag_answer(tagging.tag(db, selection, arguments.tag))


def untag(arguments: argparse.Namespace) -> Answer:
    """``untag TAG QUERY``."""
    with changing(shop_path(arguments.shop)) as db:
        selection = Selection.matching(audiences.condition_of(db, _query(arguments)))
        return answers.tag_answer(tagging.untag(db, selection, arguments.tag))


def audience(arguments: argparse.Namespace) -> Answer:
    """``audience save|list|show|export``."""
    path = shop_path(arguments.shop)
    if arguments.action == "save":
        with changing(path) as db:
            known = stored_audiences.find(db, arguments.name)
            if known is not None and known.query and not arguments.query:
                # Left out, the condition would become everybody without a word.
                raise QuestionOpen(message("audiences.which_condition", audience=known.name), option='""')
            saved = audiences.save(db, arguments.name, _query(arguments))
            return {"audiences": [answers.audience_answer(audiences.now(db, saved.audience))]}
    if arguments.action == "export":
        with changing(path) as db:
            return _exported(db, arguments)
    with reading(path) as db:
        if arguments.action == "list":
            return {
                "audiences": [
                    answers.audience_answer(_counted(db, found))
                    for found in stored_audiences.all_audiences(db)
                ]
            }
        found = audiences.existing(db, arguments.name)
        return {"audiences": [answers.audience_answer(audiences.now(db, found))]}


def _counted(db: Database, audience: stored_audiences.Audience) -> AudienceNow | stored_audiences.Audience:
    """The audience as it stands now, or only the audience where it cannot be counted: in a list the others still count."""
    try:
        return audiences.now(db, audience)
    except UserError:
        return audience


def _exported(db: Database, arguments: argparse.Namespace) -> Answer:
    found = audiences.existing(db, arguments.name)
    path = Path(arguments.file).expanduser()
    if arguments.form == "people":
        wanted = _fields(db, arguments.fields) or [*people.MEMBER_FIELDS, *people.extra_columns(db)]
        written = exporting.export_people(db, found, path, {name: name for name in wanted})
        answer = {"file": str(path), "people": written.count}
    elif arguments.form == "ids":
        written = exporting.export_user_ids(db, found, path)
        answer = {"file": str(path), "ids": written.count}
    else:
        written = exporting.export_hashed(db, found, path, Platform(arguments.form))
        answer = {
            "file": str(path),
            "rows": written.count,
            "emails": written.emails,
            "phones": written.phones,
        }
    exporting.note(db, written)
    return answer


def steps(arguments: argparse.Namespace) -> Answer:
    """``history``."""
    with reading(shop_path(arguments.shop)) as db:
        return {"steps": [answers.step_answer(step) for step in history.steps(db)]}


def undo(arguments: argparse.Namespace) -> Answer:
    """``undo [STEP]``."""
    with changing(shop_path(arguments.shop)) as db:
        return answers.undo_answer(undoing.undo(db, arguments.step))


def redo(arguments: argparse.Namespace) -> Answer:
    """``redo``."""
    with changing(shop_path(arguments.shop)) as db:
        return answers.undo_answer(undoing.redo(db))
