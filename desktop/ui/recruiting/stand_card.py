"""The card in which stands are written and seen: link, words, branches, a picture of the stand as it will be printed, and the
ways out: PDF, printer, the code alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.planning.recruiting import Branch, link_problem, same_links
from desktop.exporter.qr_code import fields
from desktop.exporter.whole_file import whole_file
from desktop.operations.planning.recruiting import RecruitingSeen
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.recruiting.branches import Branches
from desktop.ui.recruiting.stand import PAPERS, Stand, code_picture, layout, pdf, picture, print_on
from desktop.ui.widgets.buttons import menu_button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import FormRows, Select, TextField
from desktop.ui.widgets.labels import muted, warning_text

HEIGHT = 300
CODE_SIDE = 1_000
TEXTS = ("headline", "offer", "small_print")


class StandPicture(QWidget):
    """One stand as it will be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.stand: Stand | None = None
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stand(self, stand: Stand) -> None:
        """Show this one."""
        self.stand = stand
        self.setAccessibleName(t("recruiting.picture_of", branch=stand.branch or stand.shop))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.stand is None:
            return
        painter = QPainter(self)
        drawn = picture(self.stand, self.height() - 2, self.devicePixelRatioF())
        left = (self.width() - drawn.deviceIndependentSize().width()) / 2
        painter.drawImage(round(left), 1, drawn)
        painter.setPen(theme.colour("line"))
        size = drawn.deviceIndependentSize()
        painter.drawRect(round(left), 1, round(size.width()), round(size.height()))
        painter.end()


