"""What the lines and links of the page ask for: the list of a column's fields, its cells before and after, the
doubtful rows, the answers and words that become tags; and the question that stands in the way of a check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.message import message
from desktop.importer.columns.fields import BUYER_FIELDS, ORDER_FIELDS
from desktop.importer.recipe import Column
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.importing.answering import Answering
from desktop.ui.importing.deciding.ambiguous_dialog import AmbiguousDialog
from desktop.ui.importing.deciding.answer_counts import Question, questions_of
from desktop.ui.importing.deciding.answers_dialog import AnswersDialog
from desktop.ui.importing.deciding.keywords_dialog import KeywordsDialog
from desktop.ui.importing.entry import Entry, forget_words
from desktop.ui.importing.mapping.column_dialog import ColumnDialog
from desktop.ui.importing.mapping.columns_card import column_named
from desktop.ui.importing.mapping.field_menu import FieldMenu, MoreChoice
from desktop.ui.importing.running import Said

OVERWRITES = ("replace", "fill", "clear")
TAG_SIGNS = ("、", ",", ";", "|", "/", " ", "\n")
_NEVER_OVERWRITTEN = frozenset({"ignore", "consent", "blocked", "do_not_send", "line_user_id", "member_no"})
_SIGN_NAMES = {
    " ": "space",
    "\n": "line",
    ",": "comma",
    ";": "semicolon",
    "|": "bar",
    "/": "slash",
    "、": "list",
}


class ColumnChoices:
    """See the module.

    Args:
        page: the import page.
        answering: what decides.
    """

    def __init__(self, page: Any, answering: Answering) -> None:
        self._page, self._answering = page, answering
        self.menu: FieldMenu | None = None

    @property
    def _entry(self) -> Entry | None:
        entry: Entry | None = self._page.entry
        return entry

    # A column

    def choose_field(self, column: str, anchor: QWidget) -> None:
        """Show the list of fields a column can be given."""
        entry = self._entry
        if entry is None or entry.recipe.kind == "chat_log" or self._page.session.saving:
            return
        found = column_named(entry, column)
        name = t("import_page.field_choice", column=column)
        self.menu = FieldMenu(
            self._page,
            name,
            entry.recipe.kind,
            found.field,
            lambda field: self._answering.map_column(column, field),
            self._more(found),
        )
        self.menu.open_at(anchor)

    def show_column(self, column: str) -> None:
        """Show a column's cells before and after."""
        entry = self._entry
        if entry is not None:
            self._page.desk.dialogs.show(ColumnDialog(self._page, entry, column_named(entry, column)))

    def order_dates(self, column: str, order: str) -> None:
        """The owner said in which order a column writes its dates."""
        self._answering.order_dates(column, order)

    def _more(self, column: Column) -> list[MoreChoice]:
        entry, more = self._entry, []
        assert entry is not None
        if column.field == "tags":
            signs = [("", t("import_page.separator_found"))]
            signs += [(sign, t(f"import_page.sign.{_SIGN_NAMES[sign]}")) for sign in TAG_SIGNS]
            told = self._answering.answers.separators.get(column.name, "")
            more.append(
                MoreChoice(
                    t("import_page.separator"),
                    tuple(signs),
                    told,
                    lambda sign: self._answering.separate(column.name, sign),
                )
            )
        of_orders = entry.recipe.kind == "orders" or column.field in (*ORDER_FIELDS, *BUYER_FIELDS[:1])
        if column.field not in _NEVER_OVERWRITTEN and not of_orders and column.field != "tags":
            modes = tuple((mode, t(f"import_page.overwrite_{mode}")) for mode in OVERWRITES)
            told = self._answering.answers.overwrite.get(column.name, "replace")
            more.append(
                MoreChoice(
                    t("import_page.overwrite"),
                    modes,
                    told,
                    lambda mode: self._answering.overwrite(column.name, mode),
                )
            )
        return more

    # Rows, answers, words

    def open_ambiguous(self) -> None:
        """Decide the doubtful rows one by one."""
        entry = self._entry
        if entry is not None and entry.plan is not None and entry.plan.report.ambiguous:
            rows = entry.plan.report.ambiguous
            self._page.desk.dialogs.show(AmbiguousDialog(self._page, rows, self._answering.decide_rows))

    def open_answers(self) -> None:
        """Make tags of a form's answers; they are read first."""
        entry = self._entry
        if entry is not None:
            self._page.desk.jobs.background(
                lambda db, job: questions_of(entry, job),
                owner=self._page,
                then=self._show_answers,
                title=message("import_page.title_answers"),
            )

    def _show_answers(self, questions: list[Question]) -> None:
        if not questions:
            self._page.session.said = Said(message("import_page.no_answers"))
            self._page.refresh()
            return

        def apply(answer_tags: Any) -> None:
            self._answering.decide(answer_tags={key: dict(value) for key, value in answer_tags.items()})

        answers = self._answering.answers
        self._page.desk.dialogs.show(AnswersDialog(self._page, questions, answers, apply))

    def open_keywords(self) -> None:
        """Make tags of words. Words taken away are forgotten for later files of this shape too: else they would come back."""
        entry = self._entry
        if entry is None:
            return
        fingerprint = entry.recipe.fingerprint
        before = self._answering.answers.keywords

        def apply(found: Mapping[str, str]) -> None:
            gone = before.keys() - found.keys()
            if not gone:
                self._answering.decide(keywords=dict(found))
                return
            self._page.desk.jobs.write(
                lambda db, _: forget_words(db, fingerprint, gone),
                owner=self._page,
                then=lambda _: self._answering.decide(keywords=dict(found)),
            )

        self._page.desk.dialogs.show(KeywordsDialog(self._page, before, apply))

    def question(self) -> Said | None:
        """What stands in the way of a check, or is worth knowing before it."""
        entry = self._entry
        if entry is None or entry.finished:
            return None
        if entry.recipe.questions:
            return Said(entry.recipe.questions[0].text(), kind="warning")
        if not entry.recipe.identifies:
            return Said(message("import_page.who_is_who"), kind="warning")
        if entry.imported_before:
            return Said(message("import_page.seen_before", when=i18n.moment(entry.imported_before)))
        return None
