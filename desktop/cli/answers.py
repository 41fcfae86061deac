"""The answers of commands as plain data, exactly as documented in docs/cli.md: what ``--json`` prints."""

from __future__ import annotations

from typing import Any

from desktop.importer.checking.report import Report
from desktop.operations.audiences.audiences import AudienceNow
from desktop.operations.history.undoing import UndoOutcome
from desktop.operations.tagging.tagging import TagOutcome
from desktop.store.audiences import Audience
from desktop.store.history import Step
from desktop.store.undo.turn_report import Affected
from desktop.text import render


def import_answer(report: Report) -> dict[str, Any]:
    """One imported sheet."""
    return {
        "file": report.file,
        "kind": report.kind,
        "sheet": report.sheet,
        "encoding": report.encoding,
        "header_row": report.header_row,
        "rows": report.rows,
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": [{"sheet": s.sheet, "row": s.row, "reason": render(s.reason)} for s in report.skipped],
        "problems": [
            {"sheet": p.sheet, "row": p.row, "column": p.column, "value": p.value, "reason": render(p.reason)}
            for p in report.problems
        ],
        "not_data": report.not_data,
        "repaired": report.repaired,
        "mapping": report.mapping,
        "possible_duplicates": [
            {"sheet": report.sheet, "row": d.row, "id": d.person_id, "member_no": d.member_no}
            for d in report.possible_duplicates
        ],
        "ambiguous": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "candidates": [
                    {"id": one.id, "name": one.name, "member_no": one.member_no} for one in row.candidates
                ],
            }
            for row in report.ambiguous
        ],
        "unknown_buyers": report.unknown_buyers,
        "tags": [{"tag": g.tag, "people": g.people, "is_new": g.is_new} for g in report.tag_preview],
    }


def tag_answer(outcome: TagOutcome) -> dict[str, Any]:
    """What putting on or taking off a tag came to."""
    return {
        "changed": outcome.changed,
        "already": outcome.already,
        "full": [_person(person) for person in outcome.full],
    }


def audience_answer(now: AudienceNow | Audience) -> dict[str, Any]:
    """One saved audience; an audience without its figures is one that cannot be counted."""
    audience, reach = (now, None) if isinstance(now, Audience) else (now.audience, now.reach)
    return {
        "name": audience.name,
        "query": audience.query,
        "members": None if reach is None else reach.people,
        "uploadable": None if reach is None else reach.reachable,
        "last_upload": audience.last_upload,
    }


def step_answer(step: Step) -> dict[str, Any]:
    """One step of the history."""
    return {
        "id": step.id,
        "at": step.at,
        "kind": step.kind,
        "name": render(step.title),
        "changed": step.changed,
        "undone": step.undone,
    }


def undo_answer(outcome: UndoOutcome) -> dict[str, Any]:
    """What undo or redo came to."""
    return {
        "step": outcome.step.id,
        "reverted": outcome.reverted,
        "kept": [_person(affected) for affected in outcome.kept],
        "impossible": [_person(affected) for affected in outcome.impossible],
    }


def _person(affected: Affected) -> dict[str, Any]:
    named: dict[str, Any] = {"id": affected.id, "member_no": affected.member_no, "name": affected.name}
    if affected.kind != "person":
        named["kind"] = affected.kind
    return named
