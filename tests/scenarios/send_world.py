"""A shop with one audience ready at a simulated LINE, and what it takes to send to it, end the program and start it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from desktop.core.changes import Changes
from desktop.line_api.audience_groups import create_from_json
from desktop.line_api.client import LineClient
from desktop.line_api.sending.narrowcaster import Narrowcaster
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.line_api.uploading.hooks import Hooks
from desktop.operations.line import sending
from desktop.simulator.simulator import Simulator
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.line.sends import Send
from desktop.store.shop_file import ShopFile
from tests.scenarios.upload_world import ProgramKilled, StillClock, user_id

T = TypeVar("T")

TEXT = "新品上架，週末來坐坐"
PEOPLE = 30


@dataclass
class SendWorld:
    """One shop, one simulated LINE, one audience of 30 people that LINE can use."""

    shop: ShopFile
    simulator: Simulator
    clock: StillClock
    published: list[Changes] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    group: int = 0

    @property
    def db(self) -> Database:
        return self.shop.writer()

    def in_database(self, work: Callable[[Database], T]) -> T:
        return work(self.db)

    def client(self) -> LineClient:
        hosts = LineHosts.on_this_computer(self.simulator.url)
        return LineClient(FixedToken(self.simulator.token), hosts=hosts, clock=self.clock)

    def prepare(self, people: int = PEOPLE) -> None:
        """An audience that was uploaded and is ready, and the owner's wish to send from here."""
        ids = [user_id(number) for number in range(1, people + 1)]
        self.simulator.configure(processing_polls=0)
        client = self.client()
        self.group = create_from_json(client, "熟客", "op", ids).id
        client.close()
        with self.db.transaction():
            self.db.insert(
                "INSERT INTO upload (key, audience_name, line_name, query, state, members, ids, audience_group_id,"
                " line_count, pressed_at, changed_at) VALUES ('key', '熟客', '熟客', '', 'ready', ?1, ?1, ?2, ?1, ?3, ?3)",
                (people, self.group, history.utc_now()),
            )
            self.db.run(
                "INSERT INTO upload_request (upload_id, seq, op, method, first, count, state)"
                " VALUES (1, 0, 'op', 'create_json', 0, ?, 'done')",
                (people,),
            )
        sending.switch(self.db, on=True)

    def draft(self, text: str = TEXT) -> Send:
        return sending.draft(self.db, 1, [sending.text_message(text)]).send

    def press(self, typed: int = PEOPLE, *, up_to_quota: bool = False) -> Send:
        """Write a draft and press send."""
        return sending.press(self.db, self.draft().id, typed, up_to_quota=up_to_quota).send

    def narrowcaster(self, *, die_at: str = "", nth: int = 1) -> Narrowcaster:
        """A new one, as after a start of the program; it may be killed at a checkpoint."""
        left = nth

        def checkpoint(name: str) -> None:
            nonlocal left
            self.passed.append(name)
            if name == die_at:
                left -= 1
                if left == 0:
                    raise ProgramKilled(name)

        hooks = Hooks(publish=self.published.append, checkpoint=checkpoint)
        return Narrowcaster(self.client(), self.in_database, clock=self.clock, hooks=hooks)

    def run(self, send_id: int = 1, narrowcaster: Narrowcaster | None = None) -> Send:
        """Work until LINE has sent it, or it stops."""
        found = (narrowcaster or self.narrowcaster()).run(send_id, until_sent=True)
        assert found is not None
        return found

    def restart(self) -> int:
        """What opening the shop again does to sendings; returns how many wait for a press."""
        self.shop.close()
        self.shop = ShopFile.open(self.shop.path)
        return sending.after_restart(self.db)

    def insist(self, send_id: int = 1) -> Send:
        """What a patient owner does: press again where it waits for a press, until there is nothing left to do."""
        for _ in range(12):
            found = self.run(send_id)
            if found.state not in ("waiting", "unknown", "action_needed"):
                break
            self.clock.sleep(30.0)
            sending.confirm(self.db, send_id)
        return found

    @property
    def accepted_by_line(self) -> int:
        """How many narrowcasts LINE took."""
        return len(self.simulator.state.sends.narrowcasts)


@contextmanager
def send_world(folder: Path, *, people: int = PEOPLE) -> Iterator[SendWorld]:
    """A world that is torn down afterwards."""
    file = ShopFile.create(folder / "店.tagline", name="日日咖啡", practice=False)
    with Simulator() as simulator:
        world = SendWorld(file, simulator, StillClock(simulator))
        with world.db.transaction():
            shop.put_json(world.db, "line_account", {"userId": simulator.state.account.user_id})
        world.prepare(people)
        try:
            yield world
        finally:
            world.shop.close()
