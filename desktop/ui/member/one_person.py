"""The one member of the page, as the tagging commands are told whom they are about."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.people.selection import Selection
from desktop.operations.people.member_card import MemberCard
from desktop.text import t


class OnePerson:
    """A selection of exactly the member shown."""

    def __init__(self) -> None:
        self.card: MemberCard | None = None

    def selection(self) -> Selection:
        """Her alone."""
        return Selection.of([self.card.id] if self.card else [])

    def selected_count(self) -> int:
        """One, or none before anybody is shown."""
        return 1 if self.card else 0

    def current_person(self) -> int | None:
        """Her id."""
        return self.card.id if self.card else None

    def sample_names(self, limit: int) -> list[str]:
        """Her name."""
        return [self.card.shown_name or t("members.nameless")] if self.card else []

    def when_ready(self, run: Callable[[], object]) -> None:
        """She is known already."""
        run()
