"""How the window looks: the theme, text size and language of the settings, put on the application."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desktop.settings import Settings
from desktop.ui import i18n, theme


class Look(QObject):
    """Follows the computer from light to dark and back, where the owner left that to the computer."""

    def __init__(self, app: QApplication, settings: Settings, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._window = window
        self._settings = settings
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def put_on(self) -> None:
        """Dress the application as the settings say; pages built before keep the sizes and texts they have."""
        theme.apply(
            self._app,
            theme=self._settings.text("theme", "system"),
            scale=self._settings.number("text_size", 100),
            language=i18n.use(self._settings.language),
            window=self._window,
        )

    @Slot(Qt.ColorScheme)
    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        # Only colours change then, and those are looked up when something is painted: nobody loses what he is doing.
        follows = self._settings.text("theme", "system") == "system"
        if follows and theme.resolve(self._app, "system") != theme.name():
            self.put_on()
