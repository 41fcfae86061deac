"""A shop with people, planned rich menus and a simulated LINE, and what it takes to publish, end the program and start it again."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from desktop.core.changes import Changes
from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.menu import COMPACT, Area, Rect, RichMenu, from_content, to_content
from desktop.line_api.client import LineClient
from desktop.line_api.publishing.publisher import Publisher
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.line_api.uploading.hooks import Hooks
from desktop.operations.planning import plans, publishing
from desktop.operations.planning.publishing import MenuImage, Pressed, PublishingJob
from desktop.simulator.simulator import Simulator
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from tests.scenarios.upload_world import ProgramKilled, StillClock, user_id

T = TypeVar("T")

TODAY = date(2026, 8, 7)


def picture(width: int = COMPACT.width, height: int = COMPACT.height) -> bytes:
    """The head of a PNG, which is all LINE looks at."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


def menu(text: str = "菜單", switch: int | None = None, **fields: Any) -> RichMenu:
    """A compact menu of one area, or of two, the second of which switches to another menu."""
    areas = [Area(Rect(0, 0, 1250, 843), title=text, action=Action(ActionKind.MESSAGE, text=text))]
    if switch is not None:
        to_other = Action(ActionKind.SWITCH, menu=switch, data="tab")
        areas.append(Area(Rect(1250, 0, 1250, 843), title="另一頁", action=to_other))
    return RichMenu(size=COMPACT, layout="free", areas=tuple(areas), chat_bar_text="選單", **fields)


