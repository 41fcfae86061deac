"""What the members page does to people: tags on and off, swaps, pins, 「不發訊息」, undo. Each runs on the
writer; what came of it is said in a few words where the owner would otherwise have to guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.changes import Changes
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.core.people.tag import Tag
from desktop.ui.desk import Desk
from desktop.ui.members.tagging.full_people import names_of
from desktop.ui.members.tagging.pinned_tags import PLACES, key_of

if TYPE_CHECKING:
    from desktop.operations.history.undoing import UndoOutcome
    from desktop.operations.people.members import SwitchOutcome
    from desktop.operations.tagging.tagging import TagOutcome

MANY = 500
"""From so many people on it is said first what will happen to whom."""

NOTICED = 20
"""From so many people on it is said afterwards; fewer can be seen changing."""

SAMPLE = 10
TAGS_ONLY, SENDING = "tags", "sending"


class Target(Protocol):
    """Whom the actions are about."""

    def selection(self) -> Selection:
        """The people selected."""

    def selected_count(self) -> int:
        """How many they are."""

    def current_person(self) -> int | None:
        """The person of the current row, if she is selected; else some selected person."""

    def sample_names(self, limit: int) -> list[str]:
        """Names of the first few of them."""

    def when_ready(self, run: Callable[[], object]) -> None:
        """Call ``run`` once their number is known."""


class Tagger(QObject):
    """See the module.

    Signals: ``tried(tag, full)``: a tag was put on; ``full``: some had no room. ``choose_asked(tag)``: the owner wants to choose
    what to give up.
    """

    tried = Signal(str, bool)
    choose_asked = Signal(str)

    def __init__(self, desk: Desk, target: Target, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._target = target
        self.last_tag: str | None = None
        self._own: tuple[str, int] | None = None

    def own_hand(self, changes: Changes) -> str | None:
        """Whether these changes come from here alone, and what they are: TAGS_ONLY, SENDING or None. Asked once for each."""
        own, self._own = self._own, None
        return own[0] if own is not None and own[1] == changes.count else None

    def put(self, name: str) -> None:
        """Put a tag on the selection, making it if it is new."""
        from desktop.operations.tagging import tagging

        self._change(name, "put", lambda selection: lambda db, ctx: tagging.tag(db, selection, name))

    def take(self, name: str) -> None:
        """Take a tag off the selection."""
        from desktop.operations.tagging import tagging

        self._change(name, "take", lambda selection: lambda db, ctx: tagging.untag(db, selection, name))

    def toggle(self, tag: Tag | None, place: int) -> None:
        """Take the pinned tag off everybody selected if the current person has it, else put it on everybody."""
        from desktop.operations.tagging import tagging

        if tag is None:
            self._say("tag_panel.said.nothing_pinned", "info", shortcut=key_of(place))
            return
        current = self._target.current_person()
        if current is None:
            self._nobody()
            return
        self._change(
            tag.name,
            "toggle",
            lambda selection: lambda db, ctx: tagging.toggle(db, selection, tag.name, current),
        )

    def repeat(self) -> None:
        """Put the tag on that was put on last."""
        if self.last_tag is None:
            self._say("tag_panel.said.nothing_to_repeat", "info")
        else:
            self.put(self.last_tag)

    def replace(self, person: int, old: str, new: str) -> None:
        """Give a person who is full ``new`` in the place of ``old``."""
        from desktop.operations.tagging import tagging

        self._write(lambda db, ctx: tagging.replace(db, person, old, new), lambda outcome: None)

    def pin(self, name: str, place: int | None) -> None:
        """Pin a tag to a key, or unpin it."""
        from desktop.operations.tagging import tagging

        self._desk.jobs.write(lambda db, ctx: tagging.pin(db, name, place), owner=self._page)

    def pin_first(self, tags: Sequence[Tag]) -> None:
        """Pin the tags most people have, as many as there are keys on the left hand."""
        for place, tag in zip(PLACES[:4], tags, strict=False):
            self.pin(tag.name, place)

    def set_do_not_send(self, value: bool) -> None:
        """Switch 「不發訊息」 for the selection."""
        from desktop.operations.people import members

        if not self._target.selected_count():
            self._nobody()
            return
        selection = self._target.selection()

        def done(outcome: SwitchOutcome) -> None:
            key = "off" if value else "on"
            self._say(f"tag_panel.said.sending_{key}", "success", step=outcome.step, n=outcome.changed)

        self._write(lambda db, ctx: members.set_do_not_send(db, selection, value), done, SENDING)

    def undo(self, step: int) -> None:
        """Take back a step, and say who was reverted, who is kept as changed since, and for whom it was impossible."""
        from desktop.operations.history import undoing

        self._desk.jobs.write(
            lambda db, ctx: undoing.undo(db, step),
            owner=self._page,
            then=self._undone,
            on_error=self._refused,
        )

    def _change(self, name: str, kind: str, work: Callable[[Selection], Callable]) -> None:
        if self._target.selected_count():
            self._target.when_ready(partial(self._change_now, name, kind, work))
        else:
            self._nobody()

    def _change_now(self, name: str, kind: str, work: Callable[[Selection], Callable]) -> None:
        count = self._target.selected_count()
        # Who is selected is settled now, not when the question is answered.
        run = partial(self._write, work(self._target.selection()), self._tagged)
        if count <= MANY:
            run()
            return
        self._desk.dialogs.confirm(
            self._page,
            message(f"tag_panel.many.{kind}", tag=name, n=count),
            message("tag_panel.many.text", names=self._target.sample_names(SAMPLE), n=count - SAMPLE),
            message(f"tag_panel.many.{kind}_button", n=count),
            run,
        )

    def _tagged(self, outcome: TagOutcome) -> None:
        if outcome.added:
            self.last_tag = outcome.tag
        self.tried.emit(outcome.tag, bool(outcome.full))
        if outcome.full:
            names = names_of(outcome.full, len(outcome.full))
            choose = (message("tag_panel.full.choose_short"), lambda: self.choose_asked.emit(outcome.tag))
            self._desk.notices.show(
                message(
                    "tag_panel.said.full",
                    tag=outcome.tag,
                    changed=outcome.changed,
                    n=len(outcome.full),
                    names=names,
                ),
                kind="warning",
                button=choose,
            )
        elif not outcome.changed:
            key = "already" if outcome.added else "already_off"
            self._say(f"tag_panel.said.{key}", "info", tag=outcome.tag, n=outcome.already)
        elif outcome.changed >= NOTICED:
            key = "put" if outcome.added else "taken"
            self._say(
                f"tag_panel.said.{key}", "success", step=outcome.step, tag=outcome.tag, n=outcome.changed
            )

    def _undone(self, outcome: UndoOutcome) -> None:
        text = message("tag_panel.said.reverted", step=outcome.step.title, n=outcome.reverted)
        kept = [one for one in outcome.kept if one.kind == "person"]
        things = [one for one in outcome.kept if one.kind != "person"]
        for key, which in (("kept", kept), ("impossible", outcome.impossible), ("kept_things", things)):
            if which:
                said = message(f"tag_panel.said.{key}", names=names_of(which, len(which)), n=len(which))
                text = message("tag_panel.said.parts_2", part1=text, part2=said)
        left = bool(kept or outcome.impossible)
        self._desk.notices.show(text, kind="warning" if left else "success")

    def _write(self, work: Callable, then: Callable[[Any], None], what: str = TAGS_ONLY) -> None:
        def done(outcome: Any) -> None:
            if outcome.changes.kinds:
                kind = what if self._own is None or self._own[0] == what else SENDING
                self._own = (kind, self._own_count() + outcome.changes.count)
            then(outcome)

        self._desk.jobs.write(work, owner=self._page, then=done, on_error=self._refused)

    def _own_count(self) -> int:
        return 0 if self._own is None else self._own[1]

    def _refused(self, error: Any) -> None:
        self._desk.notices.show(error.text, kind="warning")

    def _nobody(self) -> None:
        self._say("tag_panel.said.nobody", "info")

    def _say(self, key: str, kind: str, *, step: int | None = None, **params: Any) -> None:
        button = (message("tag_panel.steps.undo"), lambda: self.undo(step)) if step else None
        self._desk.notices.show(message(key, **params), kind=kind, button=button)
