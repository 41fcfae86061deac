"""What the command line asks for: the window, or a command without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from main import wants_window

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["日日咖啡.tagline"], True),
        (["--shop", "日日咖啡.tagline"], True),
        (["demo"], False),
        (["--json", "demo"], False),
        (["--shop", "日日咖啡.tagline", "members", "tag:VIP"], False),
        (["--help"], False),
        (["import", "a.csv"], False),
    ],
)
def test_a_command_needs_no_window(arguments: list[str], window: bool) -> None:
    assert wants_window(arguments) is window


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a window can always be shown")
def test_without_a_display_one_sentence_says_so(tmp_path: Path) -> None:
    screen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    variables = {name: value for name, value in os.environ.items() if name not in screen}
    ended = subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT, env=variables | {"TAGLINE_DATA_DIR": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 3
    assert len(ended.stderr.splitlines()) == 1
    assert "DISPLAY" in ended.stderr


@pytest.mark.parametrize("words", [["simulator"], ["--json", "simulator", "--port", "0"]])
def test_the_simulator_tells_at_once_where_it_is(words: list[str]) -> None:
    with subprocess.Popen([sys.executable, "main.py", *words], cwd=ROOT, stdout=subprocess.PIPE) as running:
        try:
            assert running.stdout is not None
            told = json.loads(running.stdout.readline())
        finally:
            running.terminate()
    assert {*told} == {"url", "token", "channel_id", "channel_secret"}
    assert told["url"].startswith("http://127.0.0.1:")
