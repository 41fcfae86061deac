"""What the command line asks for: the window, or a command without one."""

from __future__ import annotations

import pytest

from main import wants_window


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
