"""What the page does to tags: each runs on the writer as a named step, is said afterwards with a way back, and asks first only
where other things hang on a tag or two become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.core.people.tag import Tag
from desktop.operations.history import undoing
from desktop.operations.history.undoing import UndoOutcome
from desktop.operations.tagging import tagging, tags
from desktop.operations.tagging.tags import NameTaken, TagChange, Uses
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.members.tagging.full_people import names_of
from desktop.ui.page import Page
from desktop.ui.tags import words


class TagActions(QObject):
    """``made(name)``: a tag was made, renamed or joined into, and should be the one selected."""

    made = Signal(str)

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk

    def create(self, name: str) -> None:
        """A new tag."""
        self._write(lambda db: tags.create(db, name), self._created, self._refused)

    def rename(self, name: str, new_name: str, on_refused: Callable[[], object] = lambda: None) -> None:
        """Another name; if another tag has it, joining the two is offered. ``on_refused`` is called where nothing was changed."""

        def on_error(error: UserError) -> None:
            on_refused()
            if isinstance(error, NameTaken):
                self.ask_merge([error.tag], error.other.name)
            else:
                self._refused(error)

        self._write(lambda db: tags.rename(db, name, new_name), partial(self._renamed, name), on_error)

    def describe(self, name: str, on_refused: Callable[[], object] = lambda: None, **values: Any) -> None:
        """Say what a tag is; see :func:`desktop.operations.tagging.tags.describe`."""

        def on_error(error: UserError) -> None:
            on_refused()
            self._refused(error)

        self._write(lambda db: tags.describe(db, name, **values), lambda change: None, on_error)

    def pin(self, name: str, place: int | None) -> None:
        """Put a tag on a key, or take it off."""
        self._write(lambda db: tagging.pin(db, name, place), lambda change: None, self._refused)

    def ask_merge(self, names: Sequence[str], into: str) -> None:
        """Say what joining would come to, and offer it."""
        others = [name for name in names if name != into]
        if not others:
            return

        def read(db: Database) -> list[Uses]:
            return [tags.uses(db, name) for name in others]

        def ask(uses: list[Uses]) -> None:
            depends = [text for text in (words.depends(one.mentions) for one in uses) if text]
            follow = t("tags_page.merge.follow", uses=t("tags_page.clause_separator").join(depends))
            self._page.bar.ask(
                message(
                    "tags_page.merge.ask",
                    names=words.listed(others),
                    tag=into,
                    n=sum(one.people for one in uses),
                    follow=follow if depends else "",
                ),
                (message("tags_page.merge"), partial(self.merge, others, into)),
            )

        self._desk.jobs.read(read, owner=self._page, then=ask, on_error=self._refused)

    def merge(self, names: Sequence[str], into: str) -> None:
        """Join tags into one."""
        self._page.bar.clear()
        self._write(lambda db: tags.merge_tags(db, names, into), partial(self._merged, names), self._refused)

    def ask_delete(self, chosen: Sequence[Tag]) -> None:
        """Delete tags; first say who would lose them and what uses them, if anybody or anything does."""
        names = [tag.name for tag in chosen]

        def read(db: Database) -> list[Uses]:
            return [tags.uses(db, name) for name in names]

        def ask(uses: list[Uses]) -> None:
            depends = [text for text in (words.depends(one.mentions) for one in uses) if text]
            people = sum(one.people for one in uses)
            if not people and not depends:
                self.delete(names)
                return
            key = "tags_page.delete.ask_used" if depends else "tags_page.delete.ask"
            self._page.bar.ask(
                message(
                    key,
                    names=words.listed(names),
                    n=people,
                    uses=t("tags_page.clause_separator").join(depends),
                ),
                (message("tags_page.delete"), partial(self.delete, names)),
                kind="warning",
                cure=message("tags_page.delete.safe"),
            )

        if names:
            self._desk.jobs.read(read, owner=self._page, then=ask, on_error=self._refused)

    def delete(self, names: Sequence[str]) -> None:
        """Delete tags."""
        self._page.bar.clear()
        self._write(lambda db: tags.delete_tags(db, names), partial(self._deleted, names), self._refused)

    def split(self, name: str, query: str, new_name: str, besides: bool) -> None:
        """Give those who match a condition another tag."""
        self._write(
            lambda db: tags.split(db, name, query, new_name, besides=besides), self._was_split, self._refused
        )

    def take_off_expired(self, names: Sequence[str]) -> None:
        """Take off what had its time."""
        self._write(
            lambda db: tags.take_off_expired(db, names),
            lambda change: self.say("tags_page.said.expired", change.step, n=change.people),
            self._refused,
        )

    def undo(self, step: int) -> None:
        """Take back a step, and say whom or what it could not be taken back for."""
        self._desk.jobs.write(
            lambda db, ctx: undoing.undo(db, step),
            owner=self._page,
            then=self._undone,
            on_error=self._refused,
        )

    def say(self, key: str, step: int | None = None, kind: str = "success", **params: Any) -> None:
        """Say what was done, with the way back."""
        button = (message("tags_page.undo"), partial(self.undo, step)) if step is not None else None
        self._desk.notices.show(message(key, **params), kind=kind, button=button)

    # What came of it

    def _created(self, change: TagChange) -> None:
        self.made.emit(change.tag)
        self.say("tags_page.said.created", change.step, tag=change.tag)

    def _renamed(self, old: str, change: TagChange) -> None:
        if change.step is None:
            return
        self.made.emit(change.tag)
        found = change.rewritten
        changed = [*found.audiences, *found.rules, *found.views, *found.plans]
        key = "tags_page.said.renamed_too" if changed else "tags_page.said.renamed"
        self.say(key, change.step, old=old, tag=change.tag, n=len(changed))

    def _merged(self, names: Sequence[str], change: TagChange) -> None:
        self.made.emit(change.tag)
        self.say(
            "tags_page.said.merged", change.step, names=words.listed(names), tag=change.tag, n=change.people
        )

    def _deleted(self, names: Sequence[str], change: TagChange) -> None:
        self.say("tags_page.said.deleted", change.step, names=words.listed(names))

    def _was_split(self, change: TagChange) -> None:
        if change.full:
            names = names_of(change.full, len(change.full))
            text: dict[str, Any] = {
                "tag": change.tag,
                "changed": change.people,
                "n": len(change.full),
                "names": names,
            }
            self.say("tags_page.said.split_full", change.step, "warning", **text)
        elif change.step is None:
            self.say("tags_page.said.split_nobody", None, "info")
        else:
            self.say("tags_page.said.split", change.step, tag=change.tag, n=change.people)
        if change.step is not None:
            self.made.emit(change.tag)

    def _undone(self, outcome: UndoOutcome) -> None:
        left = [*outcome.kept, *outcome.impossible]
        if left:
            text = message(
                "tags_page.said.undone_but",
                step=outcome.step.title,
                n=len(left),
                names=names_of(left, len(left)),
            )
            self._desk.notices.show(text, kind="warning")
        else:
            self._desk.notices.show(message("tags_page.said.undone", step=outcome.step.title))

    def _refused(self, error: UserError) -> None:
        self._page.bar.show_error(error)

    def _write(
        self,
        work: Callable[[Database], Any],
        then: Callable[[Any], None],
        on_error: Callable[[UserError], None],
        title: Message | None = None,
    ) -> None:
        self._desk.jobs.write(
            lambda db, ctx: work(db), owner=self._page, then=then, on_error=on_error, title=title
        )
