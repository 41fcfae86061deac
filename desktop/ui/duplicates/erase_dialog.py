"""The question before an erasure: everything that will happen, with counts; Cancel is what Return presses, and the name has to be
typed in."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.message import Message, message
from desktop.operations.people.erasing import Preview
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.widgets.fields import TextField, check_box
from desktop.ui.widgets.labels import muted, text_label, warning_text
from desktop.ui.widgets.questions import Question

WIDTH = 460
SHOWN = 3


class EraseDialog(Question):
    """See the module.

    Args:
        parent: any widget of the window.
        found: what would go.
    """

    def __init__(self, parent: QWidget, found: Preview) -> None:
        name = found.name or t("leaving.nameless")
        super().__init__(
            parent, t("leaving.erase_title", name=name), "", t("leaving.erase_button"), danger=True
        )
        self.word = found.name or t("leaving.word")
        around = QWidget()
        around.setFixedWidth(theme.px(WIDTH))
        inside = QVBoxLayout(around)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(8))
        inside.addWidget(text_label(t("leaving.erase_lead")))
        for line in what_happens(found):
            inside.addWidget(text_label(f"・{render(line)}"))
        self.backups = check_box(t("leaving.backups_too", n=found.backups), checked=True)
        self.backups.setVisible(found.backups > 0)
        self.names = check_box(t("leaving.names_too"), checked=True)
        inside.addWidget(self._about_names(found))
        inside.addSpacing(theme.px(4))
        inside.addWidget(self.backups)
        if not found.backups and not found.unreadable_backups:
            inside.addWidget(muted(t("leaving.backups_none")))
        for line in what_stays(found):
            inside.addWidget(warning_text(render(line)))
        inside.addWidget(muted(t("leaving.own_files"), wrap=True))
        inside.addSpacing(theme.px(4))
        label = t("leaving.type_name", name=self.word)
        self.field = TextField("", label)
        inside.addWidget(text_label(label))
        inside.addWidget(self.field)
        inside.addStretch(1)
        self.column.insertWidget(1, around, 1)
        self.setTabOrder(self.field, self.no)
        self.blocked = bool(found.waiting)
        self.yes.setEnabled(False)
        self.field.setEnabled(not self.blocked)
        self.field.textChanged.connect(self._typed)
        if not self.blocked:
            self.field.setFocus()
        self._take_room()

    def _take_room(self) -> None:
        self.ensurePolished()
        width = self.column.sizeHint().width()
        self.resize(width, self.column.totalHeightForWidth(width))

    def _about_names(self, found: Preview) -> QWidget:
        """What bears her name, and whether it may keep it; nothing where nothing does."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(text_label(render(what_is_called_after(found))))
        column.addWidget(self.names)
        column.addWidget(muted(t("leaving.names_hint"), wrap=True))
        part.setVisible(bool(found.called_after))
        return part

    @property
    def from_backups(self) -> bool:
        """Whether backups are to be rewritten; where none is known to hold her they are looked through all the same."""
        return self.backups.isChecked()

    @property
    def name_is_a_word(self) -> bool:
        """Whether the owner says that her name stands for something else in other names, and stays there."""
        return not self.names.isChecked()

    def _typed(self, text: str) -> None:
        self.yes.setEnabled(not self.blocked and " ".join(text.split()) == " ".join(self.word.split()))

    def accept(self) -> None:
        if self.yes.isEnabled():
            super().accept()


def what_happens(found: Preview) -> list[Message]:
    """What an erasure does, line by line."""
    counts = found.counts
    lines = [message("leaving.will.person", n=counts.tags)]
    for n, key in (
        (found.merged, "leaving.will.merged"),
        (counts.orders, "leaving.will.orders"),
        (counts.images, "leaving.will.history"),
        (counts.uploads, "leaving.will.uploads"),
    ):
        if n:
            lines.append(message(key, n=n))
    lines.append(message("leaving.will.hash"))
    return lines


def what_is_called_after(found: Preview) -> Message:
    """The owner's things that bear her name, some by name and the rest as a number."""
    shown = [t(f"leaving.called.{one.kind}", name=one.name) for one in found.called_after[:SHOWN]]
    names = t("members.list_separator").join(shown)
    rest = len(found.called_after) - len(shown)
    if rest:
        return message("leaving.called_after_more", names=names, n=rest)
    return message("leaving.called_after", names=names)


def what_stays(found: Preview) -> list[Message]:
    """What an erasure cannot reach, or not now."""
    lines = [message("leaving.upload_waits", audience=audience) for audience in found.waiting[:1]]
    if found.shared:
        lines.append(message("leaving.will.shared"))
    if found.unreadable_backups:
        lines.append(message("leaving.backups_unreadable", n=found.unreadable_backups))
    for one in found.audiences:
        until = i18n.date(one.until[:10]) if one.until else "—"
        lines.append(
            message("leaving.at_line", audience=one.name, id=str(one.audience_group_id), until=until)
        )
    if found.menus:
        lines.append(message("leaving.menus", n=found.menus))
    lines += [message("leaving.called_at_line", id=str(one)) for one in found.called_at_line]
    return lines
