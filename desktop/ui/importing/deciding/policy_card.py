"""匯入方式, folded away until wanted: whom the file may touch, what becomes of tags, and a tag for everybody in
it. Kept for the next file of this shape, but for the tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.importer.recipe import Answers, Recipe
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.choosing.chooser import Choice, Chooser
from desktop.ui.importing.answering import Answering
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted, text_label

POLICIES = ("both", "create", "update")
TAG_MODES = ("append", "replace")


class Disclosure(QAbstractButton):
    """A heading with an arrow that opens and closes what stands below."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        font = self.font()
        font.setBold(True)
        return QSize(theme.px(120), max(theme.px(26), self.fontMetrics().height() + theme.px(6)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        side = theme.px(12)
        area = QRect(self.width() - side - theme.px(4), (self.height() - side) // 2, side, side)
        icons.paint(painter, area, "caret-up" if self.isChecked() else "caret-down", theme.colour("muted"))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        room = self.rect().adjusted(theme.px(2), 0, -side - theme.px(8), 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        painter.end()


class PolicyCard(Card):
    """See the module.

    Args:
        over: the page, over which tags are chosen.
        answering: what decides.
        tags: gives the shop's tags to whoever asks for them.
    """

    def __init__(
        self,
        over: QWidget,
        answering: Answering,
        tags: Callable[[Callable[[Sequence[Choice]], None]], None],
    ) -> None:
        super().__init__()
        self._over, self._answering, self._tags = over, answering, tags
        self.disclosure = Disclosure(t("import_page.policies"))
        self.disclosure.toggled.connect(self._fold)
        self.summary = muted("", wrap=True)
        self.inside = QWidget()
        self.policy = Select(t("import_page.policy"))
        self.policy.chosen.connect(lambda word: answering.decide(policy=word))
        self.mode = Select(
            t("import_page.tag_mode"), [(mode, t(f"import_page.tag_mode_{mode}")) for mode in TAG_MODES]
        )
        self.mode.chosen.connect(lambda word: answering.decide(tag_mode=word))
        self.choose_tag = button(t("import_page.import_tag_choose"), self._choose_tag, icon="plus")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._chip: Chip | None = None
        self._lay_out()
        self._fold(False)

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.px(4))
        self.body.addWidget(self.disclosure)
        self.body.addWidget(self.summary)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(4))
        self._mode_label = text_label(t("import_page.tag_mode"))
        self._mode_hint = muted(t("import_page.tag_mode_hint"), wrap=True)
        column.addWidget(text_label(t("import_page.policy")))
        column.addWidget(self.policy)
        column.addSpacing(theme.px(6))
        column.addWidget(self._mode_label)
        column.addWidget(self.mode)
        column.addWidget(self._mode_hint)
        column.addSpacing(theme.px(6))
        column.addWidget(text_label(t("import_page.import_tag")))
        column.addWidget(self._chips)
        self._flow.addWidget(self.choose_tag)
        column.addSpacing(theme.px(4))
        column.addWidget(muted(t("import_page.overwrite_hint"), wrap=True))
        self.body.addWidget(self.inside)

    def open(self) -> None:
        """Unfold it."""
        self.disclosure.setChecked(True)

    def show_answers(self, answers: Answers, recipe: Recipe) -> None:
        """Show what holds for a table."""
        orders = recipe.kind == "orders"
        kind = "orders" if orders else "people"
        self.policy.set_choices([(one, t(f"import_page.policy_{kind}_{one}")) for one in POLICIES])
        self.policy.set_value(answers.policy or "both")
        self.mode.set_value(answers.tag_mode or "append")
        tags = "tags" in recipe.fields
        for part in (self._mode_label, self.mode, self._mode_hint):
            part.setVisible(tags)
        self._mode_hint.setVisible(tags and self.mode.value() == "replace")
        self._show_tag(answers.import_tag)
        parts = [t(f"import_page.policy_{kind}_{answers.policy or 'both'}")]
        if tags:
            parts.append(t(f"import_page.tag_mode_{answers.tag_mode or 'append'}"))
        if answers.import_tag:
            parts.append(t("import_page.import_tag_is", tag=answers.import_tag))
        special = sum(mode != "replace" for mode in answers.overwrite.values())
        if special:
            parts.append(t("import_page.overwrite_special", n=special))
        self.summary.setText(t("import_page.list", items=parts))

    def _show_tag(self, tag: str | None) -> None:
        if self._chip is not None:
            if self._chip.text() == (tag or ""):
                return
            self._flow.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        if tag:
            self._chip = Chip(tag, theme.tag_colour(tag), removable=True)
            self._chip.removed.connect(lambda: self._answering.decide(import_tag=""))
            self._flow.insert_widget(0, self._chip)

    def _choose_tag(self) -> None:
        self._tags(self._offer)

    def _offer(self, choices: Sequence[Choice]) -> None:
        chooser = Chooser(self._over, t("import_page.import_tag"), choices, self._picked, free=True)
        self._chooser = chooser
        chooser.open_at(self.choose_tag)

    def _picked(self, tag: str) -> None:
        self._chooser.close()
        self.choose_tag.setFocus()
        self._answering.decide(import_tag=tag)

    def _fold(self, opened: bool) -> None:
        self.inside.setVisible(opened)
        self.summary.setVisible(not opened)
        self.disclosure.setAccessibleDescription(
            t("import_page.unfolded" if opened else "import_page.folded")
        )
