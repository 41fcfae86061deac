"""What the button 匯出報表 offers: the boss's page as PDF or on paper, and the figures as a workbook with charts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.exporter.whole_file import whole_file
from desktop.operations.insights.reporting import Asked, write_report
from desktop.operations.insights.summary import Summary, summary
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import menu_button


class ReportActions:
    """See the module.

    Args:
        page: in whose bar an error stands.
        desk: what the page may use.
        asked: gives what the page shows.
    """

    def __init__(self, page: QWidget, desk: Desk, asked: Callable[[], Asked]) -> None:
        self._page, self._desk = page, desk
        self.asked = asked
        menu = QMenu(page)
        menu.addAction(t("insights_page.report_pdf"), self.save_pdf)
        menu.addAction(t("insights_page.report_print"), self.print_sheet)
        menu.addAction(t("insights_page.report_xlsx"), self.save_workbook)
        self.button: QPushButton = menu_button(t("insights_page.report"), menu, icon="export")

    def commands(self) -> list[Command]:
        """The same as commands, for the palette and the keyboard."""
        return [
            Command("insights.pdf", "insights_page.report_pdf", self.save_pdf, icon="export"),
            Command("insights.print", "insights_page.report_print", self.print_sheet),
            Command("insights.xlsx", "insights_page.report_xlsx", self.save_workbook, icon="export"),
        ]

    def save_pdf(self) -> None:
        """Ask where, and write the boss's page."""
        self._desk.dialogs.save_file(
            self._page,
            "export",
            t("insights_page.report_name") + ".pdf",
            lambda path: self._with_summary(lambda found: self._write_pdf(found, path)),
            filters=[(message("insights_page.pdf"), "*.pdf")],
        )

    def print_sheet(self) -> None:
        """Ask for a printer, and print the boss's page."""
        self._with_summary(self._print)

    def save_workbook(self) -> None:
        """Ask where, and write all figures with charts."""
        self._desk.dialogs.save_file(
            self._page,
            "export",
            t("insights_page.report_name") + ".xlsx",
            self._write_workbook,
            filters=[(message("insights_page.xlsx"), "*.xlsx")],
        )

    def _with_summary(self, then: Callable[[Summary], None]) -> None:
        asked = self.asked()

        def work(db: Database, _ctx: JobContext) -> Summary:
            return summary(db, asked.as_of, asked.months)

        self._desk.jobs.background(
            work, owner=self._page, then=then, title=message("insights_page.report_running")
        )

    def _write_pdf(self, found: Summary, path: Path) -> None:
        from desktop.ui.insights.report.sheet import pdf

        content = pdf(found)
        self._desk.jobs.background(
            lambda _db, _ctx: _write(path, content), owner=self._page, then=lambda _: self._say(path)
        )

    def _print(self, found: Summary) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.ui.insights.report.sheet import paper, print_on

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(paper())
        dialog = QPrintDialog(printer, self._page.window())
        dialog.accepted.connect(lambda: print_on(printer, found))
        self._desk.dialogs.show(dialog)

    def _write_workbook(self, path: Path) -> None:
        asked = self.asked()
        self._desk.jobs.background(
            lambda db, _ctx: write_report(db, path, (), asked),
            owner=self._page,
            then=lambda _: self._say(path),
            title=message("insights_page.report_running"),
        )

    def _say(self, path: Path) -> None:
        self._desk.notices.show(message("insights_page.report_saved", file=path.name))


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as partial:
        partial.write_bytes(content)
