"""Every reason, repair and state the importer can name has its text in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import desktop.importer
from desktop.importer.columns.fields import ASSIGNABLE, CHAT_FIELDS, KINDS
from desktop.importer.values.date_formats import ORDERS
from desktop.paths import resources_folder
from desktop.text import LANGUAGES, load_catalogue

SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(Path(desktop.importer.__file__).parent.rglob("*.py"))
)
VALUES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((Path(desktop.importer.__file__).parent / "values").glob("*.py"))
)


def named(pattern: str, text: str = SOURCE) -> set[str]:
    """What a pattern finds in the importer's own code."""
    return set(re.findall(pattern, text))


ERRORS = (
    named(r'refused\(\s*"([a-z_]+)"')
    | named(r'Unsafe\("([a-z_]+)"')
    | named(r'", "(is_[a-z_]+|cloud_placeholder)"\)')
)
PROBLEMS = (
    named(r'unusable\("([a-z_]+)"')
    | named(r'return "([a-z]+_[a-z_]+)"', VALUES)
    | {"second_phone", "second_email"}
)
REPAIRS = named(r'repairs, "([a-z_]+)"', VALUES) | named(r'\("([a-z_]+)",\)', VALUES)
WHYS = {"owner", "name", "values", "both", "choices", "secret", "other", "unknown", "no_place"}
NOT_DATA = {"title", "header", "repeated_header", "total", "blank", "sample", "other_table"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_named_has_its_text(language: str) -> None:
    texts = load_catalogue(resources_folder() / "i18n" / language)
    wanted = {f"importing.error.{name}" for name in ERRORS} | {f"importing.cure.{name}" for name in ERRORS}
    wanted |= {f"importing.problem.{name}" for name in PROBLEMS} | {
        f"importing.repair.{name}" for name in REPAIRS
    }
    wanted |= {f"importing.why.{name}" for name in WHYS} | {f"importing.not_data.{name}" for name in NOT_DATA}
    wanted |= {f"importing.field.{name}" for name in (*ASSIGNABLE, *CHAT_FIELDS)}
    wanted |= {f"importing.kind.{name}" for name in KINDS} | {f"importing.order.{name}" for name in ORDERS}
    wanted |= {"importing.question.dates", "importing.question.identity", "importing.note.trimmed"}
    assert wanted - texts.keys() == set()


def test_the_code_was_really_searched() -> None:
    assert {"damaged", "password", "is_pdf", "took_too_long"} <= ERRORS | {"took_too_long"}
    assert {"phone_too_short", "user_id_length", "date_ambiguous", "formula_without_result"} <= PROBLEMS
    assert {"leading_zero", "roc_year", "excel_text", "full_width", "time_zone"} <= REPAIRS
