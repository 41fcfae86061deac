"""How a file is read: which sheet, which column is which field, and in which format. A recipe is made by ``understand``, can
be changed by the owner's answers, and is kept under the fingerprint of its header so that next week's file needs no word."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from desktop.core.errors import QuestionOpen
from desktop.core.message import Message, message
from desktop.importer.columns.fields import ASSIGNABLE, CHAT_FIELDS, FIELDS_OF
from desktop.importer.columns.names import name_key
from desktop.importer.columns.readers import PLAIN, ColumnFormat
from desktop.importer.layout import Layout


@dataclass(frozen=True, slots=True)
class Answers:
    """What the owner, or a recipe of an earlier file, decided.

    Args:
        fields: column → field (one of ``fields.ASSIGNABLE``).
        dates: column → order (one of ``date_formats.ORDERS``).
        separators: column → the signs between its tags.
        sheet: the sheet to read.
        header_row: number of the row with the names; 0: there is none.
        kind: the kind of file.
        policy: whom the file may touch: ``create`` only new people, ``update`` only those there, ``both`` (the same as None).
        overwrite: column → what its cells do to a value that is there: ``replace`` it (as where nothing is said), only
            ``fill`` what is empty, or ``clear`` it even where they are blank.
        tag_mode: ``append`` (the same as None), or ``replace``: tags that imports put and the cell no longer has are taken off.
        import_tag: a tag for everybody in this file.
        keywords: text found in a chat or a free answer (width and case do not count) → tag.
        answer_tags: question of a form → answer → tag; "" means no tag. Answers that are not named become tags of their own
            name where the column's field is ``tags``.
        number_series: the system whose member numbers these are; "" and None: the shop's own.
        decisions: row of the sheet whose person was ambiguous → ``person:<id>``, ``new`` or ``skip``.

    ``import_tag`` and ``decisions`` are about one file only and are no part of a recipe.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    kind: str | None = None
    policy: str | None = None
    overwrite: Mapping[str, str] = field(default_factory=dict)
    tag_mode: str | None = None
    import_tag: str | None = None
    keywords: Mapping[str, str] = field(default_factory=dict)
    answer_tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    number_series: str | None = None
    decisions: Mapping[int, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """One line of JSON, as the shop file keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Answers:
        """Read what :meth:`to_json` wrote, whichever version of the program did; words it does not know are passed over."""
        told = json.loads(text)
        known = {name: told[name] for name in cls.__dataclass_fields__ if name in told}
        if "decisions" in known:
            known["decisions"] = {int(row): word for row, word in known["decisions"].items()}
        return cls(**known)

    def about(self, columns: Sequence[str]) -> tuple[Answers, list[str]]:
        """What of these answers is about a file with these columns, and the columns they name that it does not have."""
        known = {name_key(column) for column in columns}
        kept: dict[str, Any] = {}
        gone: dict[str, None] = {}
        for name in ("fields", "dates", "separators", "overwrite", "answer_tags"):
            told: Mapping[str, Any] = getattr(self, name)
            kept[name] = {column: word for column, word in told.items() if name_key(column) in known}
            gone.update(dict.fromkeys(column for column in told if column not in kept[name]))
        return replace(self, **kept), list(gone)

    def for_recipe(self) -> Answers:
        """What is worth keeping for the next file of this shape."""
        return replace(self, import_tag=None, decisions={})

    def over(self, earlier: Answers) -> Answers:
        """These answers, and where they say nothing those of an earlier file."""
        merged: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(earlier, name)
            if name == "answer_tags":
                asked = dict.fromkeys([*theirs, *mine])
                merged[name] = {one: {**theirs.get(one, {}), **mine.get(one, {})} for one in asked}
            elif isinstance(theirs, Mapping):
                merged[name] = {**theirs, **mine}
            else:
                merged[name] = theirs if mine is None else mine
        return Answers(**merged)


@dataclass(frozen=True, slots=True)
class Sample:
    """A cell before and after: the row's number, the text in the file, the value kept, and why there is none."""

    row: int
    before: str
    after: Any
    problem: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file.

    Args:
        index: its place from 0.
        name: its name, different from all others.
        field: what it fills: a field, ``extra`` or ``ignore``.
        part: the part of the field it fills, "" for all of it.
        confidence: 0 to 1.
        why: where the field comes from: ``owner``, ``name``, ``values``, ``both``, ``secret``, ``other``, ``unknown``,
            ``no_place`` (text under ``importing.why.<why>``).
        form: how its values are written.
        filled: non-blank cells among the rows that were looked at.
        samples: a few cells before and after.
    """

    index: int
    name: str
    field: str
    part: str = ""
    confidence: float = 0.0
    why: str = "unknown"
    form: ColumnFormat = PLAIN
    filled: int = 0
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A column whose dates can be read in several orders.

    Args:
        column: its name.
        orders: the orders that are possible.
        examples: a few of its values.
    """

    column: str
    orders: tuple[str, ...]
    examples: tuple[str, ...]

    def text(self) -> Message:
        """The question as a sentence."""
        return message("importing.question.dates", column=self.column, examples=list(self.examples))

    def option(self, order: str | None = None) -> str:
        """The command line's answer."""
        return f'--dates "{self.column}={order or self.orders[0]}"'


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one sheet of a file is read.

    Args:
        kind: members, orders, form_answers, chat_log or user_ids.
        sheet: the sheet's name, "" for a file of its own.
        encoding: the text encoding, None for workbooks.
        layout: where the table is.
        columns: those of the table, in their order.
        questions: what only the owner can decide; while there are any, the file is not imported.
        zone: the shop's time zone.
        country: the shop's country.
        chat_name: the friend's display name of a chat log, from the file's name.
        decided: what the owner decided about the rows: whom the file may touch, what may be overwritten, which tags it brings.
        chats: the other chats of the same archive, which are imported together with this one.
        notes: what there is to know of decisions that do not fit this file.
    """

    kind: str
    sheet: str
    encoding: str | None
    layout: Layout
    columns: tuple[Column, ...]
    questions: tuple[DateQuestion, ...] = ()
    zone: str = "Asia/Taipei"
    country: str = "TW"
    chat_name: str = ""
    decided: Answers = field(default_factory=Answers)
    chats: tuple[Recipe, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def header_row(self) -> int | None:
        """Number of the row with the columns' names."""
        return self.layout.header_row

    @property
    def mapping(self) -> dict[str, str]:
        """Column → field, ``extra`` or ``ignore``."""
        return {column.name: column.field for column in self.columns}

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a cleaned row, in the order of its values; ``extra`` last."""
        filled = {column.field for column in self.columns}
        order = CHAT_FIELDS if self.kind == "chat_log" else ASSIGNABLE
        return tuple(name for name in order if name in filled and name != "ignore")

    @property
    def fingerprint(self) -> str:
        """The same for files with the same columns in whatever order, under the same form of header."""
        keys = sorted(name_key(column.name) for column in self.columns)
        told = json.dumps([keys, len(self.layout.header_rows)], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def identifies(self) -> bool:
        """Whether some column tells who a row is about, or which order it is."""
        keys = {"member_no", "phone", "email", "line_user_id", "name", "order_no"}
        return self.kind == "chat_log" or not keys.isdisjoint(self.fields)

    def answers(self) -> Answers:
        """What was decided, for saving under the fingerprint."""
        dates = {}
        for column in self.columns:
            order = column.form.dates.short or column.form.dates.year_last
            if order:
                dates[column.name] = order
        return replace(
            self.decided.for_recipe(),
            fields={column.name: column.field for column in self.columns if not column.part},
            dates=dates,
            sheet=None,
            header_row=None,
            kind=self.kind,
        )

    def raise_open_question(self) -> None:
        """End with the first open question.

        Raises:
            QuestionOpen: names the column and the option that answers it.
        """
        for question in self.questions:
            raise QuestionOpen(question.text(), option=question.option())
        if not self.identifies:
            raise QuestionOpen(
                message("importing.question.identity", columns=[column.name for column in self.columns][:20]),
                option='--map "…=phone"',
            )


def fields_for(kind: str) -> tuple[str, ...]:
    """The fields a column of such a file may be given, for the owner to choose from."""
    return FIELDS_OF[kind]
