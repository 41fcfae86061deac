"""會貼上的標籤: who gets what, before anything is stored; and the way to the answers and words that become tags."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.importer.recipe import Recipe
from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.entry import Entry
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.labels import muted

_SHOWN = 14


class TagsCard(Card):
    """See the module.

    Args:
        answers: opens the answers of a form.
        keywords: opens the words that become tags.
    """

    def __init__(self, answers: Callable[[], object], keywords: Callable[[], object]) -> None:
        super().__init__(t("import_page.tags"))
        self.answers = link_button(t("import_page.answers_open"), answers, icon="tag")
        self.keywords = link_button(t("import_page.keywords_open"), keywords, icon="chat")
        self.header.addWidget(self.answers)
        self.header.addWidget(self.keywords)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.nothing = muted("", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.nothing, 1)
        self.body.addWidget(self._chips)
        self.body.addLayout(row)
        self._told: list[tuple[str, int, bool]] = []

    def show_entry(self, entry: Entry) -> None:
        """Show the tags that a checked table brings."""
        recipe, report = entry.recipe, entry.report
        self.answers.setVisible(recipe.kind == "form_answers" and not entry.finished)
        self.keywords.setVisible(_has_words(recipe) and not entry.finished)
        gains = [(one.tag, one.people, one.is_new) for one in report.tag_preview] if report else []
        asks = recipe.kind in ("form_answers", "chat_log")
        self.setVisible((bool(gains) and not entry.taken_back) or (asks and not entry.finished))
        self.title.setText(t("import_page.tags_done" if entry.finished else "import_page.tags"))
        self.hint.setText(t("import_page.tags_hint", n=len(gains)) if gains else "")
        told = t("import_page.tags_none" if report else "import_page.tags_unknown")
        if recipe.kind == "chat_log" and not gains:
            told = t("import_page.tags_need_words")
        self.nothing.setText("" if gains else told)
        self.nothing.setVisible(not gains)
        if gains != self._told:
            self._told = gains
            self._show_chips(sorted(gains, key=lambda one: -one[1]))

    def _show_chips(self, gains: list[tuple[str, int, bool]]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tag, people, is_new in gains[:_SHOWN]:
            key = "import_page.tag_gain_new" if is_new else "import_page.tag_gain"
            self._flow.addWidget(Chip(t(key, tag=tag, n=people), theme.tag_colour(tag)))
        if len(gains) > _SHOWN:
            self._flow.addWidget(muted(t("import_page.tags_more", n=len(gains) - _SHOWN)))
        self._chips.setVisible(bool(gains))
        self._chips.updateGeometry()


def _has_words(recipe: Recipe) -> bool:
    """Whether some column holds text in people's own words."""
    if recipe.kind == "chat_log":
        return True
    return recipe.kind == "form_answers" and any(one.field in ("extra", "note") for one in recipe.columns)
