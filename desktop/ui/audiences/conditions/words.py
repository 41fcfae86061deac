"""What fields, forms and whole conditions are called in the editor of an audience."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.core.people.condition import Ago, And, Condition, Or, Value
from desktop.core.people.fields import FIELDS, FieldKind
from desktop.core.people.query_text import to_text
from desktop.core.people.sentences import ANYWHERE, Form, Sentence, kind_of
from desktop.text import t
from desktop.ui.audiences.builder.draft import Line, meant, says_something
from desktop.ui.members.searching.condition_words import described, query_words

UNITS = ("d", "w", "m", "y")
LONGEST_NAME = 40


def field_label(field: str, *, extra: bool = False) -> str:
    """What a field is called."""
    if extra:
        return field
    return t("audiences_page.anywhere") if field == ANYWHERE else t(f"query.field.{field}")


def form_label(field: str, form: Form, *, extra: bool = False) -> str:
    """What a form is called; a list of tags reads otherwise than one of stores."""
    tags = not extra and field != ANYWHERE and FIELDS[field].kind is FieldKind.TAG
    if form in (Form.ANY_OF, Form.NONE_OF) and not tags:
        return t(f"audiences_page.form.{form}.value")
    return t(f"audiences_page.form.{form}")


def unit_label(unit: str, form: Form) -> str:
    """The unit of an age behind its number: 天前, or 天內."""
    within = form in (Form.AGO_WITHIN, Form.AGO_UNDER)
    return t(f"audiences_page.unit.{unit}.{'within' if within else 'ago'}")


def summary(condition: Condition) -> str:
    """A whole condition in one line, as the list of audiences shows it."""
    parts = condition.parts if isinstance(condition, And) else (condition,)
    if not parts:
        return t("audiences_page.everybody")
    return t("audiences_page.joint").join(_said(part) for part in parts)


def query_text(condition: Condition) -> str:
    """A condition as query text in the words of the language in use."""
    return to_text(condition, query_words())


def line_text(line: Line) -> str:
    """What a line says, in one go: for who cannot see its pieces."""
    if says_something(line):
        return _said(meant(line))
    if isinstance(line.says, Sentence):
        return t("builder.unfinished", field=field_label(line.says.field, extra=line.says.extra))
    return t("audiences_page.query_row")


def suggested_name(sentences: Iterable[Sentence]) -> str:
    """A name for a new audience, from what it asks; "" where that says nothing to name it by."""
    said = [text for row in sentences for text in [_name_part(row)] if text]
    return " ".join(said[:3])[:LONGEST_NAME].strip()


def _said(part: Condition) -> str:
    text = described(part)
    if text is None and isinstance(part, Or) and part.parts:
        return t("audiences_page.or").join(_said(one) for one in part.parts)
    return query_text(part) if text is None else text


def _name_part(row: Sentence) -> str:
    if row.form in (Form.ANY_OF, Form.CONTAINS):
        return t("audiences_page.and_list").join(str(value) for value in row.values)
    if row.form in (Form.AGO_OVER, Form.AGO_LEAST, Form.AGO_WITHIN, Form.AGO_UNDER) and row.values:
        return _age_part(row, row.values[0])
    if kind_of(row.field, extra=row.extra) is FieldKind.MONTH and row.values:
        return t("audiences_page.name.birthday", month=period_label(row.values[0]))
    return ""


def _age_part(row: Sentence, age: Value) -> str:
    if not isinstance(age, Ago):
        return ""
    span = t(f"audiences_page.span.{age.unit}", n=age.count)
    within = row.form in (Form.AGO_WITHIN, Form.AGO_UNDER)
    if row.field == "last_order":
        return t("audiences_page.name.bought" if within else "audiences_page.name.unreturned", span=span)
    key = "audiences_page.name.within" if within else "audiences_page.name.before"
    return t(key, field=field_label(row.field), span=span)


def period_label(value: Value) -> str:
    """A month of the year (1 to 12), or a period that moves with the calendar."""
    if isinstance(value, int | float):
        return t("audiences_page.month", month=str(int(value)))
    word = getattr(value, "word", "")
    return t(f"query.value.{word}") if word else str(value)
