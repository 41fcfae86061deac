"""Everything the simulated LINE knows: the account, its people, its audiences, and how it is set to behave.

One lock guards it all; every call of LINE's API runs inside it, so two requests never see half of each other.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from types import NoneType
from typing import Any, get_args, get_type_hints

from desktop.core.limits import AUDIENCE, is_user_id
from desktop.simulator.audiences import Audience, Job, Pace, audience_from_json
from desktop.simulator.messages.sends import SendPace, Sends
from desktop.simulator.rich_menus.menus import Menus
from desktop.simulator.storage import Storage, rebuild

_FIRST_ID = 4_389_300_000_001
"""Audience and job IDs count up from here: as long as LINE's own, far beyond 32 bits."""


@dataclass(slots=True)
class Account:
    """The official account and its channel. ``plan_quota`` None means an unlimited plan; figures are LINE's of
    yesterday; the days before had ``growth_per_day`` friends fewer each."""

    display_name: str = "日日咖啡"
    basic_id: str = "@daydaycoffee"
    premium_id: str | None = None
    user_id: str = "U" + "da" * 16
    picture_url: str | None = None
    chat_mode: str = "chat"
    mark_as_read_mode: str = "manual"
    verified: bool = True
    plan_quota: int | None = 3_000
    used: int = 786
    followers: int = 6_020
    blocks: int = 790
    targeted_reaches: int = 5_230
    growth_per_day: int = 0
    channel_id: str = field(default_factory=lambda: str(2_000_000_000 + secrets.randbelow(10**9)))
    channel_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(128))


