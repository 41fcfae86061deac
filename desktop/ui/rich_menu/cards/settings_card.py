"""What concerns the whole menu: whose it is, what its bar says, whether it stands open, from when to when it is meant."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.people.condition import Day
from desktop.core.people.query.values import read_date
from desktop.core.planning.graphemes import count
from desktop.core.planning.rich_menu.checks import CHAT_BAR_LENGTH
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.rich_menu.menus.whom import whom_words
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.parts.stacked_rows import StackedRows
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import TextField, check_box
from desktop.ui.widgets.labels import small

DAYS = ("starts", "ends")


class SettingsCard(Card):
    """``whom_asked(button)``: other people are to be chosen."""

    whom_asked = Signal(QWidget)

    def __init__(self, open_menu: OpenMenu) -> None:
        super().__init__(t("rich_menu_page.settings"))
        self._open = open_menu
        self.rows = StackedRows()
        self.whom = button("", lambda: self.whom_asked.emit(self.whom))
        self.rows.add(t("rich_menu_page.whom"), self.whom, t("rich_menu_page.whom.hint"))
        self.bar = TextField(t("rich_menu_page.bar.example"), t("rich_menu_page.bar"))
        self.bar.textEdited.connect(lambda text: open_menu.change("bar", chat_bar_text=text))
        self.rows.add(t("rich_menu_page.bar"), self.bar)
        self.opened = check_box(t("rich_menu_page.opened"))
        self.opened.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.opened.setToolTip(self.opened.text())
        self.opened.clicked.connect(lambda on: open_menu.change(opened_at_first=on))
        self.days = {day: self._day_field(day) for day in DAYS}
        self.body.addWidget(self.rows)
        self.body.addWidget(self.opened)
        self.body.addWidget(self._period())
        open_menu.edited.connect(self.show_menu)
        open_menu.shown.connect(self.show_menu)

    def show_menu(self) -> None:
        """Show the menu's own."""
        menu = self._open.menu
        words = whom_words(menu.for_whom)
        self.whom.setText(words)
        self.whom.setAccessibleName(t("rich_menu_page.whom.spoken", whom=words))
        if self.bar.text() != menu.chat_bar_text and not self.bar.composing:
            self.bar.setText(menu.chat_bar_text)
        length = count(menu.chat_bar_text.strip())
        long = t("rich_menu_page.bar.long", n=length, limit=CHAT_BAR_LENGTH)
        self.rows.set_error(self.bar, long if length > CHAT_BAR_LENGTH else "")
        self.opened.setChecked(menu.opened_at_first)
        for day, field in self.days.items():
            if not field.hasFocus():
                field.setText(i18n.date(getattr(menu, day)))
                field.set_wrong(False)

    def focus_on(self, field: str) -> None:
        """Put the caret where something is to be mended; ``field`` is one of RichMenu's."""
        if field in DAYS:
            self.days[field].setFocus()
        elif field == "for_whom":
            self.whom.setFocus()
        else:
            self.bar.setFocus()

    def _period(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        column.addWidget(small(t("rich_menu_page.period")))
        for field in self.days.values():
            row.addWidget(field)
        column.addLayout(row)
        column.addWidget(small(t("rich_menu_page.period.hint"), wrap=True))
        return box

    def _day_field(self, day: str) -> TextField:
        field = TextField(t("rich_menu_page.day.example"), t(f"rich_menu_page.period.{day}"))
        field.textEdited.connect(lambda text: self._day_typed(day, text))
        field.editingFinished.connect(lambda: self._day_left(day))
        return field

    def _day_typed(self, day: str, text: str) -> None:
        written = _day(text)
        self.days[day].set_wrong(written is None and bool(text.strip()))
        if written is not None or not text.strip():
            self._open.change(day, **{day: written or ""})

    def _day_left(self, day: str) -> None:
        field = self.days[day]
        if _day(field.text()) is not None:
            field.setText(i18n.date(getattr(self._open.menu, day)))


def _day(text: str) -> str | None:
    """One day as ISO, None if it is none."""
    found = read_date(text.strip()) if text.strip() else None
    if isinstance(found, Day) and found.month is not None and found.day is not None:
        return f"{found.year:04}-{found.month:02}-{found.day:02}"
    return None
