"""Ours, without a window: the program's own operations on a shop of the size, called as the window and the command line do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.measure import Bench
from tests.bench.peers.count_join import TURNS, parts
from tests.bench.peers.like_search import TURNS as SEARCHES
from tests.bench.peers.like_search import typed
from tests.bench.shops import import_file, today


def four_parts(turn: int = 0) -> str:
    """The same question as the rival's in peers/count_join.py."""
    wanted, unwanted, days, stores = parts(turn)
    some_tag = " OR ".join(f"tag:{tag}" for tag in wanted)
    some_store = " OR ".join(f"store:{store}" for store in stores)
    return f"({some_tag}) -tag:{unwanted} last_order:<={days}d ({some_store})"


def import_csv(bench: Bench) -> None:
    """P1: a new shop takes the people's file: read, clean, match, compare, commit with history."""
    _import_into_new(bench, "people.csv")


def import_xlsx(bench: Bench) -> None:
    """P3: the same from Excel, the child process that parses it included."""
    _import_into_new(bench, "people.xlsx")


def import_again(bench: Bench) -> None:
    """P2: a shop that has these people takes a later export in which one in a hundred changed."""
    source = bench.data("people_changed.csv")
    with _shop(bench, "people.tagline") as db, bench.measured():
        bench.notes.update(import_file(db, source))


def tag(bench: Bench) -> None:
    """P4: a new tag on every tenth person, as one named step that can be undone."""
    with _shop(bench, "shop.tagline") as db:
        put = _tagging(db)
        with bench.measured():
            bench.notes["changed"] = put()


def undo_tag(bench: Bench) -> None:
    """P4: taking that step back."""
    from desktop.operations.history import undoing

    with _shop(bench, "shop.tagline") as db:
        _tagging(db)()
        with bench.measured():
            bench.notes["reverted"] = undoing.undo(db).reverted


def count(bench: Bench) -> None:
    """P5: the number beside the condition builder while it is edited."""
    from desktop.core.people.query_text import parse

    questions = [parse(four_parts(turn)) for turn in range(TURNS)]
    with _window(bench, "shop.tagline") as db:
        ask = _counting(db)
        found: list[int] = []
        bench.repeated(lambda: found.append(ask(questions[len(found) % TURNS])), TURNS - 1)
        bench.notes["found"] = found


def search(bench: Bench) -> None:
    """P6: the number of people found at a keystroke; the time is that of one keystroke."""
    from desktop.core.people.query_text import parse

    turns = [[parse(text) for text in typed(turn)] for turn in range(SEARCHES)]
    with _window(bench, "shop.tagline") as db:
        ask = _counting(db)
        found: list[list[int]] = []
        bench.repeated(
            lambda: found.append([ask(question) for question in turns[len(found) % SEARCHES]]), SEARCHES - 1
        )
        bench.wall /= len(typed(0))
        bench.cpu /= len(typed(0))
        bench.notes["found"] = found


def picture(bench: Bench) -> None:
    """P5b: reading the picture of the people that the window answers from; the longest turn is what a question may wait."""
    from desktop.store.picture import keeping
    from desktop.store.shop_file import open_reader

    db = open_reader(bench.copy("shop.tagline"))
    keeping.keep(db, lambda: None)
    longest = 0.0
    with bench.measured():
        while True:
            start = time.perf_counter()
            more = keeping.advance(db)
            longest = max(longest, time.perf_counter() - start)
            if not more:
                break
    bench.notes["longest_turn"] = longest
    db.close()


def audience_file(bench: Bench) -> None:
    """P9: the user IDs of everybody reachable, as LINE takes them, with SHA-256."""
    from desktop.operations.audiences import audiences, exporting

    target = bench.folder / "ids.txt"
    with _shop(bench, "shop.tagline") as db:
        saved = audiences.save(db, "全部已綁定", "line_user_id:any").audience
        with bench.measured():
            written = exporting.export_user_ids(db, saved, target)
        bench.notes.update(ids=written.count, bytes=target.stat().st_size)


def figures(bench: Bench) -> None:
    """P10: funnel, NASL and break-down by store on a connection that has not asked before; nothing of it is kept in the file."""
    from desktop.store.shop_file import open_reader

    path = bench.copy("shop.tagline")
    with bench.measured():
        db = open_reader(path)
        cycle, classes = _figures(db)
        db.close()
    bench.notes.update(cycle=cycle, classes=classes)


def figures_again(bench: Bench) -> None:
    """P10: the same once more, with nothing changed in the shop."""
    from desktop.store.shop_file import open_reader

    db = open_reader(bench.copy("shop.tagline"))
    bench.repeated(lambda: _figures(db), 15)
    db.close()


def _figures(db: Any) -> tuple[float, dict[str, int]]:
    from desktop.operations.insights import breakdown, funnel, nasl

    funnel.funnel(db, compare=False)
    breakdown.breakdown(db, "store", "list_binding")
    found = nasl.nasl(db)
    assert found.repurchase is not None
    return found.repurchase.cycle_days, {one.letter: one.people for one in found.classes}


def _import_into_new(bench: Bench, name: str) -> None:
    from desktop.store.shop_file import ShopFile

    source = bench.data(name)
    with ShopFile.create(bench.folder / "new.tagline", name="量測") as shop:
        db = shop.writer()
        with bench.measured():
            bench.notes.update(import_file(db, source))


def _tagging(db: Any) -> Callable[[], int]:
    from desktop.core.people.selection import Selection
    from desktop.operations.tagging import tagging

    selection = Selection.of(range(1, db.value("SELECT max(id) FROM person") + 1, 10))
    return lambda: tagging.tag(db, selection, "量測用").changed


def _counting(db: Any) -> Callable[[Any], int]:
    from desktop.store import condition_sql

    context = condition_sql.query_context(db, today)
    return lambda question: condition_sql.count(db, question, context)


@contextmanager
def _shop(bench: Bench, name: str) -> Iterator[Any]:
    from desktop.store.shop_file import ShopFile

    with ShopFile.open(bench.copy(name)) as shop:
        yield shop.writer()


@contextmanager
def _window(bench: Bench, name: str) -> Iterator[Any]:
    """A shop as the window reads it, its picture of the people ready."""
    from desktop.store.picture import keeping
    from desktop.store.shop_file import open_reader

    db = open_reader(bench.copy(name))
    keeping.keep(db, lambda: None)
    while keeping.advance(db):
        pass
    yield db
    db.close()
