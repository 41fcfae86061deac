"""The versions of the greeting: which are there, which counts today, and from when until when each is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.greeting.date_field import DateField
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import muted, small, warning_text


@dataclass(frozen=True, slots=True)
class Variant:
    """A version as the list shows it: days are ISO, "" for no limit; ``current``: it counts today."""

    plan_id: int
    name: str
    starts: str
    ends: str
    current: bool


def period_text(starts: str, ends: str) -> str:
    """From when until when, as it is read."""
    if starts and ends:
        return t("greeting_page.period", start=i18n.date(starts), end=i18n.date(ends))
    if starts:
        return t("greeting_page.period_from", start=i18n.date(starts))
    return t("greeting_page.period_until", end=i18n.date(ends)) if ends else t("greeting_page.always")


class VariantRow(QAbstractButton):
    """One version."""

    def __init__(self, variant: Variant, *, shown: bool) -> None:
        super().__init__()
        self.variant = variant
        self.shown = shown
        self._when = period_text(variant.starts, variant.ends)
        self.setText(variant.name)
        now = t("greeting_page.current") if variant.current else ""
        self.setAccessibleName(" · ".join(part for part in (variant.name, self._when, now) if part))
        self.setToolTip(self.accessibleName())
        self.setCheckable(True)
        self.setChecked(shown)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(theme.px(160), 2 * line + theme.px(14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Pressing does not uncheck it; the page says which is shown."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOption()
        option.initFrom(self)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("selection" if self.shown else "hover" if hovered else "panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        line = self.fontMetrics().lineSpacing()
        area = self.rect().adjusted(theme.px(8), theme.px(7), -theme.px(8), -theme.px(7))
        name_area = QRect(area.left(), area.top(), area.width(), line)
        if self.variant.current:
            now = t("greeting_page.current")
            width = self.fontMetrics().horizontalAdvance(now)
            painter.setPen(theme.colour("good"))
            painter.drawText(name_area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), now)
            name_area.setWidth(area.width() - width - theme.px(8))
        painter.setPen(theme.colour("selection_ink" if self.shown else "ink"))
        self._line(painter, name_area, self.variant.name)
        painter.setPen(theme.colour("selection_muted" if self.shown else "muted"))
        self._line(painter, QRect(area.left(), area.top() + line, area.width(), line), self._when)
        painter.end()

    def _line(self, painter: QPainter, area: QRect, text: str) -> None:
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


class VariantsCard(Card):
    """``opened(plan id)``; ``period(starts, ends)``: another period for the version shown; the others concern that one too."""

    opened = Signal(int)
    copy_asked = Signal()
    begin_asked = Signal()
    rename_asked = Signal()
    delete_asked = Signal()
    compare_asked = Signal()
    period = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(t("greeting_page.variants"))
        self.menu = QMenu(self)
        self.menu.addAction(t("greeting_page.rename"), self.rename_asked.emit)
        self.menu.addAction(t("greeting_page.begin"), self.begin_asked.emit)
        self.menu.addSeparator()
        self.menu.addAction(t("greeting_page.delete"), self.delete_asked.emit)
        self.more = icon_button("more", t("greeting_page.variant_more"), self._open_menu)
        self.header.addWidget(self.more)
        self.rows: list[VariantRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(2))
        self.body.addLayout(self._rows)
        self.starts = DateField(t("greeting_page.starts"))
        self.ends = DateField(t("greeting_page.ends"))
        period = QHBoxLayout()
        period.setSpacing(theme.px(6))
        period.addWidget(self.starts, 1)
        period.addWidget(muted(t("greeting_page.until_mark")))
        period.addWidget(self.ends, 1)
        self.body.addLayout(period)
        self.body.addWidget(small(t("greeting_page.period_hint"), wrap=True))
        for field in (self.starts, self.ends):
            field.chosen.connect(lambda _: self._period_typed())
        self.warning = warning_text()
        self.warning.hide()
        self.body.addWidget(self.warning)
        acts = QWidget()
        flow = FlowLayout(acts, theme.px(4))
        self.copy = link_button(t("greeting_page.copy_variant"), self.copy_asked.emit, icon="copy")
        self.compare = link_button(t("greeting_page.compare"), self.compare_asked.emit)
        for made in (self.copy, self.compare):
            flow.addWidget(made)
        self.body.addWidget(acts)
        self._days = ("", "")

    def show_variants(self, variants: Sequence[Variant], shown: int | None, warning: str) -> None:
        """Show the versions.

        Args:
            variants: all, in their order.
            shown: the plan id of the one on screen.
            warning: what is wrong with their periods; "" for nothing.
        """
        wanted = [(variant, variant.plan_id == shown) for variant in variants]
        if wanted != [(row.variant, row.shown) for row in self.rows]:
            self._fill(wanted)
        for variant in variants:
            if variant.plan_id == shown:
                self.show_period(variant.starts, variant.ends)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self.compare.setVisible(len(variants) > 1)

    def show_period(self, starts: str, ends: str) -> None:
        """Show the period of the version on screen."""
        self._days = (starts, ends)
        self.starts.show_day(starts)
        self.ends.show_day(ends)

    def _fill(self, wanted: Sequence[tuple[Variant, bool]]) -> None:
        focused = next((row.variant.plan_id for row in self.rows if row.hasFocus()), None)
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for variant, shown in wanted:
            row = VariantRow(variant, shown=shown)
            row.clicked.connect(lambda _=False, number=variant.plan_id: self.opened.emit(number))
            self._rows.addWidget(row)
            self.rows.append(row)
            if variant.plan_id == focused:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _period_typed(self) -> None:
        days = (self.starts.day, self.ends.day)
        if days != self._days:
            self._days = days
            self.period.emit(*days)

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