@dataclass(slots=True)
class Settings:
    """How this LINE behaves where LINE leaves it open or takes its time.

    Attributes:
        processing_polls: looks ("get audience") that still show a job running.
        processing_seconds: seconds a job takes at least.
        listing_lag_seconds: seconds until a new audience appears in the list ("202 means LINE may list it late").
        rate_scale: 1.0 is LINE's own limits, 2.0 twice as many requests, None none at all.
        queued_polls: how many of those looks show QUEUED before WORKING; None for about a third.
        ready_early: an audience shows READY while its first job is still running.
        refuse_duplicate_names: whether a second audience with the same name (any case) is refused.
        refuse_adds_in_progress: whether IDs are refused for an audience that is not READY yet.
        failing_jobs: how many of the next jobs end FAILED, with ``failed_type`` (None: LINE gives no reason).
        not_agreed: user IDs that never agreed to LINE's privacy policy: left out of audiences without a word.
        left_out: so many IDs at the end of each upload are left out without a word, so that LINE counts fewer.
        foreign_ids: user IDs that another provider's channel was given; nothing sent to them arrives.
        foreign_in_audiences: what an audience does with those: "accept", "ignore" or "refuse" (the whole request).
        delete_status: how a delete is answered: 202 as the reference says, or 200 as the specification.
        list_order: the order of the list: "newest", "oldest", "name" or "shuffled".
        waiting_polls, sending_polls: looks at a narrowcast that show it waiting, and then sending.
        manager_menu: LINE Official Account Manager has a default menu, which a default by the API hides.
        menu_listing_lag_seconds: seconds until a new rich menu appears in the list.
        failing_sends: how many of the next narrowcasts end failed, with ``send_error_code`` (1 to 5).
    """

    processing_polls: int = 2
    processing_seconds: float = 0.0
    listing_lag_seconds: float = 0.0
    rate_scale: float | None = 1.0
    queued_polls: int | None = None
    ready_early: bool = False
    refuse_duplicate_names: bool = False
    refuse_adds_in_progress: bool = False
    failing_jobs: int = 0
    failed_type: str | None = "INTERNAL_ERROR"
    not_agreed: set[str] = field(default_factory=set)
    left_out: int = 0
    foreign_ids: set[str] = field(default_factory=set)
    foreign_in_audiences: str = "accept"
    delete_status: int = 202
    list_order: str = "newest"
    waiting_polls: int = 1
    sending_polls: int = 1
    failing_sends: int = 0
    send_error_code: int = 1
    manager_menu: bool = False
    menu_listing_lag_seconds: float = 0.0

    @classmethod
    def for_practice(cls) -> Settings:
        """For an owner who clicks through it: an audience is visibly in progress, and ready a few seconds later."""
        return cls(processing_polls=0, processing_seconds=4.0)

    def to_json(self) -> dict[str, object]:
        """The settings as they are kept in a file and shown."""
        return {
            name: sorted(value) if isinstance(value, set) else value for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has added the account; ``agreed`` is the consent to LINE's privacy policy."""

    display_name: str
    picture_url: str | None = None
    status_message: str | None = None
    language: str | None = None
    blocked: bool = False
    agreed: bool = True


class Clock:
    """The simulator's time: the computer's, moved forward by ``offset`` seconds."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset

    def now(self) -> float:
        """UNIX seconds."""
        return time.time() + self.offset

    def monotonic(self) -> float:
        """Seconds that never run backwards, for rates."""
        return time.monotonic() + self.offset


_CHOICES: Mapping[str, tuple[object, ...]] = {
    "foreign_in_audiences": ("accept", "ignore", "refuse"),
    "delete_status": (200, 202),
    "list_order": ("newest", "oldest", "name", "shuffled"),
    "send_error_code": (1, 2, 3, 4, 5),
}
"""Settings that only take some values."""


def assign(target: Account | Settings, changes: Mapping[str, Any]) -> None:
    """Set fields by name, all or none.

    Raises:
        ValueError: for a name the target does not have or a value of the wrong type; nothing is changed then.
    """
    hints = get_type_hints(type(target))
    checked: dict[str, object] = {}
    for name, value in changes.items():
        if name not in hints:
            raise ValueError(f"unknown setting: {name}")
        if hints[name] == set[str]:
            value = set(value)
        elif type(value) is int and float in _types(hints[name]):
            value = float(value)
        if type(value) not in _types(hints[name]):
            raise ValueError(f"wrong type for {name}")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise ValueError(f"{name} must be one of {_CHOICES[name]}")
        checked[name] = value
    for name, value in checked.items():
        setattr(target, name, value)


def _types(hint: Any) -> tuple[type, ...]:
    if hint == set[str]:
        return (set,)
    return tuple(NoneType if one is None else one for one in get_args(hint)) or (hint,)


class LineState:
    """The state of the simulated LINE, kept through a Storage.

    Args:
        storage: where it is kept; what is kept there already is taken up again.
        account: replaces the kept account if given.
        settings: replace the kept settings if given.
    """

    def __init__(
        self, storage: Storage, account: Account | None = None, settings: Settings | None = None
    ) -> None:
        self.lock = threading.RLock()
        self._storage = storage
        kept = storage.load("state") or {}
        self.account = account or rebuild(Account, kept.get("account", {}))
        self.settings = settings or rebuild(Settings, kept.get("settings", {}))
        self.settings.not_agreed = set(self.settings.not_agreed)
        self.settings.foreign_ids = set(self.settings.foreign_ids)
        self.clock = Clock(float(kept.get("clock_offset", 0.0)))
        self._next_id = int(kept.get("next_id", _FIRST_ID))
        self.sends = Sends(storage)
        self.menus = Menus(storage)
        self._people: dict[str, Person] | None = None
        loaded = (audience_from_json(record) for record in storage.load_audiences())
        self._audiences = {audience.id: audience for audience in loaded}
        self.save()

    def save(self) -> None:
        """Keep account, settings and clock."""
        self._storage.save(
            "state",
            {
                "account": asdict(self.account),
                "settings": self.settings.to_json(),
                "clock_offset": self.clock.offset,
                "next_id": self._next_id,
            },
        )

    def pace(self) -> Pace:
        """How fast jobs end, at this moment."""
        wanted = self.settings
        return Pace(
            wanted.processing_polls,
            wanted.processing_seconds,
            self.clock.now(),
            queued=wanted.queued_polls,
            ready_early=wanted.ready_early,
        )

    def send_pace(self) -> SendPace:
        """How fast narrowcasts go, at this moment."""
        wanted = self.settings
        return SendPace(
            wanted.waiting_polls, wanted.sending_polls, wanted.processing_seconds, self.clock.now()
        )

    def settle_sends(self) -> int | None:
        """Count what ended narrowcasts have used; returns the messages still free this month, None without a limit."""
        used = self.sends.end_those_over(self.send_pace())
        if used:
            self.account.used += used
            self.save()
        quota = self.account.plan_quota
        return None if quota is None else quota - self.account.used - self.sends.reserved(self.send_pace())

    # People

    @property
    def people(self) -> Mapping[str, Person]:
        """Everybody who ever added the account, by user ID, in the order of adding."""
        with self.lock:
            if self._people is None:
                kept = self._storage.load("people") or {}
                self._people = {one: rebuild(Person, who) for one, who in kept.get("people", {}).items()}
            return self._people

    def seed(self, people: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace everybody: ``{user_id: {"display_name": …, "picture_url": …, "blocked": …, …}}``.

        Raises:
            ValueError: for a malformed user ID or an unknown name in a person's record.
        """
        names = {one.name for one in fields(Person)}
        for user_id, who in people.items():
            if not is_user_id(user_id):
                raise ValueError("malformed user ID among the people")
            if not set(who) <= names:
                raise ValueError(f"unknown names of a person: {sorted(set(who) - names)}")
        with self.lock:
            self._people = {user_id: Person(**who) for user_id, who in people.items()}
            self._storage.save("people", {"people": {key: asdict(who) for key, who in self._people.items()}})

    def reaches(self, user_id: str) -> bool:
        """Whether a message to that user arrives: a friend of this provider who has not blocked the account. Where nobody was
        ever told to be a friend, everybody counts as one."""
        who = self.people.get(user_id)
        known = not who.blocked if who is not None else not self.people
        return known and user_id not in self.settings.foreign_ids

    def takes(self, user_id: str) -> bool:
        """Whether LINE puts that user into audiences and lists: everybody but who has not agreed to its policy."""
        who = self.people.get(user_id)
        return user_id not in self.settings.not_agreed and (who is None or who.agreed)

    # Audiences

    def audiences(self) -> list[Audience]:
        """All audiences, newest first, after those have gone whose time is long over."""
        with self.lock:
            self._purge()
            return sorted(self._audiences.values(), key=lambda one: (one.created, one.id), reverse=True)

    def audience(self, audience_group_id: int) -> Audience | None:
        """The audience with that ID, or None."""
        with self.lock:
            self._purge()
            return self._audiences.get(audience_group_id)

    def create(
        self, description: str, *, is_ifa: bool = False, create_route: str = "MESSAGING_API", own: bool = True
    ) -> Audience:
        """A new audience without anybody in it; its ID is never used again, even after a restart."""
        with self.lock:
            audience = Audience(self._new_id(), description, self.clock.now(), is_ifa, create_route, own=own)
            audience.permission = "READ_WRITE" if own else "READ"
            self._audiences[audience.id] = audience
            return audience

    def upload(self, audience: Audience, ids: Sequence[str], description: str | None) -> None:
        """Take IDs into an audience as one job. Nobody is added by a job that is set to fail."""
        with self.lock:
            job = Job(self._new_id(), description, self.clock.now(), count=0)
            if self.settings.failing_jobs > 0:
                self.settings.failing_jobs -= 1
                job.failed, job.failed_type = True, self.settings.failed_type
                self.save()
            else:
                taken = ids if audience.is_ifa else self._taken(ids)
                job.count, audience.ids_bytes = self._storage.add_ids(audience.id, audience.ids_bytes, taken)
                audience.stored += job.count
            audience.jobs.append(job)

    def keep(self, audience: Audience) -> None:
        """Keep an audience as it now is."""
        self._storage.save_audience(audience.id, audience.to_json())

    def delete(self, audience: Audience) -> None:
        """Forget an audience and its IDs."""
        with self.lock:
            del self._audiences[audience.id]
            self._storage.delete_audience(audience.id)

    def ids_of(self, audience: Audience) -> frozenset[str]:
        """The IDs that LINE took into the audience."""
        with self.lock:
            return self._storage.ids(audience.id, audience.ids_bytes)

    def _purge(self) -> None:
        gone_before = self.clock.now() - AUDIENCE.deleted_after_expiry_seconds
        for audience in [one for one in self._audiences.values() if one.expires <= gone_before]:
            self.delete(audience)

    def _taken(self, ids: Sequence[str]) -> Sequence[str]:
        refused = self.settings.not_agreed | {one for one, who in self.people.items() if not who.agreed}
        if self.settings.foreign_in_audiences != "accept":
            refused |= self.settings.foreign_ids
        taken = [one for one in ids if one not in refused] if refused else ids
        return taken[: max(0, len(taken) - self.settings.left_out)] if self.settings.left_out else taken

    def _new_id(self) -> int:
        self._next_id += 1
        self.save()
        return self._next_id
