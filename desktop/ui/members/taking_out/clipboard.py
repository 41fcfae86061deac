"""Members on the clipboard: asked once, kept out of clipboard histories where the platform has a word for it,
and taken away after a minute if it is still there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

SECONDS = 60

_PRIVATE = (
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
    "x-kde-passwordManagerHint",
    "org.nspasteboard.ConcealedType",
)
"""What tells clipboard histories to look away: Microsoft, "Clipboard formats"; KDE's Klipper; nspasteboard.org."""


class PrivateClipboard(QObject):
    """Puts a text there and clears it; one for the whole program, found by :func:`private_clipboard`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self.timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self.timer.timeout.connect(self.clear)
        application().aboutToQuit.connect(self.clear)

    def put(self, text: str, html: str = "") -> None:
        """Copy ``text`` for a minute, and the same as ``html`` for who can paste that."""
        data = QMimeData()
        data.setText(text)
        if html:
            data.setHtml(html)
        for name in _PRIVATE:
            data.setData(name, b"secret")
        QGuiApplication.clipboard().setMimeData(data)
        self._text = text
        self.timer.start()

    def clear(self) -> None:
        """Take the text away if it is still what was put there."""
        self.timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""


def private_clipboard() -> PrivateClipboard:
    """The program's one; it outlives the page that copied."""
    found = application().findChild(PrivateClipboard)
    return found if isinstance(found, PrivateClipboard) else PrivateClipboard(application())


def application() -> QCoreApplication:
    """The running application."""
    found = QCoreApplication.instance()
    assert found is not None
    return found
