"""The answers that a form's questions got, and how often each: read from the whole file, for the owner to make
tags of them. Knows nothing of Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.job import JobContext
from desktop.core.people.tag import tag_key
from desktop.importer.cleaning import data_rows
from desktop.importer.columns.names import FORM_TIME, name_key
from desktop.importer.recipe import Answers, Column
from desktop.importer.values.tag_cells import read_tags
from desktop.ui.importing.entry import Entry

MOST_ANSWERS = 200
"""Different answers of a question that are offered, the most frequent ones."""
_SEPARATORS = ";,"
"""What a form's own boxes are joined by."""
_FREE = 0.5
"""From this share of different answers on, a question is one that everybody answers in words of his own."""
_FEW = 12


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form.

    Args:
        column: its text.
        tags: whether its answers become tags where nothing else is said.
        answers: (answer, how many gave it), the most frequent first.
    """

    column: str
    tags: bool
    answers: tuple[tuple[str, int], ...]

    def tag_of(self, answer: str, answers: Answers) -> str:
        """The tag that an answer becomes as things stand, "" for none."""
        named = answers.answer_tags.get(self.column, {})
        keys = {tag_key(text): tag for text, tag in named.items()}
        return keys.get(tag_key(answer), answer if self.tags else "")


def questions_of(entry: Entry, job: JobContext) -> list[Question]:
    """The questions whose answers can become tags.

    Raises:
        UserError: the file cannot be read any more.
        Cancelled: if the owner cancelled.
    """
    columns = [column for column in entry.recipe.columns if column.field in ("tags", "extra")]
    counted: list[Counter[str]] = [Counter() for _ in columns]
    filled = [0] * len(columns)
    with entry.open(job) as source:
        for batch in data_rows(source, entry.recipe, job):
            job.raise_if_cancelled()
            for place, column in enumerate(columns):
                cells = [row[column.index] for row in batch.rows if column.index < len(row)]
                for cell in cells:
                    found = read_tags(cell, column.form.separators or _SEPARATORS).value or ()
                    filled[place] += bool(found)
                    counted[place].update(found)
    questions = [
        Question(column.name, column.field == "tags", tuple(counts.most_common(MOST_ANSWERS)))
        for column, counts, rows in zip(columns, counted, filled, strict=True)
        if counts and _is_choice(column, counts, rows)
    ]
    return sorted(questions, key=lambda question: not question.tags)


def _is_choice(column: Column, counts: Counter[str], rows: int) -> bool:
    """Whether a question's answers are worth listing: chosen from a few, and not moments, numbers or everybody's own words."""
    if column.field == "tags":
        return True
    if column.form.holds != "text" or name_key(column.name) in FORM_TIME or len(counts) == counts.total():
        return False
    return len(counts) <= _FEW or len(counts) < rows * _FREE


def tags_wanted(questions: Sequence[Question], answers: Answers) -> Counter[str]:
    """How many answers become each tag, the most first."""
    wanted: Counter[str] = Counter()
    for question in questions:
        for answer, n in question.answers:
            tag = question.tag_of(answer, answers)
            if tag:
                wanted[tag] += n
    return wanted
