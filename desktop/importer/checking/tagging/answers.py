"""Tags that the owner's words make of a cell: an answer of a form becomes the tag he chose for it, or none; a text that holds a
keyword brings its tag. Only where he said so; else the cleaned rows pass as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop.core.people.search_text import fold
from desktop.core.people.tag import tag_key
from desktop.importer.cleaning import Cleaner, Problem, RawBatch
from desktop.importer.columns.names import name_key
from desktop.importer.recipe import Column, Recipe

_FREE_TEXT = ("extra", "note")
"""What a column of free answers is kept as."""
_REMEMBERED = 50_000
_PARTS = re.compile(r"[;；,，、\n]+")

Tags = tuple[str, ...]


class Keywords:
    """Finds the tags of a text by words in it; width and case do not count.

    Args:
        tags: word → tag.
    """

    def __init__(self, tags: Mapping[str, str]) -> None:
        self._tags = {fold(word).strip(): tag for word, tag in tags.items() if fold(word).strip()}

    def __bool__(self) -> bool:
        return bool(self._tags)

    def __call__(self, text: str | None) -> Tags:
        if not text:
            return ()
        folded = fold(text)
        return tuple(dict.fromkeys(tag for word, tag in self._tags.items() if word in folded))


class AnswerTags:
    """The tags of each row as the owner's words make them.

    Args:
        recipe: how the sheet is read.

    Attributes:
        rest: the recipe for everything but the columns that are read here.
        added: the fields that :meth:`add` gives the rows besides theirs.
    """

    def __init__(self, recipe: Recipe) -> None:
        told = recipe.decided
        named = {name_key(column): answers for column, answers in told.answer_tags.items() if answers}
        keywords = Keywords(told.keywords)
        self._readers: list[_Reader] = []
        reads = bool(keywords) or any(name_key(column.name) in named for column in recipe.columns)
        for column in recipe.columns if reads else ():
            answers = named.get(name_key(column.name))
            words = keywords if column.field in _FREE_TEXT else None
            if column.field == "tags" or answers or words:
                self._readers.append(_Reader(recipe, column, answers or {}, words))
        self.rest = recipe
        if self._readers:
            columns = [
                replace(column, field="ignore") if column.field == "tags" else column
                for column in recipe.columns
            ]
            self.rest = replace(recipe, columns=tuple(columns))
        self.added = ("tags",) if self._readers else ()

    def tags(self, raw: RawBatch) -> list[Sequence[Tags | None]]:
        """The columns of :attr:`added` for the rows of a batch."""
        if not self._readers:
            return []
        told = [reader.tags(raw) for reader in self._readers]
        return [
            [
                tuple(dict.fromkeys(tag for cell in cells for tag in cell)) or None
                for cells in zip(*told, strict=True)
            ]
        ]

    def problems(self) -> list[Problem]:
        """The unusable cells of the last batch among the columns read here."""
        return [problem for reader in self._readers for problem in reader.problems]

    def cleaners(self) -> list[Cleaner]:
        """The cleaners of the columns read here, which know after the last batch what they mended."""
        return [one.cleaner for one in self._readers if one.cleaner is not None]


class _Reader:
    """Reads the tags of one column."""

    def __init__(
        self, recipe: Recipe, column: Column, answers: Mapping[str, str], words: Keywords | None
    ) -> None:
        self._index = column.index
        self._answers = {tag_key(answer): tag for answer, tag in answers.items()}
        self._words = words
        self.problems: list[Problem] = []
        self.cleaner = Cleaner(replace(recipe, columns=(column,))) if column.field == "tags" else None
        self._memory: dict[tuple[str, Tags], Tags] = {}

    def tags(self, raw: RawBatch) -> list[Tags]:
        """The tags of each row's cell."""
        cells = [row[self._index] if self._index < len(row) else "" for row in raw.rows]
        read: Iterable[Tags] = [()] * len(cells)
        if self.cleaner is not None:
            batch = self.cleaner.clean(raw)
            self.problems = batch.problems
            read = [row[0] or () for row in batch.rows]
        if len(self._memory) > _REMEMBERED:
            self._memory.clear()
        return [self._remembered(cell, tags) for cell, tags in zip(cells, read, strict=True)]

    def _remembered(self, cell: str, tags: Tags) -> Tags:
        found = self._memory.get((cell, tags))
        if found is None:
            found = self._memory[cell, tags] = self._read(cell, tags)
        return found

    def _read(self, cell: str, tags: Tags) -> Tags:
        found = [self._words(cell)] if self._words else []
        whole = tag_key(cell)
        if whole in self._answers:
            found.append((self._answers[whole],))
        elif self.cleaner is not None:
            found.append(tuple(self._answers.get(tag_key(tag), tag) for tag in tags))
        else:
            found.append(tuple(self._answers.get(tag_key(part), "") for part in _PARTS.split(cell)))
        return tuple(tag for some in found for tag in some if tag)
