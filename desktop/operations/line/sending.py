"""Sending messages from here to an uploaded audience: off until the owner switches it on. A draft is checked by LINE, its cost
and LINE's reservation are shown, and it goes out only after the number of people was typed; then the narrowcaster works."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.limits import TEXT, line_length
from desktop.core.message import Message, message
from desktop.line_api import audience_groups, messages
from desktop.line_api.account import Quota, account, quota
from desktop.line_api.client import LineClient
from desktop.line_api.errors import OutcomeUnknown
from desktop.line_api.uploading.hooks import InDatabase
from desktop.store import history, outbox, people, shop
from desktop.store.database import Database
from desktop.store.line import day_figures, send_results, sends
from desktop.store.line.send_results import SendResult
from desktop.store.line.sends import Draft, Send

Messages = Sequence[Mapping[str, Any]]
"""Message objects as LINE's reference writes them."""

_CHANGED = Changes.of(Kind.OUTBOX, count=1)
_SWITCH = "sending_on"
_TEST_TRIES = 3


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """A sending as it stands after an action."""

    send: Send
    changes: Changes = field(default=_CHANGED)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sending would need, as LINE tells it now.

    Attributes:
        people: how many people get it at most; the number to be typed, and LINE's ``limit.max``.
        quota: this month's messages.
        target_reach: all friends LINE could send to, None if not known: what LINE would reserve without a limit.
        reserved: messages LINE sets aside until the sending is over.
        missing: messages the quota lacks for everybody; 0 if it is enough.
        ready: whether LINE can use the audience now.
        notes: the same in sentences.
    """

    people: int
    quota: Quota
    target_reach: int | None
    reserved: int
    missing: int
    ready: bool
    notes: tuple[Message, ...]


def switched_on(db: Database) -> bool:
    """Whether the owner wants to send from here at all."""
    return shop.get(db, _SWITCH, "0") == "1"


def switch(db: Database, on: bool) -> Changes:
    """Allow sending from here, or not; what LINE has accepted goes on being watched."""
    with db.transaction():
        shop.put(db, _SWITCH, "1" if on else "0")
    return Changes.of(Kind.SHOP)


def text_message(text: str) -> dict[str, Any]:
    """A text as a message object."""
    return {"type": "text", "text": text}


def check_messages(wanted: Messages) -> None:
    """Check what can be checked without LINE: 1 to 5 messages, no empty text, none longer than 5,000 UTF-16 units.

    Raises:
        UserError: for the first rule that is broken.
    """
    if not 1 <= len(wanted) <= TEXT.messages_per_request:
        raise UserError(message("sending.how_many_messages", n=len(wanted), limit=TEXT.messages_per_request))
    for number, one in enumerate(wanted, 1):
        if one.get("type") != "text":
            continue
        text = one.get("text")
        if not isinstance(text, str) or not text.strip():
            raise UserError(message("sending.empty_text", number=number))
        if (length := line_length(text)) > TEXT.message_text:
            raise UserError(
                message("sending.long_text", number=number, length=length, limit=TEXT.message_text)
            )


def draft(db: Database, upload_id: int, wanted: Messages, *, silent: bool = False) -> SendOutcome:
    """Keep a draft to the audience of a finished upload. Nothing leaves this computer.

    Raises:
        UserError: if sending is switched off, LINE cannot use the audience yet, or the messages break a rule.
    """
    _refuse_if_off(db)
    check_messages(wanted)
    upload = outbox.job(db, upload_id)
    if upload is None or upload.audience_group_id is None or upload.state != "ready":
        raise UserError(message("sending.not_uploaded"), cure=message("sending.not_uploaded_cure"))
    made = Draft(
        "narrowcast",
        upload.id,
        upload.audience_id,
        upload.audience,
        upload.line_name,
        upload.audience_group_id,
        wanted,
        silent,
    )
    with db.transaction():
        return SendOutcome(existing(db, sends.draft(db, made, history.utc_now())))


def rewrite(db: Database, send_id: int, wanted: Messages, *, silent: bool = False) -> SendOutcome:
    """Change what a draft says.

    Raises:
        UserError: if it is no draft any more, or the messages break a rule.
    """
    check_messages(wanted)
    with db.transaction():
        if not sends.rewrite(db, send_id, wanted, silent=silent, now=history.utc_now()):
            raise UserError(message("sending.no_draft"))
        return SendOutcome(existing(db, send_id))


def discard(db: Database, send_id: int) -> Changes:
    """Throw a draft away.

    Raises:
        UserError: if it is no draft any more.
    """
    with db.transaction():
        if not sends.discard(db, send_id):
            raise UserError(message("sending.no_draft"))
    return _CHANGED


def validate(client: LineClient, wanted: Messages) -> None:
    """Ask LINE whether it would take these messages; sends nothing and costs nothing. Needs the network.

    Raises:
        UserError: if a rule that needs no LINE is broken.
        LineProblem: Refused with the part LINE does not take; RetryLater or SignInAgain.
    """
    check_messages(wanted)
    messages.validate(client, wanted)


def estimate(client: LineClient, in_database: InDatabase, send_id: int) -> Estimate:
    """What a sending needs of this month's quota, as LINE tells it now. Needs the network; sends nothing.

    Raises:
        UserError: if there is no such sending.
        LineProblem: RetryLater, SignInAgain or Refused (also where the audience is gone).
    """
    wanted = in_database(lambda db: existing(db, send_id))
    if wanted.audience_group_id is None:
        raise UserError(message("sending.not_uploaded"), cure=message("sending.not_uploaded_cure"))
    number = in_database(lambda db: people_of(db, wanted))
    group = audience_groups.get(client, wanted.audience_group_id)
    month = quota(client)
    reach = in_database(_target_reach)
    missing = 0 if month.left is None else max(0, number - month.left)
    reserved = number if reach is None else min(number, reach)
    reserved = reserved if month.left is None else min(reserved, month.left)
    notes = _notes(number, reserved, missing, month, reach)
    return Estimate(number, month, reach, reserved, missing, group.status == "READY", notes)


def people_of(db: Database, wanted: Send) -> int:
    """How many people a sending may reach at most: what LINE counted in the audience, else what was uploaded. This is the number
    to be typed."""
    if wanted.state != "draft":
        return wanted.people
    upload = outbox.job(db, wanted.upload_id) if wanted.upload_id is not None else None
    if upload is None:
        return 0
    return upload.line_count if upload.line_count is not None else upload.ids


def press(db: Database, send_id: int, typed: int, *, up_to_quota: bool = False) -> SendOutcome:
    """The owner typed the number of people: the draft is fixed, and goes out now. Listed in the history, not undoable.

    Args:
        db: the shop file.
        send_id: the draft.
        typed: the number of people as typed.
        up_to_quota: send to fewer where the quota does not reach; else LINE refuses the whole.

    Raises:
        UserError: if sending is switched off or paused after a restore, the number is another, or it is no draft any more.
    """
    with db.transaction():
        _refuse_if_off(db)
        wanted = existing(db, send_id)
        number = people_of(db, wanted)
        if wanted.kind != "narrowcast" or wanted.state != "draft" or number < 1:
            raise UserError(message("sending.no_draft"))
        if typed != number:
            raise UserError(message("sending.wrong_number", typed=typed))
        title = message("sending.step_send", audience=wanted.audience, n=number)
        step = history.list_only(db, "send", title, number)
        sends.press(db, send_id, number, up_to_quota=up_to_quota, step_id=step, now=history.utc_now())
        return SendOutcome(existing(db, send_id), _CHANGED | Changes.of(Kind.HISTORY))


def confirm(db: Database, send_id: int) -> SendOutcome:
    """The owner's one press after a restart or a stop: the sending goes on. Where LINE may have it already, the same request is
    repeated with its retry key, which LINE accepts once only.

    Raises:
        UserError: if sending is switched off or paused, or this one is not waiting for a press.
    """
    with db.transaction():
        _refuse_if_off(db)
        if not sends.confirm(db, send_id, history.utc_now()):
            raise UserError(message("sending.nothing_to_confirm"))
        return SendOutcome(existing(db, send_id))


def cancel(db: Database, send_id: int) -> SendOutcome:
    """Take a sending back that has not left. LINE has no call to stop one it accepted; where it may have it, the row says so.

    Raises:
        UserError: if it is leaving at this moment, or LINE has it.
    """
    with db.transaction():
        wanted = existing(db, send_id)
        if wanted.state not in ("waiting", "unknown", "action_needed"):
            raise UserError(message("sending.cannot_cancel"))
        perhaps = wanted.left_at is not None
        state, note = ("lost", message("sending.perhaps_sent")) if perhaps else ("cancelled", None)
        sends.move(db, send_id, state, history.utc_now(), note)
        return SendOutcome(existing(db, send_id))


def existing(db: Database, send_id: int) -> Send:
    """The sending of this number.

    Raises:
        UserError: if there is none.
    """
    found = sends.send(db, send_id)
    if found is None:
        raise UserError(message("sending.unknown", id=str(send_id)))
    return found


def all_sends(db: Database, *, upload_id: int | None = None) -> list[Send]:
    """What was sent where and when, drafts included, newest first; of one upload if it is named. No recipient stands there."""
    return sends.sends(db, upload_id=upload_id)


def result(db: Database, send_id: int) -> SendResult | None:
    """What LINE counted of a sending; None in a count of people: fewer than 20. None if it was never read (see syncing)."""
    return send_results.result_of(db, send_id)


def after_restart(db: Database) -> int:
    """Called once when a shop is opened for writing: nothing of before goes out without a press. Returns how many sendings wait
    for one."""
    with db.transaction():
        return sends.after_restart(db)


def waiting_for_a_press(db: Database) -> list[Send]:
    """Sendings pressed before the last start that wait for one more press."""
    return sends.unconfirmed(db)


def send_test(client: LineClient, in_database: InDatabase, wanted: Messages, person_id: int) -> SendOutcome:
    """Send the messages to one person, the owner herself as a rule, after LINE's own check. It counts as one message. Needs the
    network. The switch of :func:`switch` is for sending to guests and does not matter here: whoever calls this has asked the
    owner for this one message and said what it costs.

    Raises:
        UserError: if sending is paused after a restore, that person has no user ID, or a rule is broken.
        LineProblem: of any fate; OutcomeUnknown: the message may have arrived.
    """
    user_id = in_database(lambda db: _test_person(db, person_id))
    validate(client, wanted)
    me = account(client).user_id
    made = Draft("test", None, None, "", "", None, wanted)
    key = str(uuid.uuid4())

    def begin(db: Database) -> int:
        with db.transaction():
            number = sends.draft(db, made, history.utc_now())
            title = message("sending.step_test")
            step = history.list_only(db, "send", title, 1)
            sends.press(db, number, 1, up_to_quota=False, step_id=step, now=history.utc_now(), retry_key=key)
            sends.begin_sending(db, number, me, history.utc_now(), history.utc_now())
            return number

    number = in_database(begin)

    def settle(db: Database, state: str, request_id: str = "") -> SendOutcome:
        with db.transaction():
            if request_id:
                sends.accepted(db, number, request_id, history.utc_now())
            sends.move(db, number, state, history.utc_now())
            return SendOutcome(existing(db, number), _CHANGED | Changes.of(Kind.HISTORY))

    for left in reversed(range(_TEST_TRIES)):
        try:
            request_id = messages.push(client, user_id, wanted, key).request_id
            return in_database(partial(settle, state="sent", request_id=request_id))
        except OutcomeUnknown:
            if not left:
                in_database(lambda db: settle(db, "lost"))
                raise
        except UserError:
            in_database(lambda db: settle(db, "refused"))
            raise
    raise AssertionError("the last try returns or raises")


def _refuse_if_off(db: Database) -> None:
    if not switched_on(db):
        raise UserError(message("sending.off"), cure=message("sending.off_cure"))
    _refuse_if_paused(db)


def _refuse_if_paused(db: Database) -> None:
    if shop.get(db, "uploads_paused") == "1":
        raise UserError(message("outbox.paused"), cure=message("outbox.paused_cure"))


def _test_person(db: Database, person_id: int) -> str:
    _refuse_if_paused(db)
    found = people.user_ids(db, [person_id])
    if not found:
        raise UserError(message("sending.no_user_id"))
    return found[0]


def _target_reach(db: Database) -> int | None:
    known = [one.target_reach for one in day_figures.day_figures(db) if one.target_reach is not None]
    if known:
        return known[-1]
    seen = (shop.get_json(db, "line_figures") or {}).get("targetedReaches")
    return seen if isinstance(seen, int) else None


def _notes(number: int, reserved: int, missing: int, month: Quota, reach: int | None) -> tuple[Message, ...]:
    notes = [message("sending.note_people", n=number)]
    if month.left is None:
        notes.append(message("sending.note_no_limit"))
    else:
        notes.append(message("sending.note_left", left=month.left, value=month.value, used=month.used))
    if reach is not None and reach > number:
        notes.append(message("sending.note_reserved", reach=reach, reserved=reserved))
    if missing:
        notes.append(message("sending.note_missing", n=missing))
    return tuple(notes)
