"""Ours, in the window: the start of the program, the members page, and how smoothly it paints while an import runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.measure import Bench, NotHereError
from tests.bench.sizes import ROOT

LONGEST_WAIT = 120.0
REST_SECONDS = 1.0


def program_start(bench: Bench) -> None:
    """P8: a new process opens the shop, until it ends right after the window's first paint."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    shop = bench.copy("shop.tagline")
    command = [sys.executable, str(ROOT / "main.py"), "--shop", str(shop)]
    with bench.measured():
        subprocess.run(
            command, check=True, env={**os.environ, "TAGLINE_STARTUP_PROBE": "1"}, stdout=subprocess.DEVNULL
        )


def members_first_paint(bench: Bench) -> None:
    """P7: import of Qt to the members page with the first people painted and the whole list behind it."""
    shop = bench.copy("shop.tagline")
    with bench.measured():
        window = Window(shop)
        window.until(lambda: window.filled(0))
        window.paint()
        bench.notes["first_rows_seconds"] = time.perf_counter() - window.started
        window.until(lambda: window.model.rowCount() >= window.people)
    window.close()


def members_jump(bench: Bench) -> None:
    """P7: from the top to the middle and back, painted with its rows, once what begins behind the list is done; the time is
    that of one jump."""
    window = Window(bench.copy("shop.tagline"))
    window.until(lambda: window.model.rowCount() >= window.people)
    window.rest()

    def both_ways() -> None:
        for row in (window.people // 2, 0):
            window.table.scrollTo(window.model.index(row, 0))
            window.until(lambda row=row: window.filled(row))
            window.paint()

    bench.repeated(both_ways, 10)
    bench.wall /= 2
    window.close()


def members_sort(bench: Bench) -> None:
    """P7: a click on the head of the column of last orders, until the first people are painted in the new order."""
    window = Window(bench.copy("shop.tagline"))
    window.until(lambda: window.model.rowCount() >= window.people)
    before = window.ends()
    header = window.table.horizontalHeader()
    column = window.column_of("last_order")

    def turned() -> bool:
        return window.ends() not in (None, before) and window.filled(0)

    with bench.measured():
        header.sectionClicked.emit(column)
        window.until(turned)
        window.paint()
    window.close()


def repaint_idle(bench: Bench) -> None:
    """P11: the time from one repaint of the list to the next while nothing else happens, 99th percentile."""
    window = Window(bench.copy("people.tagline"))
    window.until(lambda: window.filled(0))
    with bench.measured():
        gaps = window.repaints(lambda: len(window.gaps) >= 200)
    bench.wall = _p99(gaps)
    bench.notes["repaints"] = len(gaps)
    window.close()


def repaint_during_import(bench: Bench) -> None:
    """P11: the same while a file is checked and committed behind the list."""
    from tests.bench.shops import import_file

    source = bench.data("people_changed.csv")
    window = Window(bench.copy("people.tagline"))
    window.until(lambda: window.filled(0))
    done: list[Any] = []
    with bench.measured():
        window.jobs.write(lambda db, ctx: import_file(db, source), owner=window.window, then=done.append)
        gaps = window.repaints(lambda: bool(done))
    bench.wall = _p99(gaps)
    bench.notes["repaints"] = len(gaps)
    window.close()


class Window:
    """The real program in this process, on a shop, showing the members page."""

    def __init__(self, shop: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        self.started = time.perf_counter()
        self.gaps: list[float] = []
        from PySide6.QtWidgets import QApplication

        try:
            from desktop.settings import Settings
            from desktop.ui.members.page import MembersPage  # noqa: F401
            from desktop.ui.opening.program import Program
        except ImportError as error:
            raise NotHereError(f"the members page is not there: {error}") from error
        self.app = QApplication.instance() or QApplication([])
        self.app.setStyle("Fusion")  # type: ignore[attr-defined]
        self.program = Program(self.app, Settings())  # type: ignore[arg-type]
        self.program.start(shop)
        self.window = self.program.window
        self.jobs = self.program.shop.jobs
        self.people = int(self.jobs.page_reader.value("SELECT count(*) FROM person"))

    @property
    def table(self) -> Any:
        """The list's view, once it is there."""
        from PySide6.QtWidgets import QTableView

        return self.window.findChild(QTableView)

    @property
    def model(self) -> Any:
        return self.table.model()

    def column_of(self, field: str) -> int:
        """The place of a field's column in the list."""
        from desktop.ui.members.columns import COLUMNS

        return next(place for place, column in enumerate(COLUMNS) if column.sort == field)

    def filled(self, row: int) -> bool:
        """Whether a row is there with its content."""
        return self.table is not None and self.model.rowCount() > row and self.model.known(row) is not None

    def ends(self) -> tuple[int, int] | None:
        """The first and the last person of the list; None while it is not whole."""
        whole = self.model.rowCount() >= self.people
        return (self.model.number(0), self.model.number(self.people - 1)) if whole else None

    def until(self, true: Callable[[], bool]) -> None:
        """Lets the window live until something is true."""
        from PySide6.QtCore import QEventLoop

        end = time.monotonic() + LONGEST_WAIT
        while not true():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def rest(self) -> None:
        """Lets the window live until nothing has run behind it for a while."""
        quiet_since = time.monotonic()

        def quiet() -> bool:
            nonlocal quiet_since
            if not self.jobs.is_idle:
                quiet_since = time.monotonic()
            return time.monotonic() - quiet_since > REST_SECONDS

        self.until(quiet)

    def paint(self) -> None:
        """Paints the list now."""
        self.table.viewport().repaint()

    def repaints(self, enough: Callable[[], bool]) -> list[float]:
        """Paints the list again and again until there is enough; the seconds from each paint to the next."""
        last = time.perf_counter()
        while not enough():
            self.table.viewport().repaint()
            self.app.processEvents()
            now = time.perf_counter()
            self.gaps.append(now - last)
            last = now
        return self.gaps

    def close(self) -> None:
        """Ends the program as closing its window does."""
        self.window.close_now()
        self.app.processEvents()


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]
