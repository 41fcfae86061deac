"""What publishing tells about itself: what a press would change, what is live, who waits for another menu, which periods
begin or end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.core.changes import Changes, Kind
from desktop.core.message import Message
from desktop.store.publishing.figures import MenuInsight
from desktop.store.publishing.jobs import PublishingJob

CHANGED = Changes.of(Kind.OUTBOX, Kind.PLANS, count=1)


@dataclass(frozen=True, slots=True)
class MenuImage:
    """A menu's picture as a file: JPEG or PNG of at most 1 MB, as large as the menu says."""

    bytes: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class PlannedMenu:
    """One menu of a publication.

    Attributes:
        plan_id: the plan.
        role: ``default`` (everybody else sees it), ``people`` (those its query finds, first match wins) or ``tab`` (reached from
            another menu only).
        state: ``new``, ``changed`` or ``unchanged`` against what is live. Only new and changed ones need an image.
        people: who will have it as her own menu (0 for the default and for tabs).
    """

    plan_id: int
    name: str
    query: str
    role: str
    state: str
    people: int


class Mend(StrEnum):
    """Where an obstacle is mended: among the menus, in the outbox, in the settings, or by asking LINE."""

    MENUS = "menus"
    OUTBOX = "outbox"
    SETTINGS = "settings"
    AT_LINE = "at_line"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that keeps a publication from being pressed.

    Attributes:
        place: where it is mended.
        plan_id: the menu it is about, area the index of the area, field what to mend there; a missing menu is begun.
        job: the job it is about.
    """

    text: Message
    place: Mend
    plan_id: int | None = None
    area: int | None = None
    field: str = ""
    job: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What a press of 發佈 would do now.

    Attributes:
        menus: in order of priority.
        gone: names of menus that are live and would not be any more.
        link: people who get another menu of their own; unlink: people who lose theirs and see the default.
        default_changes: whether everybody else sees another default menu afterwards.
        rules_change: whether other menus are live than planned, in another order, or for other people, or the last press ended
            before its time.
        hides_managers_menu: whether LINE shows our default in place of the manager's from then on (and does not now).
        obstacles: why it cannot be pressed; empty if it can.
        notes: what should be known before pressing.
    """

    menus: tuple[PlannedMenu, ...]
    gone: tuple[str, ...]
    link: int
    unlink: int
    default_changes: bool
    rules_change: bool
    hides_managers_menu: bool
    obstacles: tuple[Obstacle, ...]
    notes: tuple[Message, ...]

    @property
    def problems(self) -> tuple[Message, ...]:
        """The obstacles in words."""
        return tuple(one.text for one in self.obstacles)

    @property
    def needs_images(self) -> tuple[int, ...]:
        """The plans whose picture :func:`press` has to be given."""
        return tuple(one.plan_id for one in self.menus if one.state != "unchanged")

    @property
    def empty(self) -> bool:
        """Whether LINE has all of it already."""
        same = all(one.state == "unchanged" for one in self.menus)
        return same and not (
            self.gone or self.link or self.unlink or self.default_changes or self.rules_change
        )


@dataclass(frozen=True, slots=True)
class LiveMenu:
    """One menu that is at LINE now.

    Attributes:
        id: the frozen menu; plan_id: the plan it came from, if that is still there.
        role: as in :class:`PlannedMenu`.
        since: the UTC instant since when it is there.
        people: who has it as her own menu as far as is known.
        insight: None if it was never read.
    """

    id: int
    plan_id: int | None
    name: str
    query: str
    role: str
    since: str
    people: int
    insight: MenuInsight | None


@dataclass(frozen=True, slots=True)
class Live:
    """What is live at the connected account.

    Attributes:
        account: the account's own user ID; "" if none is connected.
        menus: what friends see now, in order of priority; empty if nothing of ours is shown.
        since: the UTC instant of the last publication, None if there was none.
        can_restore: the publication that 「還原」 would bring back: the moment of its press, None if there is none.
        job: the job on its way, if there is one.
        doubtful: a backup was restored: what is at LINE has to be asked first (:func:`look_at_line`).
        interrupted: the last press, if it ended before its time and left something between the publications.
        refused: people whom LINE refused with the last job; the next press tries them again. Nobody while ``interrupted``.
        unsure: people of whom nobody knows which menu they have, if any of their own; the next press gives them theirs.
    """

    account: str
    menus: tuple[LiveMenu, ...]
    since: str | None
    can_restore: str | None
    job: PublishingJob | None
    doubtful: bool
    interrupted: PublishingJob | None = None
    refused: int = 0
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Newly:
    """People who should have another menu than they have, by the live menus' own queries.

    Attributes:
        n: how many in all, without those whom LINE refused with the last press.
        to_menu: (menu's name, how many get it), without those who get none of their own.
        to_default: how many go back to the default.
        problem: why nobody can tell: a live menu's query has a mistake by now.
    """

    n: int
    to_menu: tuple[tuple[str, int], ...] = ()
    to_default: int = 0
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class PeriodDue:
    """A menu whose period begins or has ended, so that a press of 發佈 would show or hide it.

    Attributes:
        what: ``starts`` or ``ends``.
        day: the first day it is shown, or the last.
    """

    plan_id: int
    name: str
    what: str
    day: date


@dataclass(frozen=True, slots=True)
class Pressed:
    """The job a press led to."""

    job: PublishingJob
    changes: Changes = field(default=CHANGED | Changes.of(Kind.HISTORY))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A job as it stands after an action."""

    job: PublishingJob
    changes: Changes = field(default=CHANGED)
