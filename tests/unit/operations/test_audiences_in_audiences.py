"""Audiences that name each other: found by their live conditions, followed when they get another name, never in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.people.query_text import parse
from desktop.operations.audiences import audience_editor, audiences
from desktop.operations.history import undoing
from desktop.store.condition_sql import count, ids
from desktop.store.conditions.belonging import LONGEST_CHAIN
from desktop.store.conditions.references import referring
from desktop.store.database import Database
from desktop.store.members import views
from desktop.store.members.views import SavedView
from desktop.store.shop_file import ShopFile
from desktop.text import render, use_language
from tests.shops import fill


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    use_language("zh_TW")
    with ShopFile.create(tmp_path / "店.tagline", name="店") as file:
        fill(file.writer(), 6)
        yield file.writer()


def found(db: Database, query: str) -> list[int]:
    return list(ids(db, parse(query)))


def told(error: pytest.ExceptionInfo[UserError]) -> str:
    return render(error.value.text)


def test_an_audience_is_asked_for_by_its_condition_of_now(db: Database) -> None:
    audiences.save(db, "前三", "id:<=3")
    assert found(db, "audience:前三 -id:1") == [2, 3]
    assert found(db, "-audience:前三") == [4, 5, 6]
    audiences.save(db, "前三", "id:<=2")
    assert found(db, "受眾包:前三") == [1, 2]


def test_all_of_them_and_none_of_them(db: Database) -> None:
    assert found(db, "audience:any") == []
    audiences.save(db, "一", "id:1")
    audiences.save(db, "三", "id:3 OR audience:一")
    assert found(db, "audience:any") == [1, 3]
    assert found(db, "audience:none") == [2, 4, 5, 6]


def test_one_that_is_not_there_is_told_with_the_nearest(db: Database) -> None:
    with pytest.raises(UserError) as error:
        count(db, parse("-audience:母親節"))
    assert "「母親節」" in told(error)
    audiences.save(db, "母親節 2026", "id:1")
    with pytest.raises(UserError) as error:
        audiences.save(db, "另一個", "-audience:母親節")
    assert "最接近的是「母親節 2026」" in told(error)
    assert [each.name for each in audiences.audiences.all_audiences(db)] == ["母親節 2026"]


def test_a_circle_is_refused_and_named(db: Database) -> None:
    with pytest.raises(UserError) as error:
        audiences.save(db, "甲", "id:1 OR audience:甲")
    assert "甲 → 甲" in told(error)
    audiences.save(db, "甲", "id:1")
    audiences.save(db, "乙", "audience:甲")
    first = audiences.existing(db, "甲").id
    with pytest.raises(UserError) as error:
        audience_editor.save_as(db, first, "甲", "-(id:2 audience:乙)")
    assert "甲 → 乙 → 甲" in told(error)
    assert audiences.existing(db, "甲").query == "id:1"


def test_a_long_chain_ends_with_a_sentence(db: Database) -> None:
    audiences.save(db, "0", "id:1")
    for number in range(1, LONGEST_CHAIN):
        audiences.save(db, str(number), f"audience:{number - 1}")
    with pytest.raises(UserError) as error:
        audiences.save(db, "太長", f"audience:{LONGEST_CHAIN - 1}")
    assert f"超過 {LONGEST_CHAIN} 層" in told(error)


def test_another_name_is_followed_everywhere_and_undone_together(db: Database) -> None:
    audiences.save(db, "熟客包", "id:<=3")
    audiences.save(db, "其他", "-audience:熟客包 (id:4 OR audience:熟客包)")
    views.keep(db, [SavedView(1, "看", "audience:熟客包")])
    known = audiences.existing(db, "熟客包")
    audience_editor.save_as(db, known.id, "老朋友", "id:<=3")
    assert audiences.existing(db, "其他").query == "-audience:老朋友 (id:4 OR audience:老朋友)"
    assert views.all_views(db)[0].query == "audience:老朋友"
    assert found(db, audiences.existing(db, "其他").query) == [4]
    undoing.undo(db)
    assert audiences.existing(db, "其他").query == "-audience:熟客包 (id:4 OR audience:熟客包)"
    assert audiences.existing(db, "熟客包").id == known.id
    assert views.all_views(db)[0].query == "audience:熟客包"


def test_who_names_it_is_known_before_it_is_deleted(db: Database) -> None:
    audiences.save(db, "一", "id:1")
    audiences.save(db, "二", "id:2 OR audience:一")
    assert referring(db, "一").audiences == ("二",)
    assert not referring(db, "二").any
    audiences.delete(db, "一")
    with pytest.raises(UserError):
        audiences.now(db, audiences.existing(db, "二"))


def test_the_classes_need_a_cycle_but_can_be_kept_without(db: Database) -> None:
    audiences.save(db, "沉睡", "nasl:S")
    with pytest.raises(UserError) as error:
        count(db, parse("nasl:S"))
    assert "回購週期" in told(error)
    assert count(db, parse("nasl:none")) == 6
