"""How the file is read, above the columns: which sheet, as what, where the names stand, in which encoding, with
which separator. A choice takes effect at once."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.answering import Answering
from desktop.ui.importing.entry import Entry
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted

ENCODINGS = ("utf-8", "cp950", "cp932", "gb18030", "utf-16")
SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
KINDS = ("members", "orders", "form_answers", "user_ids")
_HEADER_ROWS = 12


class _Choice(QWidget):
    """A label with its select; both show and hide together."""

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(6), 0)
        row.setSpacing(theme.px(6))
        self.select = Select(name)
        row.addWidget(muted(name))
        row.addWidget(self.select)


class SourceLine(QWidget):
    """See the module.

    Args:
        answering: what decides.
    """

    def __init__(self, answering: Answering) -> None:
        super().__init__()
        flow = FlowLayout(self, gap=8)
        self.sheet = _Choice(t("import_page.sheet"))
        self.kind = _Choice(t("import_page.kind"))
        self.header = _Choice(t("import_page.header_row"))
        self.encoding = _Choice(t("import_page.encoding"))
        self.separator = _Choice(t("import_page.separator"))
        for part in (self.sheet, self.kind, self.header, self.encoding, self.separator):
            flow.addWidget(part)
        self.encoding.select.set_choices([(one, t(f"import_page.encoding_{one}")) for one in ENCODINGS])
        self.sheet.select.chosen.connect(answering.read_sheet)
        self.kind.select.chosen.connect(answering.read_kind)
        self.header.select.chosen.connect(answering.read_header)
        self.encoding.select.chosen.connect(answering.read_encoding)
        self.separator.select.chosen.connect(answering.read_separator)
        self._open = False
        self._entry: Entry | None = None

    @property
    def is_open(self) -> bool:
        """Whether all choices are shown."""
        return self._open

    def toggle(self) -> None:
        """Show all choices, or only those that want a look."""
        self._open = not self._open
        if self._entry is not None:
            self.show_entry(self._entry)

    def show_entry(self, entry: Entry) -> None:
        """Show how a table is read: of several sheets which, and an encoding that is a guess; the rest where it is open."""
        self._entry = entry
        recipe = entry.recipe
        several = len(entry.sheets) > 1 and not recipe.chats
        text = recipe.encoding is not None and entry.pasted is None and not recipe.chats
        guessed = text and _family(recipe.encoding) != ENCODINGS[0]
        self.setVisible(not entry.finished and (several or guessed or self._open))
        self.sheet.setVisible(several)
        self.sheet.select.set_choices([(name, name) for name in entry.sheets])
        self.sheet.select.set_value(recipe.sheet)
        kinds = KINDS if recipe.kind in KINDS else (*KINDS, recipe.kind)
        self.kind.select.set_choices([(kind, t(f"importing.kind.{kind}")) for kind in kinds])
        self.kind.select.set_value(recipe.kind)
        self.kind.setVisible(self._open and not recipe.chats)
        self._show_header(recipe.header_row)
        self.header.setVisible(self._open and recipe.kind != "chat_log")
        self.encoding.setVisible(text and (guessed or self._open))
        self.encoding.select.set_value(_family(recipe.encoding))
        self.separator.setVisible(text and self._open)
        separators = [("", t("import_page.separator_found"))]
        separators += [(sign, t(f"import_page.separator_{name}")) for name, sign in SEPARATOR_NAMES.items()]
        self.separator.select.set_choices(separators)
        self.separator.select.set_value(entry.separator or "")

    def _show_header(self, current: int | None) -> None:
        rows = sorted({*range(1, _HEADER_ROWS + 1), current or 1})
        choices = [(row, t("import_page.header_row_is", row=str(row))) for row in rows]
        self.header.select.set_choices([*choices, (0, t("import_page.header_none"))])
        self.header.select.set_value(current or 0)


def _family(encoding: str | None) -> str | None:
    """The choice an encoding belongs to."""
    if encoding is None:
        return None
    return next((name for name in ENCODINGS if encoding.lower().replace("_", "-").startswith(name)), encoding)
