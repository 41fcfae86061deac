"""One person's page: what is known of her and whether she can be reached, what was done with her, and everything the shop
keeps of her as a file, which she may ask for (Personal Data Protection Act of Taiwan, Art. 3 and 10)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.message import Message, message
from desktop.store.database import Database
from desktop.store.member_page import card as cards
from desktop.store.member_page.card import ImportSeen, MemberCard, OrderLine
from desktop.store.undo import step_list
from desktop.store.undo.step_list import ListedStep

__all__ = ["MemberCard", "MemberSteps", "Reach", "card", "merged_into", "more_orders", "reach", "steps_of"]

STEPS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether messages can reach a person: True, False, or None where nobody knows; and why, in the owner's words."""

    reachable: bool | None
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class MemberSteps:
    """What was done with a person: the newest steps of ``count``, and the files she came from."""

    steps: tuple[ListedStep, ...]
    count: int
    imports: tuple[ImportSeen, ...]


def card(db: Database, person: int) -> MemberCard | None:
    """Everything about one person; None if she is not there (any more)."""
    return cards.card(db, person)


def merged_into(db: Database, person: int) -> int | None:
    """In whom somebody who is gone went on; None if she was not merged."""
    return cards.merged_into(db, person)


def more_orders(db: Database, person: int, offset: int, limit: int = 200) -> tuple[OrderLine, ...]:
    """Further orders of a person, newest first, from the ``offset``-th on."""
    return cards.orders(db, person, limit=limit, offset=offset)


def steps_of(db: Database, person: int, limit: int = STEPS_SHOWN) -> MemberSteps:
    """The steps that concern a person, newest first, and the files among them. Not for the window's own connection: it goes
    through all tag changes of the shop."""
    numbers = step_list.steps_of(db, person)
    listed = step_list.listed(db, numbers[:limit])
    return MemberSteps(
        tuple(listed[number] for number in numbers[:limit] if number in listed),
        len(numbers),
        cards.imports_of(db, numbers),
    )


def reach(one: MemberCard) -> Reach:
    """Whether and why (not) a person gets messages (SEMANTICS, "Reachable"): a user ID, no block, no refusal, not switched
    off, and not found to be no friend any more; who was never checked is unknown."""
    fields = one.fields
    against = [
        message(f"member.reach.{why}")
        for why, holds in (
            ("no_user_id", not fields["line_user_id"]),
            ("blocked", fields["blocked"] == 1),
            ("no_consent", fields["consent"] == 0),
            ("switched_off", bool(fields["do_not_send"])),
            ("no_friend", fields["friend"] == 0),
        )
        if holds
    ]
    if against:
        return Reach(False, tuple(against))
    if fields["friend"] is None:
        return Reach(None, (message("member.reach.never_checked"),))
    return Reach(True, (message("member.reach.friend"),))
