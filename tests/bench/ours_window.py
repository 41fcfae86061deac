"""Ours, in the window: the members page and the start of the program."""

from __future__ import annotations

from tests.bench.measure import Bench, NotHereError


def members_first_paint(bench: Bench) -> None:
    raise NotHereError("not built yet")


members_jump = members_sort = program_start = repaint_during_import = repaint_idle = members_first_paint
