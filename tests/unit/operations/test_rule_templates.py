"""Rules to begin with fit themselves to what the shop's data know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.people.query_text import parse
from desktop.operations.tagging.rule_templates import Template, templates
from desktop.store import condition_sql
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from tests.unit.operations.tag_shop import add_people


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("TAGLINE_NOW", "2026-11-21T10:00")
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        yield opened.writer()


def found(db: Database) -> dict[str, Template]:
    return {template.id: template for template in templates(db)}


def test_an_empty_shop_has_data_for_none(db: Database) -> None:
    assert [template.has_data for template in templates(db)] == [False] * 4


def test_the_strictest_threshold_that_finds_somebody_is_taken(db: Database) -> None:
    add_people(db, 10)
    add_people(db, 3, orders=4, last_order="2026-11-01", first_order="2026-01-01")
    assert found(db)["regulars"].query == "last_order:<=60d orders:>=3"
    db.run("UPDATE person SET last_order = '2026-09-10' WHERE orders = 4")
    assert found(db)["regulars"] == Template("regulars", "last_order:<=90d orders:>=3", 3, True)
    assert found(db)["sleeping"].query == "last_order:>60d orders:>=2"


def test_what_would_find_nearly_everybody_is_passed_over(db: Database) -> None:
    add_people(db, 9, orders=1, last_order="2026-11-01", first_order="2026-11-01")
    add_people(db, 1, orders=5, last_order="2026-05-01", first_order="2026-01-01")
    assert found(db)["newcomers"].people == 9
    assert found(db)["sleeping"].people == 1


def test_newcomers_by_what_the_shop_knows(db: Database) -> None:
    add_people(db, 2, friend_at="2026-11-10")
    add_people(db, 8, friend_at="2025-01-10")
    newcomers = found(db)["newcomers"]
    assert (newcomers.query, newcomers.people) == ("friend_at:<=30d", 2)


def test_the_number_told_is_the_number_found(db: Database) -> None:
    add_people(db, 4, birthday="1990-11-03", orders=3, last_order="2026-11-20", first_order="2026-11-20")
    add_people(db, 6, birthday="1990-05-03", orders=1, last_order="2026-02-20", first_order="2026-02-20")
    for template in templates(db):
        assert template.has_data
        assert template.people == condition_sql.count(db, parse(template.query))
    assert found(db)["birthday"].people == 4
