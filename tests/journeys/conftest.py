"""A screen for each worker, and programs on it that are gone after the test and had nothing to complain of."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.operations.shop import sample_shop
from desktop.store.shop_file import ShopFile
from desktop.text import t
from tests.journeys import window
from tests.journeys.screen import Screen, own_screen, why_not
from tests.journeys.window import Window

Start = Callable[..., Window]


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """The screen of this session."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with own_screen() as shown:
        yield shown


@pytest.fixture
def start(screen: Screen, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Start the program: ``start(*arguments, **environment)``. What still runs after the test is ended."""
    started: list[Window] = []
    window.retries.clear()

    def go(*arguments: object, **environment: str) -> Window:
        started.append(Window(screen, tmp_path, *map(str, arguments), environment=environment))
        return started[-1]

    yield go
    for one in started:
        if one.process.poll() is None:
            one.kill()
    if window.retries:
        capture = request.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            print(f"\n{request.node.name}: {len(window.retries)} done once more: {'; '.join(window.retries)}")
    complaints = [one.printed for one in started if one.printed]
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def filled_practice(session_home: Path) -> Path:
    """A practice shop filled with the sample files; copied by whoever uses it."""
    path = session_home / "practice" / "practice.tagline"
    with ShopFile.create(path, name=t("shell.practice.name"), practice=True) as shop:
        sample_shop.fill(shop.writer())
    return path


@pytest.fixture
def practice_shop(filled_practice: Path) -> Path:
    """The practice shop of this test's computer, as it is after it was opened once."""
    data = Path(os.environ["TAGLINE_DATA_DIR"])
    path = data / "shops" / "日日咖啡（練習）.tagline"
    path.parent.mkdir(parents=True)
    shutil.copyfile(filled_practice, path)
    settings = {"practice_shop": str(path), "last_shop": str(path), "recent_shops": [str(path)]}
    (data / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    return path