@dataclass
class PublishWorld:
    """One shop, one simulated LINE, and the menus the owner has planned, by name."""

    shop: ShopFile
    simulator: Simulator
    clock: StillClock
    published: list[Changes] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    planned: dict[str, int] = field(default_factory=dict)

    @property
    def db(self) -> Database:
        return self.shop.writer()

    @property
    def account(self) -> str:
        return self.simulator.state.account.user_id

    def in_database(self, work: Callable[[Database], T]) -> T:
        return work(self.db)

    def client(self) -> LineClient:
        hosts = LineHosts.on_this_computer(self.simulator.url)
        return LineClient(FixedToken(self.simulator.token), hosts=hosts, clock=self.clock)

    def connect(self) -> None:
        """The shop knows the account it is connected to."""
        with self.db.transaction():
            shop.put_json(self.db, "line_account", {"userId": self.account})

    def people(self, count: int, *, first: int = 1, level: str = "一般") -> list[str]:
        """People with user IDs; returns those."""
        ids = [user_id(number) for number in range(first, first + count)]
        with self.db.transaction():
            self.db.many(
                "INSERT INTO person (name, line_user_id, level, orders, total) VALUES (?, ?, ?, 0, 0)",
                ((f"客{one[-6:]}", one, level) for one in ids),
            )
        return ids

    def set_level(self, user_ids: list[str], level: str) -> None:
        """Import, tagging or binding in short: these people match other queries from now on."""
        with self.db.transaction():
            self.db.many(
                "UPDATE person SET level = ? WHERE line_user_id = ?", ((level, one) for one in user_ids)
            )

    def plan(self, name: str, made: RichMenu) -> int:
        """Plan a menu, or give the planned one of this name another content."""
        known = self.planned.get(name)
        saved = plans.save(self.db, "rich_menu", known, name, to_content(made))
        self.planned[name] = saved.plan.id
        return saved.plan.id

    def change(self, name: str, **fields: Any) -> None:
        """Change some fields of a planned menu."""
        known = plans.existing(self.db, self.planned[name])
        self.plan(name, replace(from_content(known.content, name), **fields))

    def usual(self) -> None:
        """A default menu and one for VIPs, which lead to each other; forty people, fifteen of them VIPs."""
        everybody = self.plan("大家", menu())
        vip = self.plan("貴賓", menu("貴賓", switch=everybody, for_whom="level:VIP"))
        self.plan("大家", menu(switch=vip))
        self.people(25)
        self.people(15, first=26, level="VIP")

    def press(self, today: date = TODAY) -> Pressed:
        """Draw what is needed and press 發佈."""
        wanted = publishing.plan(self.db, today)
        assert wanted.problems == (), wanted.problems
        return publishing.press(self.db, self.images(wanted.needs_images), today)

    def images(self, plan_ids: tuple[int, ...]) -> Mapping[int, MenuImage]:
        return {one: MenuImage(picture(), "image/png") for one in plan_ids}

    def publisher(self, *, die_at: str = "", nth: int = 1) -> Publisher:
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
        return Publisher(self.client(), self.in_database, clock=self.clock, hooks=hooks)

    def run(self, job: Pressed | int, publisher: Publisher | None = None) -> PublishingJob:
        """Work until LINE has all of it, or it stops."""
        number = job if isinstance(job, int) else job.job.id
        found = (publisher or self.publisher()).run(number)
        assert found is not None
        return found

    def publish(self, today: date = TODAY) -> PublishingJob:
        """Press and work to the end."""
        done = self.run(self.press(today))
        assert done.state == "done", (done.state, done.error)
        return done

    def restart(self) -> int:
        """What opening the shop again does to jobs; returns how many wait for a press."""
        self.shop.close()
        self.shop = ShopFile.open(self.shop.path)
        return publishing.after_restart(self.db)

    def insist(self, number: int) -> PublishingJob:
        """What a patient owner does: press again where a job waits for a press, until there is nothing left to do."""
        for _ in range(12):
            found = self.run(number)
            if found.state not in ("waiting", "unknown", "action_needed"):
                break
            self.clock.sleep(60.0)
            publishing.confirm(self.db, number)
        return found

    # What came of it

    @property
    def at_line(self) -> Any:
        """The simulated account's menus."""
        return self.simulator.state.menus

    def names(self) -> list[str]:
        """What the menus at LINE are called by the owner."""
        return sorted(one.object["name"].partition(" (")[0] for one in self.at_line.menus.values())

    def seen_by(self, user: str) -> str | None:
        """The owner's name of the menu a friend sees; None: none of the API's."""
        number = self.at_line.seen_by(user)
        return None if number is None else self.at_line.menus[number].object["name"].partition(" (")[0]

    def audience_of(self, name: str) -> set[str]:
        """Who has a menu of the owner's as her own."""
        return {user for user in self.at_line.links if self.seen_by(user) == name}

    def check_usual(self) -> None:
        """Each menu once, with its picture; the right default; aliases lead to them; the VIPs have theirs and nobody else has any."""
        assert self.names() == ["大家", "貴賓"]
        self.check_usual_people()
        by_name = {one.object["name"].partition(" (")[0]: one for one in self.at_line.menus.values()}
        for name, other in (("大家", "貴賓"), ("貴賓", "大家")):
            action = by_name[name].object["areas"][1]["action"]
            assert self.at_line.aliases[action["richMenuAliasId"]] == by_name[other].id

    def check_usual_people(self) -> None:
        """Whatever menus of earlier publications there are besides: the right default, the VIPs have theirs, nobody else any."""
        assert all(one.media_type for one in self.at_line.menus.values())
        assert self.seen_by(user_id(1)) == "大家"
        assert self.audience_of("貴賓") == {user_id(number) for number in range(26, 41)}
        assert set(self.at_line.links) == self.audience_of("貴賓")
        shown = publishing.live(self.db)
        assert [(one.name, one.role, one.people) for one in shown.menus] == [
            ("大家", "default", 0),
            ("貴賓", "people", 15),
        ]
        assert publishing.plan(self.db, TODAY).empty
        assert publishing.newly(self.db).n == 0


@contextmanager
def publish_world(folder: Path) -> Iterator[PublishWorld]:
    """A world that is torn down afterwards."""
    file = ShopFile.create(folder / "店.tagline", name="日日咖啡", practice=False)
    with Simulator() as simulator:
        world = PublishWorld(file, simulator, StillClock(simulator))
        world.connect()
        try:
            yield world
        finally:
            world.shop.close()
