"""What the button 匯出 offers: the plan as PDF, on paper, and as a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QMenu, QPushButton

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.exporter.plan_book import Section
from desktop.exporter.whole_file import whole_file
from desktop.operations.planning.operating import entries, paper
from desktop.store import shop
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import menu_button

AHEAD = datetime.timedelta(days=92)
Found = tuple[str, tuple[Section, ...]]


class OutMenu:
    """See the module.

    Args:
        page: in whose bar an error stands.
        desk: what the page may use.
        flush: keeps what is being written, so that it is on the paper too.
    """

    def __init__(self, page: Page, desk: Desk, flush: Callable[[], None]) -> None:
        self._page, self._desk, self._flush = page, desk, flush
        menu = QMenu(page)
        menu.addAction(t("operating_page.out_pdf"), self.save_pdf)
        menu.addAction(t("operating_page.out_print"), self.print_plan)
        menu.addAction(t("operating_page.out_xlsx"), self.save_workbook)
        self.button: QPushButton = menu_button(t("operating_page.out"), menu, icon="export")

    def commands(self) -> list[Command]:
        """The same as commands."""
        return [
            Command("operating_plan.pdf", "operating_page.out_pdf", self.save_pdf, icon="export"),
            Command("operating_plan.print", "operating_page.out_print", self.print_plan),
            Command("operating_plan.xlsx", "operating_page.out_xlsx", self.save_workbook, icon="export"),
        ]

    def save_pdf(self) -> None:
        """Ask where, and write the plan as PDF."""
        self._flush()
        self._desk.dialogs.save_file(
            self._page,
            "export",
            t("operating_page.out_name") + ".pdf",
            lambda path: self._with_plan(lambda found: self._write_pdf(found, path)),
            filters=[(message("operating_page.pdf"), "*.pdf")],
        )

    def print_plan(self) -> None:
        """Ask for a printer, and print the plan."""
        self._flush()
        self._with_plan(self._print)

    def save_workbook(self) -> None:
        """Ask where, and write the plan as a workbook."""
        self._flush()
        self._desk.dialogs.save_file(
            self._page,
            "export",
            t("operating_page.out_name") + ".xlsx",
            self._write_workbook,
            filters=[(message("operating_page.xlsx"), "*.xlsx")],
        )

    def _with_plan(self, then: Callable[[Found], None]) -> None:
        self._desk.jobs.background(
            _found, owner=self._page, then=then, title=message("operating_page.out_running")
        )

    def _write_pdf(self, found: Found, path: Path) -> None:
        from desktop.ui.operating_plan.paper.html import pdf

        content = pdf(*found)
        self._desk.jobs.background(
            lambda _db, _ctx: _write(path, content), owner=self._page, then=lambda _: self._say(path)
        )

    def _print(self, found: Found) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.ui.operating_plan.paper.html import page_layout, print_on

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout())
        dialog = QPrintDialog(printer, self._page.window())
        dialog.accepted.connect(lambda: print_on(printer, *found))
        self._desk.dialogs.show(dialog)

    def _write_workbook(self, path: Path) -> None:
        self._desk.jobs.background(
            lambda db, _ctx: paper.write_book(db, path, *_span(db)),
            owner=self._page,
            then=lambda _: self._say(path),
            title=message("operating_page.out_running"),
        )

    def _say(self, path: Path) -> None:
        self._desk.notices.show(message("operating_page.out_saved", file=path.name))


def _span(db: Database) -> tuple[datetime.date, datetime.date]:
    """The days of the calendar on paper: from the first of this month, three months."""
    first = entries.today(db).replace(day=1)
    return first, first + AHEAD


def _found(db: Database, _ctx: JobContext) -> Found:
    title = t("operating_page.out_title", shop=shop.get(db, "name"))
    sections: Sequence[Section] = paper.sections(db, *_span(db))
    return title, tuple(sections)


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as partial:
        partial.write_bytes(content)
