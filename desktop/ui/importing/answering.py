"""What the owner decides about the table shown: a column's field, how its dates are written, which sheet, whom
the file may touch, which tags it brings, whom a doubtful row is about. Each decision is followed by another
look at the file and another check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.importer.recipe import Answers
from desktop.ui.importing.session import ImportSession


class Answering:
    """Decides for the table a session shows."""

    def __init__(self, session: ImportSession) -> None:
        self._session = session

    @property
    def answers(self) -> Answers:
        """What holds now: decided here, else kept from an earlier file of this shape."""
        entry = self._session.entry
        return entry.answers.over(entry.recipe.decided) if entry is not None else Answers()

    def map_column(self, column: str, field: str) -> None:
        """Give a column a field."""
        self.decide(fields={**self._own("fields"), column: field})

    def order_dates(self, column: str, order: str) -> None:
        """Say in which order a column writes its dates."""
        self.decide(dates={**self._own("dates"), column: order})

    def separate(self, column: str, signs: str) -> None:
        """Say what stands between the tags of a column."""
        self.decide(separators={**self._own("separators"), column: signs})

    def overwrite(self, column: str, mode: str) -> None:
        """Say what a column does to values that are there."""
        self.decide(overwrite={**self._own("overwrite"), column: mode})

    def decide_rows(self, decisions: Mapping[int, str]) -> None:
        """Say whom doubtful rows are about."""
        self.decide(decisions={**self._own("decisions"), **decisions})

    def forget_rows(self) -> None:
        """Ask again about all doubtful rows."""
        self.decide(decisions={})

    def decide(self, **answers: Any) -> None:
        """Decide by the names of Answers."""
        entry = self._session.entry
        if entry is not None:
            self._session.look_again(replace(entry, answers=replace(entry.answers, **answers)))

    def read_sheet(self, sheet: str) -> None:
        """Read another sheet."""
        self._anew(sheet=sheet)

    def read_header(self, row: int) -> None:
        """Take the names of the columns from another row; 0: there are none."""
        self._anew(header_row=row)

    def read_kind(self, kind: str) -> None:
        """Take the table for something else."""
        self._anew(kind=kind)

    def read_encoding(self, encoding: str) -> None:
        """Read the file in another encoding."""
        self._anew(encoding=encoding)

    def read_separator(self, separator: str) -> None:
        """Read the file with another sign between its cells; "" finds it again."""
        self._anew(separator=separator or None)

    def _anew(
        self,
        *,
        sheet: str | None = None,
        header_row: int | None = None,
        kind: str | None = None,
        **reading: Any,
    ) -> None:
        """Read the table otherwise; what was decided about columns that may not be there then does not hold any more."""
        entry = self._session.entry
        if entry is None:
            return
        answers = replace(
            entry.answers,
            fields={},
            dates={},
            separators={},
            overwrite={},
            answer_tags={},
            decisions={},
            header_row=entry.answers.header_row if header_row is None else header_row,
            kind=kind or entry.answers.kind,
        )
        if sheet is not None:
            answers = replace(answers, header_row=None, kind=None)
        self._session.look_again(replace(entry, answers=answers, **reading), sheet=sheet)

    def _own(self, name: str) -> Mapping[Any, Any]:
        entry = self._session.entry
        found: Mapping[Any, Any] = getattr(entry.answers, name) if entry is not None else {}
        return found
