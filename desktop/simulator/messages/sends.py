"""What was sent through the simulated account, and what may be sent still: narrowcasts and how far they are, retry keys, the
month's messages with what running narrowcasts have reserved, and counts per day."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.core.limits import REQUEST
from desktop.simulator.exchange import Refusal, Request, refuse
from desktop.simulator.storage import Storage, rebuild

PROGRESS_SECONDS = 14 * 86_400
"""How long a narrowcast's progress can be asked for, and its statistics change."""

LINE_HOURS = 9


@dataclass(frozen=True, slots=True)
class SendPace:
    """How fast a narrowcast goes at this moment: looks that show it waiting, then sending; seconds it takes at least."""

    waiting: int
    sending: int
    seconds: float
    now: float


@dataclass(slots=True)
class Sent:
    """One accepted narrowcast.

    Attributes:
        targets: people meant; ``reached`` of them get it.
        reserved: messages set aside until it is over.
        error_code: why it ends failed, 0 if it does not.
        texts: the addresses in its messages, for clicks.
    """

    request_id: str
    accepted: float
    targets: int
    reached: int
    reserved: int
    error_code: int = 0
    error: str = ""
    seen: int = 0
    done_at: float | None = None
    urls: list[str] = field(default_factory=list)
    bubbles: int = 1
    audience: int | None = None

    def phase(self, pace: SendPace) -> str:
        """LINE's phase: waiting, sending, succeeded or failed; its end is for good."""
        if self.done_at is None:
            age = pace.now - self.accepted
            if self.seen < pace.waiting or age < pace.seconds * 0.4:
                return "waiting"
            if not self.error_code and (self.seen < pace.waiting + pace.sending or age < pace.seconds):
                return "sending"
            self.done_at = pace.now
        return "failed" if self.error_code else "succeeded"

    @property
    def delivered(self) -> int:
        """People who have it once it is over."""
        return 0 if self.error_code else self.reached


class Sends:
    """All of it, kept through a Storage. The caller holds the state's lock."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        kept = storage.load("sends") or {}
        self.narrowcasts = {key: rebuild(Sent, one) for key, one in kept.get("narrowcasts", {}).items()}
        self._keys: dict[str, list[Any]] = dict(kept.get("retry_keys", {}))
        self._days: dict[str, dict[str, int]] = dict(kept.get("days", {}))

    def save(self) -> None:
        """Keep everything."""
        narrowcasts = {key: asdict(one) for key, one in self.narrowcasts.items()}
        self._storage.save(
            "sends", {"narrowcasts": narrowcasts, "retry_keys": self._keys, "days": self._days}
        )

    def reserved(self, pace: SendPace) -> int:
        """Messages that running narrowcasts have set aside."""
        return sum(one.reserved for one in self.narrowcasts.values() if not self.is_over(one, pace))

    def is_over(self, one: Sent, pace: SendPace) -> bool:
        """Whether a narrowcast has ended."""
        return one.phase(pace) in {"succeeded", "failed"}

    # Retry keys

    def check_key(self, request: Request, now: float) -> None:
        """Let a request pass unless its retry key was accepted within the last day.

        Raises:
            Refusal: 409 with the accepted request's ID in a header, or 400 for a key that is no UUID.
        """
        key = request.headers.get("x-line-retry-key")
        if key is None:
            return
        try:
            key = str(uuid.UUID(key))
        except ValueError as error:
            raise refuse(
                400, "The retry key is invalid. The retry key must be a UUID", name="X-Line-Retry-Key"
            ) from error
        accepted = self._keys.get(key)
        if accepted is not None and now - float(accepted[1]) < REQUEST.retry_key_seconds:
            body = {"message": "The retry key is already accepted"}
            raise Refusal(409, body, (("X-Line-Accepted-Request-Id", str(accepted[0])),))

    def note_key(self, request: Request, now: float) -> None:
        """Remember a retry key with the request that was accepted under it."""
        key = request.headers.get("x-line-retry-key")
        if key is not None:
            day_ago = now - REQUEST.retry_key_seconds
            self._keys = {one: who for one, who in self._keys.items() if float(who[1]) > day_ago}
            self._keys[str(uuid.UUID(key))] = [request.request_id, now]

    # Counts

    def count(self, route: str, number: int, now: float) -> None:
        """Add messages to a day's count (UTC+9) of "push", "multicast" or "narrowcast"."""
        day = self._days.setdefault(line_day(now), {})
        day[route] = day.get(route, 0) + number

    def counted(self, route: str, day: str) -> int:
        """Messages sent by a route on a day written yyyyMMdd."""
        return self._days.get(day, {}).get(route, 0)

    def end_those_over(self, pace: SendPace) -> int:
        """Give back what ended narrowcasts reserved; returns the messages they used since the last call."""
        used = 0
        for one in self.narrowcasts.values():
            if one.reserved and self.is_over(one, pace):
                used += one.delivered
                one.reserved = 0
                self.count("narrowcast", one.delivered, pace.now)
        return used


def line_day(now: float) -> str:
    """The day in UTC+9 as LINE writes it: yyyyMMdd."""
    return (datetime.fromtimestamp(now, UTC) + timedelta(hours=LINE_HOURS)).strftime("%Y%m%d")


def moment(now: float) -> str:
    """An instant as LINE writes it in progress answers."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def addresses(messages: object) -> list[str]:
    """The web addresses anywhere in message objects, each once."""
    found: dict[str, None] = {}

    def walk(value: object) -> None:
        if isinstance(value, Mapping):
            for name, one in value.items():
                if name in {"uri", "linkUri"} and isinstance(one, str) and one.startswith("http"):
                    found[one] = None
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(messages)
    return list(found)
