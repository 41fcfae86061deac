"""LINE's limits and prices as dated data, so that no other module writes such a number down.

Limits are those of LINE's Messaging API reference as read on ``READ_ON``. Prices and plan limits change: each
plan carries the day it came into force and where it was read, and an owner's own prices may take its place.
Where no source names a step of a price, ``tiers_complete`` is false and an estimate has to say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

READ_ON = date(2026, 8, 7)
"""The day on which LINE's Messaging API reference and guides were read for this module."""

USER_ID_PATTERN = r"U[0-9a-f]{32}"
"""A LINE user ID, 33 characters; one value per provider. Messaging API reference, "user ID"."""

IFA_PATTERN = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
"""An advertising ID as phones write it (a UUID); such audiences need an application to LINE."""

_USER_ID = re.compile(USER_ID_PATTERN)


def is_user_id(text: str) -> bool:
    """Whether the text is exactly one LINE user ID (lower-case hex, nothing around it)."""
    return _USER_ID.fullmatch(text) is not None


def line_length(text: str) -> int:
    """The length LINE counts: UTF-16 code units, so 🍎 counts 2.

    Messaging API docs, "character counting". Rich menu texts and action labels are the exceptions: those are
    counted in grapheme clusters.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class AudienceLimits:
    """Limits of audiences for uploading user IDs. Source: Messaging API reference, "Manage audience".

    Lengths are UTF-16 code units, ages are seconds, sizes are bytes.
    """

    name_length: int = 120
    upload_description_length: int = 300
    ids_per_json: int = 10_000
    ids_per_file: int = 1_500_000
    audiences_per_channel: int = 1_000
    life_seconds: int = 15_552_000
    """180 days from creation; adding IDs does not prolong it."""
    deleted_after_expiry_seconds: int = 2_592_000
    """Expired audiences are deleted "a month later": taken as 30 days."""
    jobs_shown: int = 50
    concurrent_jobs: int = 10
    """Jobs of one audience that may be QUEUED or WORKING at once; beyond it 429."""
    list_page_size: int = 40
    list_page_size_default: int = 20
    advised_timeout_seconds: int = 30
    """LINE strongly recommends a timeout of "30 seconds or more" for adding IDs."""
    demographic_minimum: int = 50
    """An upload audience alone has no minimum; with any demographic filter 50 recipients are needed."""


AUDIENCE = AudienceLimits()


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Limits of requests in general. Source: Messaging API reference, "Status codes" and each call."""

    json_body_bytes: int = 2_000_000
    """413 above "2MB", taken narrowly; it cannot hold for ID files: 1,500,000 IDs are 51,000,000 bytes."""
    follower_ids_default: int = 300
    follower_ids: int = 1_000
    follower_page_token_seconds: int = 86_400
    stateless_token_seconds: int = 900
    insight_first_day: date = date(2016, 11, 1)
    """Before this day the follower insight answers ``out_of_service``."""
    retry_key_seconds: int = 86_400


REQUEST = RequestLimits()


@dataclass(frozen=True, slots=True)
class TextLimits:
    """Limits of texts a shop writes.

    Messages: Messaging API reference, "Message objects", in UTF-16 code units. Greeting and chat tags: the
    forms of LINE Official Account Manager, where every character, newline and emoji counts 1.
    """

    message_text: int = 5_000
    messages_per_request: int = 5
    greeting_balloon: int = 500
    greeting_balloons: int = 5
    greeting_balloons_advised: int = 3
    chat_tag_name: int = 20


TEXT = TextLimits()


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most ``requests`` in ``seconds``: a token bucket per channel and endpoint (the method counts)."""

    requests: int
    seconds: int


RATES: Mapping[str, RateLimit] = MappingProxyType(
    {
        "audience": RateLimit(60, 60),
        "narrowcast": RateLimit(60, 3_600),
        "broadcast": RateLimit(60, 3_600),
        "insight": RateLimit(60, 3_600),
        "rich_menu_create": RateLimit(100, 3_600),
        "rich_menu_delete": RateLimit(100, 3_600),
        "rich_menu_batch": RateLimit(3, 3_600),
        "rich_menu_list": RateLimit(10, 1),
        "multicast": RateLimit(200, 1),
        "short_lived_token": RateLimit(370, 1),
        "other": RateLimit(2_000, 1),
    }
)
"""Rate limits by kind of endpoint; each endpoint of a kind has its own bucket.

