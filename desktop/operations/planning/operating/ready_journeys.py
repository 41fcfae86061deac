"""Ready-made journeys in the shop's own words: a stage is there only where the shop's data can tell who has reached it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from desktop.core.figures import kpi
from desktop.core.message import Message, message
from desktop.core.people.condition import Condition, Op, Or, Term
from desktop.core.people.query_text import to_text
from desktop.core.people.tag import tag_key
from desktop.core.planning.operating.journey import Journey, JourneyStage
from desktop.operations.insights.questions import Questions
from desktop.operations.planning import plans
from desktop.store import history, tags
from desktop.store.database import Database
from desktop.text import render

ANSWERED = ("問卷", "已填答", "アンケート", "survey", "questionnaire")
"""Words in a tag's name that say that somebody answered a questionnaire."""

COUPON = ("券", "優惠碼", "折扣碼", "クーポン", "coupon", "voucher")
"""Words in a tag's name that say that somebody took a coupon."""

_WAIT_FIRST, _WAIT_AGAIN, _WAIT = 7, 45, 3
"""Days until somebody is spoken to: after binding without a purchase, after a purchase where no cycle is known, otherwise."""

_FILES = 5


@dataclass(frozen=True, slots=True)
class ReadyJourney:
    """A ready-made journey.

    Args:
        id: welcome, member or loyal.
        hint: one line on what it shows.
        journey: it, with the shop's own queries.
        left_out: stages the shop's data cannot tell, each with what would bring it in.
    """

    id: str
    hint: Message
    journey: Journey
    left_out: tuple[Message, ...] = ()


def ready_journeys(db: Database) -> tuple[ReadyJourney, ...]:
    """Those that fit the shop's data and are not kept yet; () for a shop without anybody.

    Args:
        db: any connection, in its thread.
    """
    kept = {plan.content.get("ready") for plan in plans.all_of(db, "journey")}
    shop = _Shop(db)
    found = (one for make in (_member, _welcome, _loyal) for one in make(shop))
    return tuple(one for one in found if one.id not in kept)


class _Shop:
    """What the ready-made journeys go by."""

    def __init__(self, db: Database) -> None:
        asked = Questions(db)
        cycle = asked.context.repurchase() if asked.has_orders else None
        self.again_days = ceil(cycle.cycle_days) if cycle else _WAIT_AGAIN
        self.has_cycle = cycle is not None
        self.has_orders = asked.has_orders
        self.friends, self.members = asked.counts([kpi.FRIENDS, kpi.MEMBERS])
        names = [tag.name for tag in tags.all_tags(db) if tag.people]
        self.answered = _tagged(names, ANSWERED) or _imported_answers(db)
        self.coupon = _tagged(names, COUPON)


def _tagged(names: list[str], words: tuple[str, ...]) -> str:
    """The query of people with a tag of which the name has one of these words; "" if there is none."""
    return _one_of([Term("tag", Op.HAS, name) for name in names if any(w in tag_key(name) for w in words)])


def _imported_answers(db: Database) -> str:
    """The query of people in imported form answers; "" if there were none."""
    files = dict.fromkeys(
        str(step.title.params.get("file"))
        for step in history.steps(db)
        if step.title.key == "steps.import_form_answers" and not step.undone
    )
    return _one_of([Term("import", Op.EQ, file) for file in list(files)[:_FILES]])


def _one_of(terms: list[Term]) -> str:
    parts: tuple[Condition, ...] = tuple(terms)
    return to_text(parts[0] if len(parts) == 1 else Or(parts)) if parts else ""


def _member(shop: _Shop) -> Iterator[ReadyJourney]:
    """綁定 → 填問卷 → 領券 → 首購 → 再購."""
    if not shop.members:
        return
    stages = [_stage("bound", kpi.BOUND, "bound_at")]
    left_out: list[Message] = []
    if shop.answered:
        stages.append(_stage("answered", shop.answered, "bound_at", _WAIT_FIRST))
    else:
        left_out.append(message("operating.left_out_answered"))
    if shop.coupon:
        stages.append(_stage("coupon", shop.coupon, "bound_at", _WAIT_FIRST))
    else:
        left_out.append(message("operating.left_out_coupon"))
    stages += _purchases(shop, left_out)
    if len(stages) > 1:
        yield _ready("member", stages, left_out)


def _welcome(shop: _Shop) -> Iterator[ReadyJourney]:
    """New friend → bound → first purchase."""
    if not shop.friends:
        return
    left_out: list[Message] = []
    stages = [
        _stage("friend", kpi.FRIENDS, "friend_at"),
        _stage("bound", kpi.BOUND, "bound_at", _WAIT_FIRST),
        *_purchases(shop, left_out)[:1],
    ]
    yield _ready("welcome", stages, left_out)


def _loyal(shop: _Shop) -> Iterator[ReadyJourney]:
    """First purchase → second → third → active."""
    if not shop.has_orders:
        return
    stages = [
        _stage("first_purchase", kpi.BUYERS, "last_order", shop.again_days),
        _stage("repeat_purchase", kpi.REPEAT, "last_order", shop.again_days),
        _stage("third_purchase", "order_days:>=3", "last_order", shop.again_days),
    ]
    if shop.has_cycle:
        stages.append(_stage("active", "nasl:A", "last_order", shop.again_days))
    yield _ready("loyal", stages, [])


def _purchases(shop: _Shop, left_out: list[Message]) -> list[JourneyStage]:
    if not shop.has_orders:
        left_out.append(message("operating.left_out_orders"))
        return []
    return [
        _stage("first_purchase", kpi.BUYERS, "last_order", shop.again_days),
        _stage("repeat_purchase", kpi.REPEAT, "last_order", shop.again_days),
    ]


def _stage(name: str, query: str, since: str, wait: int = _WAIT) -> JourneyStage:
    """A stage under the name and with the advice that its texts give it."""
    called = render(message(f"operating.journey_stage.{name}"))
    advice = render(message(f"operating.journey_advice.{name}"))
    return JourneyStage(name, called, query, since, wait, advice)


def _ready(name: str, stages: list[JourneyStage], left_out: list[Message]) -> ReadyJourney:
    title = render(message(f"operating.journey.{name}"))
    hint = message(f"operating.journey.{name}.hint")
    return ReadyJourney(name, hint, Journey(title, tuple(stages), {}, name), tuple(left_out))
