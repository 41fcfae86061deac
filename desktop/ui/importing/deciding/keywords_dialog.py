"""Words in a chat or a free answer → tags: whoever wrote the word gets the tag. Width and capitals do not count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.tag import clean_tag_name
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, icon_button, link_button, primary_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import error_text, muted


@dataclass
class _Line:
    """A word's field, its tag's field, and what holds both."""

    whole: QWidget
    word: TextField
    tag: TextField


class KeywordsDialog(QDialog):
    """See the module.

    Args:
        parent: the page.
        keywords: word → tag as decided so far.
        apply: called with all of them.
    """

    def __init__(
        self, parent: QWidget, keywords: Mapping[str, str], apply: Callable[[Mapping[str, str]], object]
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("import_page.keywords"))
        room = parent.window().size()
        self.resize(min(theme.px(620), room.width() - 40), min(theme.px(460), room.height() - 40))
        self._apply = apply
        self.lines: list[_Line] = []
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, theme.px(8), 0)
        self._column.setSpacing(theme.px(6))
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(t("import_page.keywords"))
        self.area.setWidget(page)
        self.wrong = error_text()
        self.wrong.hide()
        self._lay_out()
        for word, tag in keywords.items():
            self.add(word, tag)
        self.add()

    def _lay_out(self) -> None:
        edge = theme.px(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(12))
        column.setSpacing(theme.px(10))
        column.addWidget(muted(t("import_page.keywords_text"), wrap=True))
        column.addWidget(self.area, 1)
        column.addWidget(link_button(t("import_page.keyword_add"), self.add, icon="plus"))
        column.addWidget(self.wrong)
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addStretch(1)
        below.addWidget(button(t("import_page.cancel"), self.reject))
        self.apply = primary_button(t("import_page.apply_tags"), self._finish)
        below.addWidget(self.apply)
        column.addLayout(below)

    def add(self, word: str = "", tag: str = "") -> None:
        """Add a line."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        line = _Line(
            whole,
            TextField(t("import_page.keyword_word"), t("import_page.keyword_word")),
            TextField(t("import_page.keyword_tag"), t("import_page.keyword_tag")),
        )
        line.word.setText(word)
        line.tag.setText(tag)
        line.word.submitted.connect(line.tag.setFocus)
        line.tag.submitted.connect(self._next)
        row.addWidget(line.word, 1)
        row.addWidget(muted("→"))
        row.addWidget(line.tag, 1)
        row.addWidget(icon_button("x", t("import_page.keyword_remove"), lambda: self._remove(line)))
        self._column.insertWidget(len(self.lines), whole)
        self.lines.append(line)
        line.word.setFocus()

    def _next(self) -> None:
        if self.lines[-1].word.text().strip():
            self.add()
        else:
            self.lines[-1].word.setFocus()

    def _remove(self, line: _Line) -> None:
        self.lines.remove(line)
        line.whole.hide()
        line.whole.deleteLater()
        if not self.lines:
            self.add()

    def _finish(self) -> None:
        found: dict[str, str] = {}
        for line in self.lines:
            word, tag = line.word.text().strip(), line.tag.text().strip()
            line.tag.set_wrong(False)
            if not word:
                continue
            try:
                found[word] = clean_tag_name(tag)
            except UserError as error:
                line.tag.set_wrong(True)
                self.wrong.setText(render(error.text))
                self.wrong.show()
                line.tag.setFocus()
                return
        self.accept()
        self._apply(found)
