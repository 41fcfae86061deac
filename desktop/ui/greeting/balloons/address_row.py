"""Where something lies on the web. Only LINE's own sending needs it — LINE's manager takes the file —, so it waits folded up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import small


class AddressRow(QWidget):
    """``edited(address)``: another address was typed.

    Args:
        placeholder: an example.
        hint: what it is needed for.
    """

    edited = Signal(str)

    def __init__(self, placeholder: str, hint: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.more = link_button(t("greeting_page.address"), self._open, icon="link")
        self.field = TextField(placeholder, t("greeting_page.address"))
        self.field.textEdited.connect(lambda text: self.edited.emit(text.strip()))
        self.hint = small(hint, wrap=True)
        for widget in (self.more, self.field, self.hint):
            column.addWidget(
                widget, 0, Qt.AlignmentFlag.AlignLeft if widget is self.more else Qt.AlignmentFlag(0)
            )
        self._fold(folded=True)

    def show_address(self, address: str) -> None:
        """Show an address; an empty one folds the row up unless it is being typed in."""
        if self.field.text().strip() != address:
            self.field.setText(address)
        if not self.field.hasFocus():
            self._fold(folded=not address)

    def _open(self) -> None:
        self._fold(folded=False)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self, *, folded: bool) -> None:
        self.more.setVisible(folded)
        self.field.setVisible(not folded)
        self.hint.setVisible(not folded)
