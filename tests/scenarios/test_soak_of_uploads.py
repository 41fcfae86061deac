"""A long time of everything at once: an owner who presses, refreshes, cancels and restores, people who join and leave, somebody who
deletes at LINE, a network that fails and a program that is killed, in an order a seed decides. In the end LINE holds what the shop
says, each audience once, and neither logs nor error texts tell whom."""

from __future__ import annotations

import logging
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.line_api.uploading.hooks import CHECKPOINTS
from desktop.log import start_logging, stop_logging
from desktop.operations.audiences import audiences
from desktop.operations.line import audiences_at_line, keeping_in_step, uploading
from desktop.store import outbox
from desktop.store.outbox import at_line
from desktop.store.shop_file import ShopFile
from tests.scenarios.replacing_world import FAULTS, REQUESTS
from tests.scenarios.restored import paused_by_a_restore
from tests.scenarios.upload_world import ProgramKilled, UploadWorld, upload_world, user_id

NAMES = ("單數客", "雙數客", "全部", "VIP")
_PARTS = {"單數客": "store=單號店", "雙數客": "store=雙號店", "全部": "", "VIP": "store=單號店"}


class Soak:
    """One shop and one seed."""

    def __init__(self, world: UploadWorld, seed: int, folder: Path) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.folder = folder
        self.people = 0
        self.done: Counter[str] = Counter()
        self.uploader = world.uploader()
        self.join(12)
        for name in NAMES:
            audiences.save(world.db, name, _PARTS[name])
        self.back_up()

    # What can happen

    def join(self, count: int = 0) -> None:
        count = count or self.chance.randint(1, 3)
        first = self.people + 1
        self.people += count
        self.world.people(count, first=first)
        with self.world.db.transaction():
            self.world.db.run(
                "UPDATE person SET store = CASE id % 2 WHEN 1 THEN '單號店' ELSE '雙號店' END WHERE line_user_id >= ?",
                (user_id(first),),
            )

    def leave(self) -> None:
        number = self.chance.randint(1, self.people)
        with self.world.db.transaction():
            self.world.db.run(
                "UPDATE person SET do_not_send = 1 - do_not_send WHERE line_user_id = ?", (user_id(number),)
            )

    def press(self) -> None:
        uploading.press(self.world.db, self.audience())

    def refresh(self) -> None:
        keeping_in_step.refresh(self.world.db, self.audience())

    def renew(self) -> None:
        keeping_in_step.replace(self.world.db, self.audience())

    def cancel(self) -> None:
        jobs = outbox.open_jobs(self.world.db)
        if jobs:
            uploading.cancel(self.world.db, self.chance.choice(jobs).id)

    def retry(self) -> None:
        uploading.retry_all(self.world.db)

    def let_old_ones_go(self) -> None:
        for old in keeping_in_step.old_copies(self.world.db)[:2]:
            keeping_in_step.confirm_delete_old(self.world.db, old.group_id)

    def delete_at_line(self) -> None:
        there = self.world.simulator.audiences()
        if there:
            self.world.simulator.delete_audience(self.chance.choice(there).id)

    def list_at_line(self) -> None:
        audiences_at_line.listing(self.world.client(), self.world.in_database)

    def fault(self) -> None:
        method, path = self.chance.choice(list(REQUESTS.values()))
        switch = FAULTS[self.chance.choice(list(FAULTS)[1:])] or {}
        self.world.simulator.faults.add(method=method, path=path, skip=self.chance.randint(0, 2), **switch)

    def line_fails(self) -> None:
        self.world.simulator.configure(failing_jobs=1)

    def line_changes_its_mind(self) -> None:
        refusing = not self.world.simulator.state.settings.refuse_duplicate_names
        self.world.simulator.configure(refuse_duplicate_names=refusing, list_order="shuffled")

    def work(self) -> None:
        for _ in range(self.chance.randint(1, 12)):
            wait = self.uploader.step()
            if wait is None:
                return
            if wait:
                self.world.clock.sleep(wait)

    def be_killed(self) -> None:
        self.uploader = self.world.uploader(
            die_at=self.chance.choice(CHECKPOINTS), nth=self.chance.randint(1, 3)
        )
        self.work()

    def restart(self) -> None:
        self.world.restart()
        self.uploader = self.world.uploader()

    def back_up(self) -> None:
        self.world.shop.close()
        shutil.copy(self.world.shop.path, self.folder / "backup.tagline")
        self.world.shop = ShopFile.open(self.world.shop.path)

    def restore(self) -> None:
        world = self.world
        world.shop.close()
        shutil.copy(self.folder / "backup.tagline", world.shop.path)
        world.shop = ShopFile.open(world.shop.path)
        paused_by_a_restore(world.db)
        # People of after the backup would come by import again; here they are new ones.
        highest = world.db.value("SELECT max(line_user_id) FROM person")
        self.people = max(self.people, int(highest[1:], 16))
        self.uploader = world.uploader()
        for _ in range(5):
            try:
                uploading.check_restored(self.uploader, world.in_database)
                break
            except UserError:
                world.clock.sleep(60.0)
        else:
            world.simulator.faults.clear()
            uploading.check_restored(self.uploader, world.in_database)
        uploading.confirm_all(world.db)

    def wait_long(self) -> None:
        self.world.clock.sleep(self.chance.choice((60.0, 3_600.0, 20 * 86_400.0)))

    # How it goes

    def audience(self) -> audiences.Audience:
        return audiences.existing(self.world.db, self.chance.choice(NAMES))

    def go(self, operations: int) -> None:
        acts: list[Callable[[], None]] = [
            self.join, self.leave, self.leave, self.press, self.refresh, self.refresh, self.refresh, self.renew,
            self.cancel, self.retry, self.let_old_ones_go, self.delete_at_line, self.list_at_line, self.fault,
            self.fault, self.line_fails, self.line_changes_its_mind, self.work, self.work, self.work,
            self.be_killed, self.be_killed, self.restart, self.wait_long,
        ]  # fmt: skip
        for number in range(operations):
            act = self.chance.choice(acts)
            if number % 97 == 50:
                act = self.back_up
            elif number % 97 == 70:
                act = self.restore
            try:
                act()
                self.done[act.__name__] += 1
            except UserError:
                self.done["refused"] += 1
            except ProgramKilled:
                self.done["killed"] += 1
                self.restart()
            self.check()

    def check(self) -> None:
        """What holds at any moment: LINE holds no two audiences of one name, and no request of ours made two audiences."""
        names = Counter(one.description for one in self.world.simulator.audiences())
        assert not [name for name, count in names.items() if count > 1], dict(self.done)
        marks = Counter(one.jobs[0].description for one in self.world.simulator.state.audiences() if one.jobs)
        assert not [mark for mark, count in marks.items() if count > 1], dict(self.done)

    def settle(self) -> None:
        """Quiet at last: the owner presses retry and refresh until nothing is left to do."""
        world = self.world
        world.simulator.faults.clear()
        world.simulator.configure(failing_jobs=0)
        for _ in range(12):
            audiences_at_line.listing(world.client(), world.in_database)
            for name in NAMES:
                keeping_in_step.refresh(world.db, audiences.existing(world.db, name))
            for job in outbox.open_jobs(world.db):
                if job.state == "action_needed":
                    uploading.retry(world.db, job.id)
            uploader = world.uploader()
            while (wait := uploader.step()) is not None:
                if wait:
                    world.clock.sleep(wait)
            if not outbox.open_jobs(world.db) and all(self.drift(name).in_step for name in NAMES):
                break

    def drift(self, name: str) -> keeping_in_step.Drift:
        return keeping_in_step.drift(self.world.db, audiences.existing(self.world.db, name))

    def meant(self, name: str) -> frozenset[str]:
        """Who is in an audience now, asked without the program's own conditions."""
        odd = {"單數客": " AND id % 2 = 1", "VIP": " AND id % 2 = 1", "雙數客": " AND id % 2 = 0"}.get(
            name, ""
        )
        ids = self.world.db.column(f"SELECT line_user_id FROM person WHERE do_not_send = 0{odd}")
        return frozenset(ids)

    def verify(self) -> None:
        """LINE's side is ours."""
        left = [
            (one.id, one.kind, one.state, one.method, one.error) for one in outbox.open_jobs(self.world.db)
        ]
        assert not left, (left, dict(self.done))
        for name in NAMES:
            now = self.drift(name)
            assert now.in_step, (name, now, dict(self.done))
            assert now.group_id is not None
            assert self.world.simulator.ids_of(now.group_id) == self.meant(name), name
            known = at_line.known(self.world.db, now.group_id)
            assert known is not None
            there = {one.id: one.description for one in self.world.simulator.audiences()}
            assert there[now.group_id] == known.name
            assert known.name.startswith(name)


def play(folder: Path, seed: int, operations: int) -> str:
    """One run; returns what was logged."""
    (folder / "logs").mkdir()
    handler = start_logging(folder / "logs", logging.DEBUG)
    try:
        with upload_world(folder) as world:
            soak = Soak(world, seed, folder)
            soak.go(operations)
            soak.settle()
            soak.verify()
            texts = [str(one.error) for one in outbox.jobs(world.db) if one.error]
            token = world.simulator.token
    finally:
        stop_logging(handler)
    said = (folder / "logs" / "tagline.log").read_text(encoding="utf-8") + "\n".join(texts)
    assert token not in said
    assert not [number for number in range(1, 400) if user_id(number) in said]
    return said


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_slice(tmp_path: Path, seed: int) -> None:
    assert "audienceGroup" in play(tmp_path, seed, 60)


@pytest.mark.long
@pytest.mark.timeout(1_500)
@pytest.mark.parametrize("seed", [11])
def test_two_thousand_operations(tmp_path: Path, seed: int) -> None:
    play(tmp_path, seed, 2_000)
