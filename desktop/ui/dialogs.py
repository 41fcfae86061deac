"""The one way to ask the owner for a file, a folder, a text or a yes. All of them call back, none blocks the program; tests
put a double with prepared answers in this place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.core.message import Message, message
from desktop.settings import Settings
from desktop.text import render, t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

Filters = Sequence[tuple[Message, str]]


class Dialogs(Protocol):
    """What can be asked."""

    def open_files(
        self,
        parent: QWidget,
        purpose: str,
        then: Callable[[list[Path]], object],
        *,
        filters: Filters = (),
        many: bool = True,
    ) -> None:
        """Ask for existing files; ``purpose`` remembers the folder; nothing happens on cancel."""

    def save_file(
        self,
        parent: QWidget,
        purpose: str,
        suggested: str,
        then: Callable[[Path], object],
        *,
        filters: Filters = (),
    ) -> None:
        """Ask where to save; replacing a file was confirmed then."""

    def choose_folder(self, parent: QWidget, purpose: str, then: Callable[[Path], object]) -> None:
        """Ask for a folder."""

    def confirm(
        self,
        parent: QWidget,
        title: Message,
        text: Message,
        button: Message,
        then: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        """Say exactly what will happen and ask; ``then`` is called only on yes."""

    def ask_text(
        self,
        parent: QWidget,
        title: Message,
        label: Message,
        then: Callable[[str], object],
        *,
        text: str = "",
        check: Callable[[str], Message | None] | None = None,
        button: Message | None = None,
    ) -> None:
        """Ask for a line of text; ``check`` returns what is wrong with it, or None; ``button`` says more than 儲存."""

    def show(self, dialog: QDialog) -> None:
        """Show a dialog of the caller's own, kept alive until it is closed."""


class WindowDialogs:
    """The real dialogs: the platform's for files, our own for the rest.

    Args:
        settings: remember the folder of each purpose.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def open_files(
        self,
        parent: QWidget,
        purpose: str,
        then: Callable[[list[Path]], object],
        *,
        filters: Filters = (),
        many: bool = True,
    ) -> None:
        """See Dialogs."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._file_dialog(parent, purpose, filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(lambda names: self._chosen(purpose, names, then))
        dialog.open()

    def save_file(
        self,
        parent: QWidget,
        purpose: str,
        suggested: str,
        then: Callable[[Path], object],
        *,
        filters: Filters = (),
    ) -> None:
        """See Dialogs."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._file_dialog(parent, purpose, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(suggested).suffix.lstrip("."))
        dialog.selectFile(suggested)
        dialog.filesSelected.connect(lambda names: self._chosen(purpose, names, lambda files: then(files[0])))
        dialog.open()

    def choose_folder(self, parent: QWidget, purpose: str, then: Callable[[Path], object]) -> None:
        """See Dialogs."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._file_dialog(parent, purpose, ())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(lambda names: self._chosen(purpose, names, lambda files: then(files[0])))
        dialog.open()

    def confirm(
        self,
        parent: QWidget,
        title: Message,
        text: Message,
        button: Message,
        then: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        """See Dialogs."""
        from desktop.ui.widgets.questions import Question

        dialog = Question(parent, render(title), render(text), render(button), danger=danger)
        dialog.accepted.connect(lambda: then())
        self.show(dialog)

    def ask_text(
        self,
        parent: QWidget,
        title: Message,
        label: Message,
        then: Callable[[str], object],
        *,
        text: str = "",
        check: Callable[[str], Message | None] | None = None,
        button: Message | None = None,
    ) -> None:
        """See Dialogs."""
        from desktop.ui.widgets.questions import TextQuestion

        yes = render(button or message("shell.ok_save"))
        dialog = TextQuestion(parent, render(title), render(label), text, check, yes)
        dialog.accepted.connect(lambda: then(dialog.field.text().strip()))
        self.show(dialog)

    def show(self, dialog: QDialog) -> None:
        """See Dialogs."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QDialog

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        # The print dialog has an `open` of its own, which asks for a receiver.
        QDialog.open(dialog)

    def _file_dialog(self, parent: QWidget, purpose: str, filters: Filters) -> QFileDialog:
        from PySide6.QtCore import QStandardPaths, Qt
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(parent.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        folder = Path(self._settings.text(f"folder.{purpose}"))
        if not folder.is_absolute() or not folder.is_dir():
            places = QStandardPaths.StandardLocation
            place = places.DownloadLocation if purpose == "import" else places.DocumentsLocation
            folder = Path(QStandardPaths.writableLocation(place))
        dialog.setDirectory(str(folder))
        names = [f"{render(label)} ({patterns})" for label, patterns in filters]
        if names:
            dialog.setNameFilters([*names, t("shell.all_files") + " (*)"])
        return dialog

    def _chosen(self, purpose: str, names: list[str], then: Callable[[list[Path]], object]) -> None:
        files = [Path(name) for name in names]
        if files:
            self._settings.put(f"folder.{purpose}", str(files[0].parent))
            then(files)
