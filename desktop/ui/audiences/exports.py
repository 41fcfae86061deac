"""Writing an audience to a file, from its page: user IDs for LINE, people to call or mail, hashes for the ad platforms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.exporter.hashed_list import Platform
from desktop.operations.audiences import exporting
from desktop.operations.audiences.exporting import Exported
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.page import Page

UNSAFE_IN_FILE_NAMES = '<>:"/\\|?*'
CALLED = (
    *("name", "phone", "email", "member_no", "tag", "level", "store"),
    *("last_order", "orders", "total", "consent", "do_not_send", "line_user_id"),
)
"""The columns of a list of people, as the query language calls them: what calling or mailing needs comes first."""

Write = Callable[[Database, Path, JobContext], Exported]


class AudienceExports(QObject):
    """One page's.

    Args:
        page: asks for the file, and shows errors.
    """

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk

    def menu(self, audience: Callable[[], Audience]) -> QMenu:
        """All ways to export the audience that ``audience`` gives when one is chosen."""
        menu = QMenu(self._page)
        ways: list[tuple[str, Callable[[Audience], object]]] = [
            (t("builder.export_ids"), self.user_ids),
            (t("builder.export_people"), self.people),
        ]
        for text, run in ways:
            _offer(menu, text, run, audience)
        ads = menu.addMenu(t("builder.export_ads"))
        ads.setToolTipsVisible(True)
        _offer(ads, t("builder.export_google"), partial(self.hashed, Platform.GOOGLE), audience)
        _offer(ads, t("builder.export_meta"), partial(self.hashed, Platform.META), audience)
        return menu

    def user_ids(self, audience: Audience) -> None:
        """Ask for a file and write the user IDs of everybody reachable to it, as LINE's manager takes them."""

        def write(db: Database, path: Path, job: JobContext) -> Exported:
            return exporting.export_user_ids(db, audience, path, job)

        text_file = [(message("audiences_page.text_file"), "*.txt")]
        self._ask(audience, f"{_file_name(audience)}.txt", text_file, write, "audiences_page.exported")

    def people(self, audience: Audience) -> None:
        """Ask for a file and write the people to it, to be called, mailed or looked through."""
        titles = {("tags" if word == "tag" else word): t(f"query.field.{word}") for word in CALLED}
        yes_no = (t("query.value.yes"), t("query.value.no"))

        def write(db: Database, path: Path, job: JobContext) -> Exported:
            target = path if path.suffix else path.with_suffix(".xlsx")
            return exporting.export_people(db, audience, target, titles, yes_no=yes_no, job=job)

        filters = [(message("builder.spreadsheet"), "*.xlsx"), (message("builder.csv"), "*.csv")]
        self._ask(audience, f"{_file_name(audience)}.xlsx", filters, write, "builder.exported_people")

    def hashed(self, platform: Platform, audience: Audience) -> None:
        """Ask for a file and write phones and e-mail addresses as hashes to it, as an ad platform matches them."""

        def write(db: Database, path: Path, job: JobContext) -> Exported:
            return exporting.export_hashed(db, audience, path, platform, job)

        name = f"{_file_name(audience)} {platform.value}.csv"
        self._ask(audience, name, [(message("builder.csv"), "*.csv")], write, "builder.exported_hashed")

    def _ask(
        self, audience: Audience, name: str, filters: list[tuple[Message, str]], write: Write, said: str
    ) -> None:
        self._desk.dialogs.save_file(
            self._page,
            "export",
            name,
            lambda path: self._write(audience, path, write, said),
            filters=filters,
        )

    def _write(self, audience: Audience, path: Path, write: Write, said: str) -> None:
        jobs = self._desk.jobs

        def work(db: Database, job: JobContext) -> Exported:
            written = write(db, path, job)
            jobs.in_writer(lambda writer: exporting.note(writer, written))
            return written

        jobs.background(
            work,
            owner=self,
            then=partial(self._is_written, said),
            title=message("audiences_page.exporting", audience=audience.name),
        )

    def _is_written(self, said: str, written: Exported) -> None:
        self._desk.notices.show(
            message(
                said, file=written.path.name, n=written.count, emails=written.emails, phones=written.phones
            )
        )


def _offer(
    menu: QMenu, text: str, run: Callable[[Audience], object], audience: Callable[[], Audience]
) -> None:
    menu.addAction(text).triggered.connect(lambda _checked=False: run(audience()))


def _file_name(audience: Audience) -> str:
    letters = (
        "_" if letter in UNSAFE_IN_FILE_NAMES or ord(letter) < ord(" ") else letter
        for letter in audience.name
    )
    return "".join(letters).strip(" .") or "LINE UID"
