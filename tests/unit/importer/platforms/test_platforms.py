"""Exports of platforms that no preset knows come out right without a word: every column its field, every cell its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.importer.platforms import friends, lists, sales, shops
from tests.unit.importer.platforms.columns import Export
from tests.unit.importer.platforms.from_headers import exports
from tests.unit.importer.platforms.judging import judged

EXPORTS = (*shops.EXPORTS, *friends.EXPORTS, *lists.EXPORTS, *sales.EXPORTS)
HEADERS = tuple(exports())


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.title)
def test_every_column_and_every_cell_comes_out_right(tmp_path: Path, export: Export) -> None:
    result = judged(export, tmp_path)
    assert (result.wrong_columns, result.wrong_cells, result.asked) == ([], [], export.asked)


@pytest.mark.parametrize("export", HEADERS, ids=lambda export: export.title)
def test_every_column_of_further_headers_comes_out_right(tmp_path: Path, export: Export) -> None:
    result = judged(export, tmp_path)
    assert (result.wrong_columns, result.asked) == ([], frozenset())


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert len(EXPORTS) + len(HEADERS) >= 100
    assert sum(len(export.cols) for export in (*EXPORTS, *HEADERS)) >= 1_200
