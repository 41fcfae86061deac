"""Changing one person by hand and adding a new one: what is typed is cleaned as in a file, each change is one step that can be
undone, and from then on imports leave the field alone until it is given back to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.member_page import editing
from desktop.store.member_page.editing import EDITABLE, EXTRA, UNIQUE_KEYS
from desktop.store.undo.turn_report import Affected

__all__ = [
    "EDITABLE",
    "Edited",
    "FieldsRefused",
    "KnownAlready",
    "add_person",
    "edit",
    "give_back",
    "write_note",
]

_CHANGED = Changes.of(Kind.PEOPLE, Kind.ORDERS, Kind.HISTORY, count=1)
_WHO = ("name", "line_name", "member_no", "line_user_id", "phone", "email")


class FieldsRefused(UserError):
    """Some of the fields cannot be kept as typed; nothing was changed.

    Attributes:
        fields: field → what is wrong with it.
    """

    def __init__(self, fields: Mapping[str, Message]) -> None:
        super().__init__(next(iter(fields.values())))
        self.fields = dict(fields)


class KnownAlready(FieldsRefused):
    """A number belongs to somebody else in the shop.

    Attributes:
        person: who she is; ``field`` is the number's field.
    """

    def __init__(self, field_name: str, person: Affected) -> None:
        name = person.name or person.member_no or message("members.nameless")
        super().__init__({field_name: message(f"member.known.{field_name}", name=name)})
        self.field = field_name
        self.person = person


@dataclass(frozen=True, slots=True)
class Edited:
    """What a change by hand came to.

    Args:
        person: who was changed or added.
        step: the step, None if everything was so already.
        shared: phone or e-mail → others who have the same; families share them, so it is only told.
    """

    person: int
    step: int | None
    shared: Mapping[str, Sequence[Affected]] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)


def edit(db: Database, person: int, fields: Mapping[str, Any]) -> Edited:
    """Change fields of a person by hand, as one step.

    Args:
        fields: field (one of EDITABLE, or ``extra:<column>``) → what was typed, or the value itself; "" and None empty it.

    Raises:
        FieldsRefused: if a value cannot be kept (for each field what is wrong).
        KnownAlready: if a member number or LINE user ID is somebody else's.
        UserError: if the person is gone, or nothing would be left to tell who she is.
    """
    with db.transaction():
        values = _cleaned(db, fields)
        now = _person(db, person)
        changed = {name: value for name, value in values.items() if value != now.get(name)}
        if not any({**now, **changed}[name] for name in _WHO):
            raise UserError(message("member.nobody_left"))
        _refuse_taken(db, changed, UNIQUE_KEYS, person)
        title = _title(person, now, changed)
        step = history.begin_step(db, "edit", title)
        marked = now["by_hand"] | changed.keys()
        count = editing.change(db, step, person, changed, marked) if changed else 0
        kept = history.finish_step(db, step, count)
    return Edited(person, kept, _shared(db, changed, person), _CHANGED if kept else Changes())


def write_note(db: Database, person: int, text: str, *, into: int | None = None) -> Edited:
    """Keep a note while it is being written: as one step, however often it is saved on the way.

    Args:
        text: the whole note.
        into: the step of the last save; it takes in this one too if nothing else happened since.

    Raises:
        UserError: if the person is gone.
    """
    with db.transaction():
        note = _cleaned(db, {"note": text})["note"]
        now = _person(db, person)
        if note == now["note"]:
            return Edited(person, into)
        if into is not None and editing.go_on(db, into, person, note):
            return Edited(person, into, changes=_CHANGED)
        step = history.begin_step(db, "note", message("steps.note", name=_name(now), person=person))
        count = editing.change(db, step, person, {"note": note}, now["by_hand"] | {"note"})
        kept = history.finish_step(db, step, count)
    return Edited(person, kept, changes=_CHANGED)


def give_back(db: Database, person: int, field_name: str) -> Edited:
    """Let imports change a field again that was set by hand, as one step; its value stays until one does.

    Raises:
        UserError: if the person is gone.
    """
    with db.transaction():
        now = _person(db, person)
        title = message("steps.give_back", name=_name(now), person=person, field=_field_name(field_name))
        step = history.begin_step(db, "give_back", title)
        count = editing.change(db, step, person, {}, now["by_hand"] - {field_name})
        kept = history.finish_step(db, step, count)
    return Edited(person, kept, changes=_CHANGED if kept else Changes())


def add_person(db: Database, fields: Mapping[str, Any], *, shared: bool = False) -> Edited:
    """Add a person by hand, as one step. Orders that wait for one of her numbers become hers.

    Args:
        fields: as in :func:`edit`.
        shared: whether phone and e-mail may be somebody else's too, as families share them.

    Raises:
        FieldsRefused: if a value cannot be kept.
        KnownAlready: if one of the numbers is somebody's already; ``person`` is who.
        UserError: if nothing tells who she is.
    """
    with db.transaction():
        values = {name: value for name, value in _cleaned(db, fields).items() if value is not None}
        if not any(values.get(name) for name in _WHO):
            raise UserError(message("member.nobody_new"))
        _refuse_taken(db, values, UNIQUE_KEYS if shared else editing.KEYS, None)
        step = history.begin_step(db, "add_person", message("steps.add_person", name=_name(values)))
        person = editing.add(db, step, values)
        title = message("steps.add_person", name=_name(values), person=person)
        history.finish_step(db, step, 1, title)
    return Edited(person, step, _shared(db, values, person), _CHANGED)


def _person(db: Database, person: int) -> dict[str, Any]:
    now = editing.fields_of(db, person)
    if now is None:
        raise UserError(message("member.gone"))
    return now


def _cleaned(db: Database, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Typed texts as the values the shop keeps."""
    from desktop.importer.columns.readers import PLAIN, cell_reader

    zone, country = shop.get(db, "zone", "Asia/Taipei"), shop.get(db, "country", "TW")
    values: dict[str, Any] = {}
    wrong: dict[str, Message] = {}
    for name, typed in fields.items():
        if name not in EDITABLE and not name.startswith(EXTRA):
            raise ValueError(f"{name} is not a field that can be edited")
        if isinstance(typed, str):
            kind = "extra" if name.startswith(EXTRA) else name
            outcome = cell_reader(kind, "", PLAIN, zone=zone, country=country)(typed)
            if outcome.problem is not None:
                wrong[name] = message(f"importing.problem.{outcome.problem}")
            typed = outcome.value
        values[name] = int(typed) if isinstance(typed, bool) else typed
    if wrong:
        raise FieldsRefused(wrong)
    if "do_not_send" in values:
        values["do_not_send"] = values["do_not_send"] or 0
    return values


def _refuse_taken(db: Database, values: Mapping[str, Any], keys: Sequence[str], person: int | None) -> None:
    for key in keys:
        if values.get(key) is not None:
            others = editing.holders(db, key, values[key], other_than=person)
            if others:
                raise KnownAlready(key, others[0])


def _shared(db: Database, values: Mapping[str, Any], person: int) -> dict[str, list[Affected]]:
    found = {
        key: editing.holders(db, key, values[key], other_than=person)
        for key in ("phone", "email")
        if values.get(key) is not None
    }
    return {key: others for key, others in found.items() if others}


def _title(person: int, now: Mapping[str, Any], changed: Mapping[str, Any]) -> Message:
    name = _name(now)
    if len(changed) == 1:
        return message("steps.edit", name=name, person=person, field=_field_name(next(iter(changed))))
    return message("steps.edit_fields", name=name, person=person, n=len(changed))


def _name(fields: Mapping[str, Any]) -> Any:
    return next((fields[key] for key in _WHO if fields.get(key)), message("members.nameless"))


def _field_name(name: str) -> Any:
    return name.removeprefix(EXTRA) if name.startswith(EXTRA) else message(f"query.field.{name}")
