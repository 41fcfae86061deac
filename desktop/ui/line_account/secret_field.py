"""A field for a key: hidden from whoever looks over the shoulder, until the eye is pressed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.fields import TextField


class SecretField(QWidget):
    """A field whose text is hidden until the eye is pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self.field = TextField("", name)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = icon_button("eye", t("line_account.show_secret", name=name), self.toggle)
        row.addWidget(self.field, 1)
        row.addWidget(self.eye)
        self.setFocusProxy(self.field)
        self.setAccessibleName(name)

    def toggle(self) -> None:
        """Show or hide the text."""
        hidden = self.field.echoMode() == QLineEdit.EchoMode.Password
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)

    def text(self) -> str:
        """What was entered."""
        return self.field.text()

    def clear(self) -> None:
        """Forget it."""
        self.field.clear()
