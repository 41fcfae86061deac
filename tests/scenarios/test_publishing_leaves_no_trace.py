"""People and publishing: who is erased leaves no trace in links and jobs, who is merged keeps the right menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import deleting, erasing, merging
from desktop.operations.people.merging import MergeChoice
from desktop.operations.planning import plans, publishing
from desktop.store.shop_file import ShopFile
from tests.scenarios.publish_world import TODAY, PublishWorld, menu, publish_world
from tests.scenarios.upload_world import user_id

HERS = user_id(30)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PublishWorld]:
    with publish_world(tmp_path) as made:
        made.shop.close()
        made.shop = ShopFile.create(paths.shops_folder() / "店.tagline", name="店", practice=False)
        made.connect()
        made.usual()
        made.plan("大家", menu())
        yield made


def person(world: PublishWorld, uid: str) -> int:
    return int(world.db.value("SELECT id FROM person WHERE line_user_id = ?", (uid,)))


def told() -> list[str]:
    """Files below the data folder in which her user ID stands."""
    found = []
    for file in paths.data_folder().rglob("*"):
        if file.is_file() and HERS.encode() in file.read_bytes():
            found.append(file.name)
    return found


def test_who_is_erased_leaves_no_trace(world: PublishWorld) -> None:
    world.plan("她的", menu("她的", for_whom=f"line_user_id:{HERS}"))
    world.publish()
    world.set_level([user_id(1)], "VIP")
    job = publishing.refresh_links(world.db).job.id
    assert world.db.value("SELECT count(*) FROM menu_link WHERE line_user_id = ?", (HERS,)) == 1
    assert told() != []
    plans.delete(world.db, world.planned["她的"])
    erasing.erase(world.db, person(world, HERS))
    for table in ("menu_link", "publishing_person"):
        assert world.db.value(f"SELECT count(*) FROM {table} WHERE line_user_id = ?", (HERS,)) == 0
    assert world.db.column("SELECT query FROM publishing_menu WHERE query LIKE ?", (f"%{HERS}%",)) == []
    assert told() == []
    assert world.run(job).state == "done"
    assert user_id(1) in world.audience_of("貴賓")


def test_who_is_erased_while_her_block_waits_is_not_sent(world: PublishWorld) -> None:
    job = world.press().job.id
    erasing.erase(world.db, person(world, HERS))
    assert world.run(job).state == "done"
    assert HERS not in world.at_line.links
    assert len(world.audience_of("貴賓")) == 14
    assert world.db.value("SELECT count(*) FROM menu_link WHERE line_user_id = ?", (HERS,)) == 0


def test_everybody_of_a_block_erased(world: PublishWorld) -> None:
    world.set_level([user_id(n) for n in range(26, 41) if n != 30], "一般")
    job = world.press().job.id
    erasing.erase(world.db, person(world, HERS))
    done = world.run(job)
    assert done.state == "done"
    assert not [one for one in world.simulator.requests if "bulk" in one.path]


def test_an_old_id_of_hers_goes_too(world: PublishWorld) -> None:
    world.publish()
    keep, gone = person(world, HERS), person(world, user_id(31))
    merging.merge(world.db, [MergeChoice(keep, gone)])
    erasing.erase(world.db, keep)
    left = world.db.column("SELECT line_user_id FROM menu_link ORDER BY 1")
    assert left == [user_id(n) for n in range(26, 41) if n not in (30, 31)]


def test_who_is_merged_has_the_menu_of_the_one_who_stays(world: PublishWorld) -> None:
    world.publish()
    keep, gone = person(world, user_id(1)), person(world, HERS)
    merging.merge(world.db, [MergeChoice(keep, gone)])
    # Her other ID belongs to nobody in the list any more: its menu is taken back with the next press.
    stays = world.db.row("SELECT line_user_id, level FROM person WHERE id = ?", (keep,))
    assert stays is not None
    found = publishing.newly(world.db)
    assert found.n >= 1
    world.run(publishing.refresh_links(world.db))
    assert publishing.newly(world.db).n == 0
    vips = {user_id(n) for n in range(26, 41) if n != 30}
    assert world.audience_of("貴賓") == vips | ({stays[0]} if stays[1] == "VIP" else set())


def test_who_is_deleted_and_brought_back(world: PublishWorld) -> None:
    world.publish()
    deleting.delete(world.db, Selection.of([person(world, HERS)]))
    assert publishing.newly(world.db).to_default == 1
    undoing.undo(world.db)
    assert publishing.newly(world.db).n == 0
    assert publishing.plan(world.db, TODAY).empty
