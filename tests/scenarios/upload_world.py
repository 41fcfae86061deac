"""A shop, a simulated LINE and a clock that only moves when somebody waits: what the upload scenarios play in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from desktop.core.changes import Changes
from desktop.line_api.client import LineClient
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.line_api.uploading.hooks import Hooks
from desktop.line_api.uploading.uploader import Uploader
from desktop.operations.audiences import audiences
from desktop.operations.line import uploading
from desktop.simulator.simulator import Simulator
from desktop.store import outbox
from desktop.store.database import Database
from desktop.store.outbox import UploadJob
from desktop.store.shop_file import ShopFile

T = TypeVar("T")


class StillClock:
    """Time that stands still until somebody sleeps; ``slept`` remembers every wait. The simulator's clock goes along."""

    def __init__(self, simulator: Simulator | None = None) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []
        self._simulator = simulator

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        if self._simulator is not None:
            self._simulator.advance(seconds)

    def stop(self) -> None:
        return


class ProgramKilled(BaseException):
    """The program ends here, as by kill -9: nothing after this point runs."""


def user_id(number: int) -> str:
    return f"U{number:032x}"


@dataclass
class UploadWorld:
    """One shop connected to one simulated LINE."""

    shop: ShopFile
    simulator: Simulator
    clock: StillClock
    published: list[Changes] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    progress: list[tuple[int, int]] = field(default_factory=list)

    @property
    def db(self) -> Database:
        return self.shop.writer()

    def in_database(self, work: Callable[[Database], T]) -> T:
        return work(self.db)

    def people(self, count: int, *, first: int = 1) -> frozenset[str]:
        """People with user IDs; returns those."""
        ids = [user_id(number) for number in range(first, first + count)]
        with self.db.transaction():
            self.db.many(
                "INSERT INTO person (line_user_id, orders, total) VALUES (?, 0, 0)", ((one,) for one in ids)
            )
        return frozenset(ids)

    def press(self, name: str = "熟客", query: str = "") -> UploadJob:
        """Save the audience and press upload."""
        return uploading.press(self.db, audiences.save(self.db, name, query).audience).job

    def client(self, token: str | None = None) -> LineClient:
        hosts = LineHosts.on_this_computer(self.simulator.url)
        return LineClient(FixedToken(token or self.simulator.token), hosts=hosts, clock=self.clock)

    def uploader(self, *, die_at: str = "", nth: int = 1, client: LineClient | None = None) -> Uploader:
        """A new uploader, as after a start of the program; it may be killed at a checkpoint."""
        left = nth

        def checkpoint(name: str) -> None:
            nonlocal left
            self.passed.append(name)
            if name == die_at:
                left -= 1
                if left == 0:
                    raise ProgramKilled(name)

        hooks = Hooks(
            publish=self.published.append,
            progress=lambda _, sent, total: self.progress.append((sent, total)),
            checkpoint=checkpoint,
        )
        return Uploader(client or self.client(), self.in_database, clock=self.clock, hooks=hooks)

    def restart(self) -> int:
        """What opening the shop again does to the outbox, and the owner's one press."""
        self.shop.close()
        self.shop = ShopFile.open(self.shop.path)
        with self.db.transaction():
            waiting = outbox.after_restart(self.db)
        uploading.confirm_all(self.db)
        return waiting

    def finish(self, upload_id: int = 1, uploader: Uploader | None = None) -> UploadJob:
        """Work until LINE has processed the upload, or it stops."""
        job = (uploader or self.uploader()).run(upload_id, until_ready=True)
        assert job is not None
        return job

    def insist(self, upload_id: int = 1) -> UploadJob:
        """What a patient owner does: wait and let it go on, press retry where something asks for it, until LINE can use it."""
        uploader = self.uploader()
        for _ in range(20):
            job = self.finish(upload_id, uploader)
            if job.state == "ready":
                break
            self.clock.sleep(60.0)
            if job.state != "processing":
                uploading.retry(self.db, upload_id)
        return job

    def audience_names(self) -> list[str]:
        return sorted(one.description for one in self.simulator.audiences())

    def only_audience(self) -> frozenset[str]:
        """The IDs of the one audience there is at LINE."""
        (audience,) = self.simulator.audiences()
        return self.simulator.ids_of(audience.id)

    def requests(self, method: str, path: str) -> int:
        """How many requests of a kind LINE's side saw."""
        return sum(1 for one in self.simulator.requests if one.method == method and one.path.startswith(path))


@contextmanager
def upload_world(folder: Path, *, practice: bool = False) -> Iterator[UploadWorld]:
    """A world that is torn down afterwards."""
    shop = ShopFile.create(folder / "店.tagline", name="日日咖啡", practice=practice)
    with Simulator() as simulator:
        world = UploadWorld(shop, simulator, StillClock(simulator))
        try:
            yield world
        finally:
            world.shop.close()
