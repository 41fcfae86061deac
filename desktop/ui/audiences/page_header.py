"""The buttons of the page's header: those of the list, and those of the editor, which say why they cannot be pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.text import t
from desktop.ui.audiences.editor import Editor
from desktop.ui.page import PageHeader
from desktop.ui.widgets.buttons import button, icon_button, menu_button, primary_button

Run = Callable[[], object]


class AudienceHeader:
    """Puts its buttons into a page's header.

    Args:
        header: the page's.
        back, save, upload, build: what the buttons do.
        call: writes a list to call or mail.
        exports: the ways to export.
    """

    def __init__(
        self, header: PageHeader, *, back: Run, save: Run, upload: Run, build: Run, call: Run, exports: QMenu
    ) -> None:
        self._header = header
        self._in_its_place: QWidget | None = None
        self.back = icon_button("arrow-left", t("audiences_page.back"), back)
        header.insert_before_title(self.back)
        self.save = button(t("audiences_page.save"), save)
        self.export = menu_button(t("builder.export"), exports)
        self.upload = primary_button(t("audiences_page.upload"), upload, icon="upload")
        self.call = primary_button(t("builder.call_list"), call, icon="phone")
        self.build = primary_button(t("audiences_page.build"), build, icon="plus")
        for made in (self.save, self.export, self.upload, self.call, self.build):
            header.add(made)

    def show_list(self, *, empty: bool) -> None:
        """The list is shown; while it is empty the page itself has the button."""
        self._show(editing=False)
        self.build.setVisible(not empty)
        self._header.set_subtitle(t("audiences_page.subtitle"))

    def show_editor(self, editor: Editor) -> None:
        """The editor is shown."""
        self._show(editing=True)
        name = editor.name_text or t("audiences_page.new")
        key = "audiences_page.editing_changed" if editor.is_changed else "audiences_page.editing"
        self._header.set_subtitle(t(key, audience=name))
        people = editor.counts.people if editor.counts else 0
        reachable = editor.counts.parts["reachable"] if editor.counts else 0
        reason = t("audiences_page.nobody_reachable") if editor.counts and not reachable else ""
        self._allow_upload(reachable > 0)
        self.upload.setToolTip(reason)
        self.upload.setAccessibleDescription(reason)
        self.save.setEnabled(editor.is_changed)
        for made in (self.export, self.call):
            made.setEnabled(people > 0)
        # A list to call or mail is never uploaded: a button for it would only ever say no.
        self.upload.setVisible(not editor.is_list_only)
        self.call.setVisible(editor.is_list_only)

    def _allow_upload(self, allowed: bool) -> None:
        """While the people are counted anew the button rests, and Qt hands its focus to whatever comes next, where the next key
        would change a condition: it gets the focus back, unless the owner has gone elsewhere."""
        window = self.upload.window()
        had_focus = window.focusWidget() is self.upload
        self.upload.setEnabled(allowed)
        if had_focus and not allowed:
            self._in_its_place = window.focusWidget()
        elif allowed and self._in_its_place is not None:
            if self._in_its_place is window.focusWidget():
                self.upload.setFocus(Qt.FocusReason.OtherFocusReason)
            self._in_its_place = None

    def _show(self, *, editing: bool) -> None:
        for part in (self.back, self.save, self.export, self.upload):
            part.setVisible(editing)
        self.call.setVisible(False)
        self.build.setVisible(not editing)
