"""What becomes of an error that is the program's own: into the log, and once before the owner's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.error_dialog import ErrorDialog


class BugReports:
    """Shows a bug once, however often it comes, and keeps it in the log.

    Args:
        parent: the window the dialog belongs to.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent
        self.open: ErrorDialog | None = None

    def report(self, error: BaseException) -> None:
        """Log the bug and show it, unless one is being shown already."""
        import logging

        from desktop.ui.error_dialog import ErrorDialog, details_of

        details = details_of(error)
        logging.getLogger(__name__).error("bug: %s", details)
        if self.open is not None:
            return
        # The reference keeps Python from freeing the window while it is open.
        self.open = ErrorDialog(self._parent, details)
        self.open.destroyed.connect(self._closed)
        self.open.show()

    def _closed(self) -> None:
        self.open = None
