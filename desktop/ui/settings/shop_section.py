"""The shop itself: its name and colour, where its file lies, how many tags a person can have."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from desktop.core.changes import Changes, Kind
from desktop.operations.shop import shop_settings
from desktop.store import shop
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.settings.section import SettingsSection
from desktop.ui.theme import TAG_COLOURS
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.fields import FormRows, Select, TextField
from desktop.ui.widgets.labels import ElidedLabel


class _Number(QSpinBox):
    """A number that turning the wheel over it does not change: the page is scrolled."""

    def __init__(self) -> None:
        super().__init__()
        # The style sheet's padding does not reach the words in it.
        self.lineEdit().setTextMargins(theme.px(8), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ShopSection(SettingsSection):
    """A change is saved when the field is left or a choice is made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("settings.shop"))
        self.rows = FormRows()
        self.name = TextField("", t("settings.shop_name"))
        self.name.setMaxLength(shop_settings.LONGEST_NAME)
        self.name.editingFinished.connect(self._save_name)
        colours = [
            ("", t("settings.colour.none")),
            *((name, t(f"settings.colour.{name}")) for name in TAG_COLOURS),
        ]
        self.colour = Select(t("settings.shop_colour"), colours)
        self.colour.chosen.connect(self._save_colour)
        self.limit = _Number()
        self.limit.setRange(1, shop_settings.MOST_TAGS)
        self.limit.setAccessibleName(t("settings.tag_limit"))
        self.limit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.limit.editingFinished.connect(self._save_limit)
        self.rows.add(t("settings.shop_name"), self.name)
        self.rows.add(t("settings.shop_colour"), self.colour, t("settings.shop_colour_hint"))
        self.rows.add(t("settings.tag_limit"), self.limit, t("settings.tag_limit_hint"))
        self.rows.add(t("settings.file"), self._place(), t("settings.file_hint"))
        self.body.addWidget(self.rows)
        self._read()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.SHOP):
            self._read()

    def opened(self) -> None:
        self._read()

    def _place(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        path = self.desk.shop.path
        where = ElidedLabel(str(path), kind="muted")
        show = button(t("settings.open_folder"), lambda: self._open_folder())
        row.addWidget(where, 1)
        row.addWidget(show)
        box.setFocusProxy(show)
        box.setAccessibleName(t("settings.file"))
        return box

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.shop.path.parent)))

    def _read(self) -> None:
        db = self.desk.jobs.page_reader
        if not self.name.hasFocus():
            self.name.setText(shop.get(db, "name"))
        self.colour.set_value(shop.get(db, "colour"))
        if not self.limit.hasFocus():
            self.limit.setValue(shop.tag_limit(db))

    def _save_name(self) -> None:
        name = self.name.text().strip()
        if name == shop.get(self.desk.jobs.page_reader, "name"):
            self.rows.set_error(self.name, "")
            return
        self.desk.jobs.write(
            lambda db, _ctx: shop_settings.set_name(db, name),
            owner=self,
            then=lambda _: self.rows.set_error(self.name, ""),
            on_error=lambda error: self.rows.set_error(self.name, render(error.text)),
        )

    def _save_colour(self, colour: object) -> None:
        self.desk.jobs.write(
            lambda db, _ctx: shop_settings.set_colour(db, str(colour)),
            owner=self,
            then=lambda _: self.desk.door.rebuild(),
        )

    def _save_limit(self) -> None:
        limit = self.limit.value()
        if limit != shop.tag_limit(self.desk.jobs.page_reader):
            self.desk.jobs.write(lambda db, _ctx: shop_settings.set_tag_limit(db, limit), owner=self)