class StandCard(Card):
    """``edited(recruiting)``: what was written."""

    edited = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(t("recruiting.stands"))
        self._desk, self._page = desk, page
        self._seen: RecruitingSeen | None = None
        self._at = 0
        self.preview = StandPicture()
        self.body.addWidget(self.preview)
        self.rows = FormRows()
        self.link = TextField("https://lin.ee/…", t("recruiting.link"))
        self.rows.add(t("recruiting.link"), self.link, t("recruiting.link_hint"))
        self.texts = {name: TextField(t(f"recruiting.{name}_like")) for name in TEXTS}
        for name, field in self.texts.items():
            self.rows.add(t(f"recruiting.{name}"), field)
        self.body.addWidget(self.rows)
        self.body.addWidget(muted(t("recruiting.branches"), wrap=True))
        self.branches = Branches()
        self.body.addWidget(self.branches)
        self.same = warning_text(t("recruiting.same_links"))
        self.body.addWidget(self.same)
        self.paper = Select(t("recruiting.paper"), [(name, name.upper()) for name in PAPERS])
        self.body.addLayout(self._ways_out())
        for field in (self.link, *self.texts.values()):
            field.textEdited.connect(lambda _: self._edited())
        self.branches.edited.connect(self._edited)
        self.branches.looked_at.connect(self._look_at)

    def show_seen(self, seen: RecruitingSeen) -> None:
        """Show what is kept."""
        self._seen = seen
        kept = seen.recruiting
        for field, text in ((self.link, kept.link), *((self.texts[n], getattr(kept, n)) for n in TEXTS)):
            if " ".join(field.text().split()) != text and not field.composing:
                field.setText(text)
        self.branches.show_branches(kept.branches)
        if seen.account_link:
            self.link.setPlaceholderText(seen.account_link)
        self._show()

    def stands(self) -> list[Stand]:
        """All stands as they are written now."""
        seen = self._seen
        assert seen is not None
        colour = QColor(theme.load_roles("light")["accent"])
        return [
            Stand(
                shop=seen.shop,
                branch=branch.name if seen.recruiting.branches else "",
                headline=seen.recruiting.headline or t("recruiting.headline_like"),
                offer=seen.recruiting.offer,
                small_print=seen.recruiting.small_print,
                link="" if link_problem(branch.link) in ("empty", "not_https") else branch.link,
                account_id=seen.account_id,
                colour=colour,
            )
            for branch in self._branches(seen)
        ]

    def save_pdf(self) -> None:
        """Ask where, and write a page for each stand."""
        self._with_links(lambda: self._save("pdf", lambda: pdf(self.stands(), str(self.paper.value()))))

    def save_code(self) -> None:
        """Ask where, and write the code of the stand that is seen, as a picture."""
        self._with_links(lambda: self._save("png", lambda: _png(self._current().link)))

    def print_stands(self) -> None:
        """Ask for a printer, and print a page for each stand."""
        self._with_links(self._print)

    @staticmethod
    def _branches(seen: RecruitingSeen) -> tuple[Branch, ...]:
        """The stands with the link each shows: without one of the owner's, that of the connected account."""
        recruiting = replace(seen.recruiting, link=seen.recruiting.link or seen.account_link)
        return recruiting.stands(seen.shop)

    def _ways_out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        menu = QMenu(self)
        menu.addAction(t("recruiting.print"), self.print_stands)
        menu.addAction(t("recruiting.save_code"), self.save_code)
        self.more = menu_button(t("recruiting.more"), menu)
        self.save = primary_button(t("recruiting.save_pdf"), self.save_pdf)
        row.addWidget(self.paper)
        row.addStretch(1)
        row.addWidget(self.more)
        row.addWidget(self.save)
        return row

    def _edited(self) -> None:
        if self._seen is None:
            return
        headline, offer, small_print = (" ".join(self.texts[name].text().split()) for name in TEXTS)
        recruiting = replace(
            self._seen.recruiting,
            link=self.link.text().strip(),
            headline=headline,
            offer=offer,
            small_print=small_print,
            branches=self.branches.branches,
        )
        self._seen = replace(self._seen, recruiting=recruiting)
        self._show()
        self.edited.emit(recruiting)

    def _look_at(self, number: int) -> None:
        self._at = number
        if self._seen is not None:
            self.preview.show_stand(self._current())

    def _current(self) -> Stand:
        stands = self.stands()
        return stands[min(self._at, len(stands) - 1)]

    def _show(self) -> None:
        assert self._seen is not None
        written = self.link.text().strip()
        self.rows.set_error(self.link, _wrong(written) if written else "")
        self.same.setVisible(same_links(self._seen.recruiting))
        self.preview.show_stand(self._current())

    def _with_links(self, go_on: Callable[[], object]) -> None:
        """Go on if every stand has a link a camera can read; say what is missing where it is missing."""
        if self._seen is None:
            return
        for branch in self._branches(self._seen):
            wrong = _wrong(branch.link)
            if wrong and not self.branches.ask_for_link(branch.link):
                self.rows.set_error(self.link, wrong)
                self.link.setFocus()
            if wrong:
                return
        go_on()

    def _save(self, suffix: str, content: Callable[[], bytes]) -> None:
        def write(path: Path) -> None:
            made = content()
            self._desk.jobs.background(
                lambda _db, _ctx: _write(path, made), owner=self._page, then=lambda _: self._say(path)
            )

        self._desk.dialogs.save_file(
            self._page,
            "export",
            f"{t('recruiting.file_name')}.{suffix}",
            write,
            filters=[(message(f"recruiting.file.{suffix}"), f"*.{suffix}")],
        )

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(layout(str(self.paper.value())))
        dialog = QPrintDialog(printer, self._page.window())
        stands = self.stands()
        dialog.accepted.connect(lambda: print_on(printer, stands))
        self._desk.dialogs.show(dialog)

    def _say(self, path: Path) -> None:
        self._desk.notices.show(message("recruiting.saved", file=path.name), kind="success")


def _wrong(link: str) -> str:
    """What is wrong with a link, as a sentence; "" if a camera can read it and it leads to LINE."""
    if problem := link_problem(link):
        return t(f"recruiting.link.{problem}")
    try:
        fields(link)
    except ValueError:
        return t("recruiting.link_too_long")
    return ""


def _png(link: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not code_picture(link, CODE_SIDE).save(buffer, "PNG"):  # type: ignore[call-overload]
        raise UserError(message("recruiting.not_written"))
    return bytes(buffer.data().data())


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as partial:
        partial.write_bytes(content)
