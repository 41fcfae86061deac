"""Undo and redo inside the builder: every draft there was, with what is typed in one field counted as one step."""

from __future__ import annotations

from collections.abc import Hashable

from desktop.ui.audiences.builder.draft import Group

MOST_STEPS = 200


class DraftHistory:
    """Begins with a draft that cannot be undone."""

    def __init__(self, draft: Group) -> None:
        self.now = draft
        self._before: list[Group] = []
        self._after: list[Group] = []
        self._typing: Hashable = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._after)

    def put(self, draft: Group, typing: Hashable = None) -> None:
        """Go on with another draft.

        Args:
            draft: the new one.
            typing: names the field that is being typed in; steps with the same name, one after another, count as one.
        """
        if draft == self.now:
            return
        if typing is None or typing != self._typing or not self._before:
            self._before = [*self._before[-(MOST_STEPS - 1) :], self.now]
        self._typing = typing
        self._after.clear()
        self.now = draft

    def rest(self) -> None:
        """What is typed next is a step of its own."""
        self._typing = None

    def undo(self) -> Group:
        """Take the last step back; steps that came to nothing are passed over."""
        return self._turn(self._before, self._after)

    def redo(self) -> Group:
        """Take the last undo back."""
        return self._turn(self._after, self._before)

    def _turn(self, source: list[Group], target: list[Group]) -> Group:
        self._typing = None
        while source:
            target.append(self.now)
            before, self.now = self.now, source.pop()
            if self.now != before:
                break
            target.pop()
        return self.now
