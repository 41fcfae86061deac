"""The guards over the tests bite: a test that leaves something behind, or leaves this computer, is not called passed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT
from tests.guards import network, threads
from tests.guards.logs import ExpectedLogs

CARELESS_TESTS = """
import logging, os, socket, threading, warnings
from pathlib import Path
import keyring, pytest

def test_connection_is_swallowed():
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    except OSError:
        pass

def test_look_up_is_swallowed():
    try:
        socket.getaddrinfo("api.line.me", 443)
    except OSError:
        pass

def test_thread_is_left(request):
    stop = threading.Event()
    request.config.add_cleanup(stop.set)
    threading.Thread(target=stop.wait, name="forgotten").start()

def test_log_is_unexpected():
    logging.getLogger("desktop.store").warning("the disk is slow")

def test_log_never_comes(expected_logs):
    expected_logs.expect("disk")

def test_warning_is_raised():
    warnings.warn("old", DeprecationWarning)

def test_qt_complains():
    from PySide6.QtCore import qWarning
    qWarning("a widget has two layouts")

@pytest.mark.long
def test_long():
    raise AssertionError

def test_good(expected_logs, own_home, long_run, tmp_path):
    expected_logs.expect("full$")
    logging.getLogger("desktop.store").error("the disk is full")
    keyring.set_password("tagline", "token", "secret")
    assert keyring.get_password("tagline", "token") == "secret"
    assert Path.home() == own_home and own_home.is_dir()
    assert os.environ["TAGLINE_DATA_DIR"].startswith(str(own_home))
    assert "TAGLINE_LINE_TOKEN" not in os.environ
    assert not long_run
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        server.accept()[0].close()

def test_keyring_is_new_for_each_test():
    assert keyring.get_password("tagline", "token") is None
"""


def test_a_careless_test_fails(tmp_path: Path) -> None:
    (tmp_path / "test_careless.py").write_text(CARELESS_TESTS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TAGLINE_LONG": "", "TAGLINE_LINE_TOKEN": "secret"}
    options = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={tmp_path}", "-p", "no:randomly", "-rA", "-vv"]
    options += ["-p", "tests.conftest", "-o", f"cache_dir={tmp_path / 'cache'}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        cwd=tmp_path,
        env={name: value for name, value in environment.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    complained = set(re.findall(r"^(?:ERROR|FAILED) \S*::(\w+)", done.stdout, re.MULTILINE))
    assert complained == {
        "test_connection_is_swallowed",
        "test_look_up_is_swallowed",
        "test_thread_is_left",
        "test_log_is_unexpected",
        "test_log_never_comes",
        "test_warning_is_raised",
        "test_qt_complains",
    }, done.stdout + done.stderr
    assert "1 deselected" in done.stdout
    for words in ("'192.0.2.1'", "'api.line.me'", "forgotten", "the disk is slow", "never came: disk"):
        assert words in done.stdout


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", b"localhost", "LOCALHOST.", "0.0.0.0", None]
)
def test_loopback_is_local(host: object) -> None:
    assert network.is_local(host)


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "2001:db8::1", "line.me", "127.0.0.1.example.com", "localhost.example.com"]
)
def test_everything_else_is_not_local(host: str) -> None:
    assert not network.is_local(host)


def test_a_thread_that_ends_in_time_is_no_leftover() -> None:
    before = threads.running()
    go = threading.Event()
    thread = threading.Thread(target=go.wait, name="writer")
    thread.start()
    try:
        assert threads.leftovers(before, patience=0.0) == ["writer"]
    finally:
        go.set()
    assert threads.leftovers(before) == []


def test_an_allowed_record_may_stay_away() -> None:
    expected = ExpectedLogs()
    expected.allow("slow")
    assert expected.complaints([]) == []
    assert expected.complaints(["WARNING desktop: slow", "ERROR desktop: gone"]) == [
        "unexpected log record: ERROR desktop: gone"
    ]
