"""Opens the files dropped on the import page. A file with a password is asked for it and opened again; passwords are known until
other files are taken, and never stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit

from desktop.core.message import message
from desktop.importer.formats.problems import PasswordNeeded
from desktop.text import t
from desktop.ui.importing import entry as work
from desktop.ui.widgets.questions import TextQuestion


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
    """The files on the page and the passwords they took.

    Args:
        page: the import page.
    """

    def __init__(self, page: Any) -> None:
        self._page = page
        self._files: list[Path] = []
        self._passwords: dict[Path, str] = {}

    def start(self, files: list[Path]) -> None:
        """Look at these files."""
        self._files = files
        self._passwords.clear()
        self._look()

    def _look(self) -> None:
        files, passwords = self._files, dict(self._passwords)
        self._page.look(lambda db, job: work.look_at(db, files, job, passwords))

    def ask(self, error: PasswordNeeded) -> None:
        """Ask for a file's password and look again; whoever closes the dialog finds the way back in the bar."""
        self._page.bar.show_message(
            error.text,
            kind="warning",
            cure=error.cure,
            button=(message("import_page.enter_password"), lambda: self._open(error)),
        )
        self._open(error)

    def _open(self, error: PasswordNeeded) -> None:
        dialog = PasswordQuestion(self._page, error)

        def given() -> None:
            self._passwords[error.path] = dialog.field.text()
            self._page.bar.clear()
            self._look()

        dialog.accepted.connect(given)
        self._page.desk.dialogs.show(dialog)

    def forget(self) -> None:
        """Forget the files and their passwords."""
        self._files = []
        self._passwords.clear()
