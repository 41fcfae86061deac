"""What comes onto the import page: files chosen, cells pasted, a password for a file that wants one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from desktop.core.message import message
from desktop.importer.formats.problems import PasswordNeeded
from desktop.text import t
from desktop.ui.importing.entry import Unreadable
from desktop.ui.importing.running import Said
from desktop.ui.importing.session import ImportSession
from desktop.ui.widgets.questions import TextQuestion

FILTERS = [
    (message("import_page.filter_tables"), "*.xlsx *.xls *.xlsb *.xlsm *.ods *.csv *.tsv *.txt *.zip *.html"),
    (message("import_page.filter_all"), "*"),
]
_A_TABLE = 2
"""Cells from which on a text on the clipboard is taken for a table."""


class PasswordQuestion(TextQuestion):
    """Asks for a file's password, which is not shown while it is written.

    Args:
        parent: the window asked in.
        error: why it is asked for.
    """

    def __init__(self, parent: Any, error: PasswordNeeded) -> None:
        key = "import_page.password_again" if error.wrong else "import_page.password_label"
        super().__init__(parent, t("import_page.password_title"), t(key, file=error.path.name), "", None)
        self.yes.setText(t("import_page.password_open"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)


class Opening:
    """Brings files and cells into a session.

    Args:
        page: the import page.
        session: of its shop.
    """

    def __init__(self, page: Any, session: ImportSession) -> None:
        self._page, self._session = page, session

    def choose(self) -> None:
        """Ask for files."""
        self._page.desk.dialogs.open_files(
            self._page, "import", self._session.open_files, filters=FILTERS, many=True
        )

    def paste(self) -> None:
        """Take the cells, or the files, that were copied."""
        data = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self._session.open_files(files)
            return
        text = data.text()
        cells = sum(1 for cell in text.replace("\t", "\n").splitlines() if cell.strip())
        if cells < _A_TABLE:
            self._session.said = Said(message("import_page.nothing_to_paste"))
            self._session.changed.emit()
            return
        self._session.open_pasted(text)

    def ask_password(self, one: Unreadable) -> None:
        """Ask for a file's password and look at it again."""
        error = one.error
        assert isinstance(error, PasswordNeeded)
        dialog = PasswordQuestion(self._page, error)
        dialog.accepted.connect(lambda: self._session.open_with(one.path, dialog.field.text()))
        self._page.desk.dialogs.show(dialog)
