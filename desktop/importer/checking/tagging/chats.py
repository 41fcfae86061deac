"""Chat logs: words that a friend wrote put tags on her. One log is one chat; whose it is, only its file's name tells, so a friend
is taken only where exactly one person is called so. Of the chats' text nothing is kept, neither in the plan nor in the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message, message
from desktop.core.people.tag import clean_tag_name, tag_key
from desktop.importer.checking.policy import policy_of
from desktop.importer.checking.report import Problem, Report, Skipped, TagGain
from desktop.importer.checking.tagging.answers import Keywords
from desktop.importer.checking.who.display_names import people_called
from desktop.importer.cleaning import Cleaner, data_rows
from desktop.importer.reader import Source
from desktop.importer.recipe import Recipe
from desktop.store.imports.staging import Staging


def check_chats(
    source: Source, recipe: Recipe, staging: Staging, report: Report, tag_limit: int, job: JobContext = QUIET
) -> None:
    """Phase one of an import of one or many chats; fills the report and the staging database.

    Args:
        recipe: of the first chat; the others are its ``chats``.
        tag_limit: tags one person can have.

    Raises:
        Cancelled: if the owner cancelled.
        UserError: if the file cannot be read to its end, or changed meanwhile.
    """
    import_tag = policy_of(recipe).import_tag
    chats = (recipe, *recipe.chats)
    called = people_called(staging, [chat.chat_name for chat in chats])
    known = [people[0] for people in called.values() if len(people) == 1]
    tags = _ChatTags(recipe.decided.keywords, import_tag, tag_limit, staging.held_tags(known), report)
    not_data: dict[str, int] = {}
    for chat in chats:
        people = called[chat.chat_name]
        rows = data_rows(source, chat, job)
        cleaner = Cleaner(chat)
        for raw in rows:
            job.raise_if_cancelled()
            batch = cleaner.clean(raw)
            _note_problems(report, chat, batch.problems)
            report.rows += len(batch.numbers)
            if len(people) == 1:
                tags.hear(people[0], chat, batch.numbers, batch.rows)
            else:
                reason = _unknown(chat.chat_name, people)
                report.skipped += [Skipped(chat.sheet, number, reason) for number in batch.numbers]
            job.report(report.rows, None, message("importing.reading"))
        for reason_left_out, count in rows.not_data.items():
            not_data[reason_left_out] = not_data.get(reason_left_out, 0) + count
    source.raise_if_changed()
    report.not_data = not_data
    report.updated = tags.rows
    report.unchanged = report.rows - report.updated - len(report.skipped)
    with staging.db.transaction():
        staging.add_tag_names(tags.names())
        staging.write_wishes(tags.wishes)
    report.tag_preview = [TagGain(*gain) for gain in staging.tag_gains()]


def _unknown(name: str, people: Sequence[int]) -> Message:
    if people:
        return message("importing.skipped.several_called", name=name, n=len(people))
    return message("importing.skipped.nobody_called", name=name)


def _note_problems(report: Report, chat: Recipe, problems: Sequence[Any]) -> None:
    """Unusable cells, without a word of what was written."""
    written = {column.name for column in chat.columns if column.field == "message"}
    for problem in problems:
        value = "" if problem.column in written else problem.value
        reason = message(f"importing.problem.{problem.reason}")
        report.problems.append(Problem(chat.sheet, problem.row, problem.column, value, reason))


class _ChatTags:
    """Hears what friends write.

    Attributes:
        wishes: as ``Staging.write_wishes`` takes them.
        rows: how many rows brought a tag.
    """

    def __init__(
        self,
        keywords: Mapping[str, str],
        import_tag: str | None,
        limit: int,
        held: dict[int, set[str]],
        report: Report,
    ) -> None:
        self._find = Keywords({word: clean_tag_name(tag) for word, tag in keywords.items()})
        self._import_tag = import_tag
        self._limit = limit
        self._held = held
        self._report = report
        self._full: set[tuple[int, str]] = set()
        self._numbers: dict[str, tuple[int, str]] = {}
        self.wishes: list[tuple[int, int, int, int]] = []
        self.rows = 0

    def names(self) -> list[tuple[int, str, str]]:
        """All tags: (number, name, key)."""
        return [(number, name, key) for key, (number, name) in self._numbers.items()]

    def hear(
        self, person: int, chat: Recipe, numbers: Sequence[int], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Rows of one friend's chat; only what she wrote herself counts."""
        sender, text = (
            chat.fields.index(field) if field in chat.fields else None for field in ("sender_type", "message")
        )
        for number, row in zip(numbers, rows, strict=True):
            hers = sender is None or row[sender] == "user"
            tags = self._find(row[text]) if hers and text is not None else ()
            if self._import_tag is not None:
                tags = (self._import_tag, *tags)
            self.rows += self._gain(person, chat.sheet, number, tags)

    def _gain(self, person: int, sheet: str, number: int, tags: Sequence[str]) -> bool:
        held, gained = self._held.setdefault(person, set()), False
        for tag in tags:
            key = tag_key(tag)
            if key in held:
                continue
            if len(held) >= self._limit:
                if (person, key) not in self._full:
                    self._full.add((person, key))
                    reason = message("importing.problem.tag_limit", limit=self._limit)
                    self._report.problems.append(Problem(sheet, number, "", tag, reason))
                continue
            held.add(key)
            place, _ = self._numbers.setdefault(key, (len(self._numbers), tag))
            self.wishes.append((person, place, len(self.wishes), number))
            gained = True
        return gained
