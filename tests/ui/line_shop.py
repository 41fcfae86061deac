"""A practice shop in a window whose simulated LINE the test holds in its hands: real sockets, no waiting of LINE's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.practice import PracticeLine
from desktop.simulator.simulator import Simulator
from desktop.store import outbox
from desktop.store.outbox import UploadJob
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from tests.ui.shop_window import PEOPLE, make_shop, settle

BOUND = frozenset(f"U{number:032x}" for number, person in enumerate(PEOPLE, start=1) if person[-1])


@pytest.fixture
def line() -> Iterator[Simulator]:
    """LINE on loopback, with the bound people of the test shop as friends; an audience is ready at the first look."""
    with Simulator() as simulator:
        people = {
            user_id: {"display_name": f"友 {number}"} for number, user_id in enumerate(sorted(BOUND), start=1)
        }
        simulator.seed(people, followers=12, blocks=2, targeted_reaches=10)
        simulator.configure(processing_polls=0)
        yield simulator


@pytest.fixture
def practice_path(tmp_path: Path) -> Path:
    """A practice shop with the twelve invented members."""
    return make_shop(tmp_path / "練習.tagline", practice=True)


def care_at_once(patch: pytest.MonkeyPatch) -> None:
    """Look after a shop right after it is opened: uploads pressed before that would count as those of last time."""
    patch.setattr("desktop.ui.opening.program.CARE_AFTER_MS", 0)


def start(
    program: Program, shop: Path, line: Simulator, qtbot: QtBot, patch: pytest.MonkeyPatch
) -> MainWindow:
    """Open a practice shop whose LINE is ``line``; at rest once the uploads of last time were looked after."""
    patch.setattr(PracticeLine, "start", classmethod(lambda cls, path: cls(line)))
    care_at_once(patch)
    program.start(shop)
    settle(program.window, qtbot)
    return program.window


@pytest.fixture
def practice_window(
    program: Program, practice_path: Path, line: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """The window on the practice shop; its LINE is ``line``."""
    return start(program, practice_path, line, qtbot, monkeypatch)


@pytest.fixture
def practice_desk(practice_window: MainWindow) -> Desk:
    """What the pages of that window are given."""
    assert practice_window.shell is not None
    assert isinstance(practice_window.shell.desk, Desk)
    return practice_window.shell.desk


def upload(desk: Desk, upload_id: int) -> UploadJob:
    """An upload as the shop file has it now."""
    found = outbox.job(desk.jobs.page_reader, upload_id)
    assert found is not None
    return found


def wait_for(desk: Desk, qtbot: QtBot, upload_id: int, state: str) -> UploadJob:
    """Let the outbox work until an upload is in a state; its waits are cut short."""

    def arrived() -> bool:
        if upload(desk, upload_id).state == state:
            return True
        if desk.jobs.is_idle:
            desk.line.try_now()
        return False

    qtbot.waitUntil(arrived, timeout=20_000)
    return upload(desk, upload_id)
