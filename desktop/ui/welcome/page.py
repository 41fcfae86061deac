"""The first screen: where the owner's customer data is now, and for each answer its own next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.core.message import message
from desktop.paths import resources_folder
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.desk import FrontDesk
from desktop.ui.page import Page
from desktop.ui.shell.commands import SHOP_FILES
from desktop.ui.welcome.template import write_template
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import muted, text_label

WIDTH = 760
RECENT_SHOWN = 5
EXPORTS = [(message("shell.import_files"), "*.xlsx *.xls *.csv *.ods *.tsv *.txt")]


class WelcomePage(Page):
    """Four answers, the shops opened last, and a way to open another."""

    def __init__(self, desk: FrontDesk) -> None:
        super().__init__(desk, "welcome")
        self.header.hide()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QWidget()
        across = QHBoxLayout(outer)
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDTH))
        across.addStretch(1)
        across.addWidget(inside, 20)
        across.addStretch(1)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.px(10))
        column.addStretch(2)
        column.addWidget(_program_icon())
        column.addSpacing(theme.px(4))
        question = text_label(t("welcome.question"))
        question.setProperty("kind", "question")
        column.addWidget(question)
        column.addWidget(muted(t("welcome.promise"), wrap=True))
        column.addSpacing(theme.px(8))
        column.addLayout(self._choices())
        column.addSpacing(theme.px(8))
        column.addLayout(self._name_row())
        column.addSpacing(theme.px(12))
        self.recent = QVBoxLayout()
        column.addLayout(self.recent)
        column.addStretch(3)
        scroll.setWidget(outer)
        self.body.addWidget(scroll)
        self._show_recent()

    def take_files(self, files: list[Path]) -> bool:
        shops = [file for file in files if file.suffix == ".tagline"]
        if shops:
            self.desk.door.open_shop(shops[0])
        else:
            self._import(files)
        return True

    def remember(self) -> dict[str, Any]:
        return {"name": self.name.text()}

    def recall(self, state: dict[str, Any]) -> None:
        self.name.setText(str(state.get("name", "")))

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.px(12))
        self.choices: dict[str, Choice] = {}
        for at, (name, icon, run) in enumerate(
            (
                ("export", "storefront", self._choose_export),
                ("line", "chat", self._only_line),
                ("paper", "notebook", self._paper),
                ("practice", "coffee", self.desk.door.open_practice),
            )
        ):
            choice = Choice(icon, t(f"welcome.{name}"), t(f"welcome.{name}_text"), run)
            self.choices[name] = choice
            grid.addWidget(choice, at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _name_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        label = text_label(t("welcome.name"), wrap=False)
        self.name = TextField(t("welcome.name_default"), t("welcome.name"))
        self.name.setMaxLength(60)
        self.name.setMaximumWidth(theme.px(260))
        label.setBuddy(self.name)
        row.addWidget(label)
        row.addWidget(self.name)
        row.addWidget(muted(t("welcome.name_hint"), wrap=True), 1)
        return row

    def _show_recent(self) -> None:
        shops = self.desk.door.recent_shops()[:RECENT_SHOWN]
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        if shops:
            row.addWidget(muted(t("welcome.recent")))
        for path in shops:
            open_it = link_button(path.stem, partial(self.desk.door.open_shop, path), icon="storefront")
            open_it.setToolTip(str(path))
            row.addWidget(open_it)
        row.addWidget(link_button(t("shell.command.open_shop"), self._open_shop, icon="folder-open"))
        row.addStretch(1)
        self.recent.addLayout(row)

    @property
    def _shop_name(self) -> str:
        return self.name.text().strip() or t("welcome.name_default")

    def _choose_export(self) -> None:
        self.desk.dialogs.open_files(self, "import", self._import, filters=EXPORTS)

    def _import(self, files: list[Path]) -> None:
        self.desk.door.create_shop(self._shop_name, then_page="import", files=files)

    def _only_line(self) -> None:
        self.desk.door.create_shop(self._shop_name, then_page="line_ids")

    def _paper(self) -> None:
        suggested = t("welcome.template_name")
        self.desk.dialogs.save_file(
            self,
            "export",
            suggested,
            self._save_template,
            filters=[(message("shell.import_files"), "*.xlsx")],
        )

    def _save_template(self, file: Path) -> None:
        write_template(file)
        self.bar.show_message(
            message("welcome.template_saved", name=file.name),
            kind="success",
            button=(message("welcome.template_import"), lambda: self._import([file])),
        )

    def _open_shop(self) -> None:
        self.desk.dialogs.open_files(
            self, "shop", lambda files: self.desk.door.open_shop(files[0]), filters=SHOP_FILES, many=False
        )


def _program_icon() -> QLabel:
    label = QLabel()
    side = theme.px(56)
    picture = QPixmap(str(resources_folder() / "app" / "tagline-256.png"))
    ratio = label.devicePixelRatio()
    smooth = Qt.TransformationMode.SmoothTransformation
    picture = picture.scaled(round(side * ratio), round(side * ratio), mode=smooth)
    picture.setDevicePixelRatio(ratio)
    label.setPixmap(picture)
    return label


class Choice(QPushButton):
    """A large button: a picture, what it is, and what happens next."""

    def __init__(self, icon: str, name: str, text: str, run: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "choice")
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._icon = icon
        self.clicked.connect(lambda: run())
        column = QVBoxLayout(self)
        edge = theme.px(16)
        column.setContentsMargins(edge * 2 + theme.px(28), edge, edge, edge)
        column.setSpacing(theme.px(4))
        words = text_label(name)
        words.setProperty("kind", "heading")
        hint = muted(text, wrap=True)
        for label in (words, hint):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        width = theme.px(360)
        height = layout.heightForWidth(width) if layout is not None else 0
        return QSize(width, max(height, theme.px(92)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return max(layout.heightForWidth(width) if layout is not None else 0, theme.px(92))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side, edge = theme.px(28), theme.px(16)
        icons.paint(painter, QRect(edge, edge, side, side), self._icon, theme.colour("accent"))
        painter.end()
