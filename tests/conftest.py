"""The ground rules of every test: its own home, no network, no real keychain, nothing left behind.

What belongs to Qt is in tests/qt_application.py; nothing here imports it.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis.database import DirectoryBasedExampleDatabase

from desktop import paths, text
from desktop.store.safety import places
from tests.guards import logs, network, threads
from tests.guards.logs import ExpectedLogs

ROOT = Path(__file__).resolve().parent.parent
LONG = os.environ.get("TAGLINE_LONG") == "1"

# Tests need no screen; set before anything starts Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
    "TAGLINE_DATA_DIR": "資料 data",
}
_NOT_FOR_TESTS = ("TAGLINE_LINE_TOKEN", "TAGLINE_LINE_API", "TAGLINE_LINE_API_DATA", "OneDrive")
_home_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Property tests: no clock decides. The everyday run repeats its examples, so that it tells of changes only; a long
    one looks for new ones, more of them, and keeps what failed out of the tree."""
    database = DirectoryBasedExampleDatabase(ROOT / ".out" / "hypothesis")
    hypothesis.settings.register_profile("everyday", max_examples=60, deadline=None, derandomize=True)
    hypothesis.settings.register_profile("long", max_examples=2000, deadline=None, database=database)
    hypothesis.settings.load_profile("long" if LONG else "everyday")
    # As main.py does; each name is looked up when it is needed, so every test has its own folders.
    places.use(shops=paths.shops_folder, backups=paths.backups_folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests marked long unless this is a long run."""
    if LONG:
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def begins_in_chinese() -> None:
    """The program's own language, whatever an earlier test left."""
    if text.language() not in ("", text.LANGUAGES[0]):
        text.use_language(text.LANGUAGES[0])


@pytest.fixture(scope="session")
def long_run() -> bool:
    """Whether this is `test --long`: then a test goes through all cases instead of a seeded slice of them."""
    return LONG


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for fixtures that live longer than a test, so that they cannot reach the real one either."""
    home = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        move_into(home / "session", patch)
        yield home


@pytest.fixture(autouse=True)
def own_home(session_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The test's own home, empty, with a space and Chinese in the path of its data folder."""
    home = session_home / str(next(_home_numbers))
    move_into(home, monkeypatch)
    yield home
    shutil.rmtree(home, ignore_errors=True)


def move_into(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Point everything that says where a user's files are at this folder, and make the keychain one in memory."""
    home.mkdir()
    for name, folder in _FOLDERS.items():
        patch.setenv(name, str(home / folder))
    (home / "run").mkdir(mode=0o700)
    for name in _NOT_FOR_TESTS:
        patch.delenv(name, raising=False)
    patch.setenv("PYTHON_KEYRING_BACKEND", "tests.guards.memory_keyring.MemoryKeyring")
    if "keyring" in sys.modules:
        import keyring

        from tests.guards.memory_keyring import MemoryKeyring

        keyring.set_keyring(MemoryKeyring())


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[list[str]]:
    with network.only_loopback() as tried:
        yield tried


@pytest.fixture(autouse=True)
def _no_outside_connection(_loopback_only: list[str]) -> Iterator[None]:
    _loopback_only.clear()
    yield
    if _loopback_only:
        pytest.fail(f"the test left this computer: {', '.join(_loopback_only)}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_leftover_threads() -> Iterator[None]:
    before = threads.running()
    yield
    names = threads.leftovers(before)
    if names:
        pytest.fail(f"threads still running after the test: {', '.join(names)}", pytrace=False)


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[ExpectedLogs]:
    """Say here which warnings and errors the test will log; any other fails it.

    `expected_logs.expect(pattern)` for a record that must come, `expected_logs.allow(pattern)` for one that may.
    """
    expected = ExpectedLogs()
    with logs.collected() as records:
        yield expected
    complaints = expected.complaints(records)
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
