"""docs/query.md says what the program does: its examples are read, and no field is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.fields import FIELDS
from desktop.core.people.query_text import parse

DOCUMENT = (Path(__file__).resolve().parents[4] / "docs" / "query.md").read_text(encoding="utf-8")
EXAMPLES = [
    re.split(r"\s{2,}", line)[0]
    for block in re.findall(r"```\n(.*?)```", DOCUMENT, re.DOTALL)
    for line in block.splitlines()
]
FIELD_EXAMPLES = re.findall(
    r"`(-?(?:tag|level|store|last_order|birthday|birthday_month|uploadable|import|audience|標籤|タグ|\w+@[^`: ]+):[^` ]+)`",
    DOCUMENT,
)


@pytest.mark.parametrize("query", [*EXAMPLES, *(text for text in FIELD_EXAMPLES if text != "tag:")])
def test_the_examples_are_read(query: str) -> None:
    assert parse(query, extra_columns=["最愛口味"]) != EVERYBODY


def test_every_field_is_described() -> None:
    assert len(EXAMPLES) >= 3
    assert len(FIELD_EXAMPLES) >= 10
    assert [name for name in FIELDS if f"`{name}`" not in DOCUMENT] == []
