"""One step of the funnel: its name, its bar, the rate beside it, and a menu of what can be done about the rate. It stays when the
numbers change, so that neither flickers and the keyboard keeps its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton

from desktop.operations.insights.funnel import Measured
from desktop.text import t
from desktop.ui import theme
from desktop.ui.i18n import number
from desktop.ui.insights.charts.funnel_bar import FunnelBar
from desktop.ui.insights.overview.targets import target_words
from desktop.ui.insights.words import points, rate_line, rate_name, small_note
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.labels import text_label


def more_button(fill: Callable[[QMenu], None]) -> QToolButton:
    """Three dots that open a menu, filled each time it opens."""
    made = icon_button("more", t("insights_page.about", name=""))

    def show() -> None:
        menu = QMenu(made)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu)
        menu.popup(made.mapToGlobal(made.rect().bottomLeft()))

    made.clicked.connect(show)
    return made


class FunnelRow:
    """See the module.

    Args:
        grid: where it stands, and in which row.
        pressed: opens the people of the step.
        fill: puts into a menu what can be done about the rate.
    """

    def __init__(
        self, grid: QGridLayout, row: int, pressed: Callable[[], None], fill: Callable[[QMenu], None]
    ) -> None:
        self.label: QLabel = text_label("")
        self.label.setMinimumWidth(theme.px(72))
        self.bar = FunnelBar("", 0.0, "")
        self.bar.clicked.connect(pressed)
        self.rate: QLabel = text_label("")
        self.rate.setTextFormat(Qt.TextFormat.RichText)
        self.more = more_button(fill)
        for column, widget in enumerate((self.label, self.bar, self.rate, self.more)):
            grid.addWidget(widget, row, column)
            widget.setVisible(False)

    def show_step(self, name: str, people: int, share: float, *, opens: bool) -> None:
        """Show a step."""
        self.label.setText(name)
        self.bar.show_part(number(people), share, name)
        self.bar.setEnabled(opens)
        self.label.setVisible(True)
        self.bar.setVisible(True)

    def show_rate(self, measured: Measured | None, months: int) -> None:
        """Show the rate beside it, if there is one."""
        self.rate.setVisible(measured is not None)
        self.more.setVisible(measured is not None)
        if measured is None:
            return
        self.rate.setText(rate_words(measured))
        name = t("insights_page.about", name=rate_name(measured.id))
        self.more.setAccessibleName(name)
        self.more.setToolTip(name)
        self.rate.setToolTip(before_words(measured, months))


def rate_words(measured: Measured) -> str:
    """A rate with its change and its target, as rich text: it wraps as one where there is little room."""
    words = f"<b>{rate_line(rate_name(measured.id), measured.rate)}</b>"
    # What nobody could judge by is told as such, not as a change.
    note = small_note(measured.rate)
    changed = note or points(measured.change).replace(" ", "&nbsp;")
    if changed:
        words += f" <span style='color:{theme.colour('muted').name()}'>{changed}</span>"
    target = target_words(measured.target, measured.gap)
    return f"{words}<br>{target}" if target else words


def before_words(measured: Measured, months: int) -> str:
    """What a rate was a period before; "" where nothing is known."""
    before = measured.before
    if before is None or before.value is None:
        return ""
    return t("insights_page.before", share=f"{before.value * 100:.1f}%", months=months)