Source: Messaging API reference, "Rate limits".
"""


@dataclass(frozen=True, slots=True)
class ExtraTier:
    """The price of one extra message, up to the ``upto``-th extra one (None: all further ones)."""

    upto: int | None
    price: Decimal


@dataclass(frozen=True, slots=True)
class MessagePlan:
    """One monthly plan of LINE Official Account, without tax.

    ``monthly_fee`` is in whole units of ``currency``, ``included`` in messages. ``tiers`` rise by ``upto``;
    without tiers the plan sells no extra messages. ``tiers_complete`` false: cheaper steps follow with bounds
    no source names, so the last known price is an upper bound; ``lowest_price`` is the last one, if known.
    ``since`` None: already in force when first read. ``until`` None: still in force on ``read_on``.
    """

    country: str
    plan: str
    currency: str
    monthly_fee: int
    included: int
    source: str
    tiers: tuple[ExtraTier, ...] = ()
    tiers_complete: bool = True
    lowest_price: Decimal | None = None
    since: date | None = None
    until: date | None = None
    read_on: date = READ_ON
    own: bool = False
    """Entered by the owner, on the day ``read_on``."""

    @property
    def key(self) -> str:
        """Country and name: what a shop remembers of a plan it chose or changed."""
        return f"{self.country}/{self.plan}"

    def in_force(self, on: date) -> bool:
        """Whether the plan could be booked on that day, as far as sources say."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


_TW_NOW = "LINE Taiwan's plans from 2023-09-01, as its partners quote them (cacafly, AlleyPin, FIRST LINE)"
_TW_OLD = "AlleyPin's table of LINE Taiwan's plans before and after 2023-09-01"
_JP = "LINE Developers, Messaging API pricing, plans of Japan"
_NEW = date(2023, 9, 1)
_OLD = date(2023, 8, 31)

_TW_HIGH_TIERS = (ExtraTier(None, Decimal("0.2")),)
_TW_OLD_MEDIUM_TIERS = (ExtraTier(None, Decimal("0.2")),)
_TW_OLD_HIGH_TIERS = (ExtraTier(None, Decimal("0.15")),)
_JP_STANDARD_TIERS = (ExtraTier(50_000, Decimal("3")), ExtraTier(100_000, Decimal("2.8")))

PLANS: tuple[MessagePlan, ...] = (
    MessagePlan("TW", "light", "TWD", 0, 200, _TW_NOW, since=_NEW),
    MessagePlan("TW", "medium", "TWD", 800, 3_000, _TW_NOW, since=_NEW),
    MessagePlan(
        "TW", "high", "TWD", 1_200, 6_000, _TW_NOW, _TW_HIGH_TIERS, False, Decimal("0.011"), since=_NEW
    ),
    MessagePlan("JP", "communication", "JPY", 0, 200, _JP),
    MessagePlan("JP", "light", "JPY", 5_000, 5_000, _JP),
    MessagePlan("JP", "standard", "JPY", 15_000, 30_000, _JP, _JP_STANDARD_TIERS, False),
    MessagePlan("TW", "light", "TWD", 0, 500, _TW_OLD, until=_OLD),
    MessagePlan("TW", "medium", "TWD", 800, 4_000, _TW_OLD, _TW_OLD_MEDIUM_TIERS, until=_OLD),
    MessagePlan("TW", "high", "TWD", 4_000, 25_000, _TW_OLD, _TW_OLD_HIGH_TIERS, False, until=_OLD),
)
"""Plans in force first, then Taiwan's older ones, which the trade's articles still count with.

Such an article: NT$800 + 5,000 extra messages at 0.2 = NT$1,800, the older medium plan. Thailand's prices
were found in no source and are left to the owner.
"""


def plans_in_force(country: str, on: date) -> tuple[MessagePlan, ...]:
    """The plans of a country ("TW", "JP") on a day, cheapest first; empty where no source names any."""
    found = [plan for plan in PLANS if plan.country == country and plan.in_force(on)]
    return tuple(sorted(found, key=lambda plan: plan.monthly_fee))
