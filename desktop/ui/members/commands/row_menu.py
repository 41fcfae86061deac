"""The menu of a row: open, tags on and off, 「不發訊息」, copying, merging, deleting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.people.tag import Tag
from desktop.text import t
from desktop.ui.members.tagging.pinned_tags import PLACES, key_of
from desktop.ui.members.tagging.tag_panel import TagPanel
from desktop.ui.members.tagging.tagger import Tagger

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage

OFFERED = 12


def row_menu(page: MembersPage, *, sending_off: bool | None) -> QMenu:
    """The menu for the selection.

    Args:
        sending_off: whether the current person gets no messages; None if that is not known.
    """
    panel, tagger, actions = page.panel, page.tagger, page.row_actions
    menu = _menu(page)
    if actions.can_open() and page.list.selected_count() == 1:
        menu.addAction(f"{t('members.menu.open')}\t{_native('Return')}", actions.open)
        menu.addSeparator()
    put = menu.addMenu(t("members.menu.tag"))
    for tag in _offered(panel):
        put.addAction(_plain(tag.name), partial(tagger.put, tag.name))
    put.addSeparator()
    put.addAction(f"{t('members.menu.other_tag')}\t{_native('Ctrl+T')}", panel.box.start)
    take = menu.addMenu(t("members.menu.untag"))
    for name in panel.names_of_held()[:OFFERED]:
        take.addAction(_plain(name), partial(tagger.take, name))
    take.setEnabled(bool(panel.names_of_held()))
    menu.addSeparator()
    if sending_off is not True:
        menu.addAction(t("members.menu.stop_sending"), partial(tagger.set_do_not_send, True))
    if sending_off is not False:
        menu.addAction(t("members.menu.send_again"), partial(tagger.set_do_not_send, False))
    menu.addSeparator()
    menu.addAction(f"{t('members.menu.copy')}\t{_native('Ctrl+C')}", page.copy_table)
    menu.addAction(t("members.menu.copy_user_ids"), page.copy_user_ids)
    menu.addAction(f"{t('members.menu.export')}\t{_native('Ctrl+E')}", page.export)
    if actions.can_merge() or actions.can_delete():
        menu.addSeparator()
    if actions.can_merge():
        menu.addAction(t("members.menu.merge"), actions.merge)
    if actions.can_delete():
        menu.addAction(t("members.menu.delete", n=page.list.selected_count()), actions.delete)
    return menu


def tag_menu(
    parent: QWidget, panel: TagPanel, tagger: Tagger, tag: Tag, filter_by: Callable[[], object]
) -> QMenu:
    """The menu of a tag: where it is pinned, and its people."""
    menu = _menu(parent)
    pinned = panel.now.pinned
    places = menu.addMenu(t("members.menu.pin"))
    for place in PLACES:
        there = pinned.get(place)
        text = (
            key_of(place)
            if there is None
            else t("members.menu.pin_instead", shortcut=key_of(place), tag=there.name)
        )
        action = places.addAction(_plain(text), partial(tagger.pin, tag.name, place))
        action.setCheckable(True)
        action.setChecked(there is not None and there.id == tag.id)
    if any(there.id == tag.id for there in pinned.values()):
        menu.addAction(t("members.menu.unpin"), partial(tagger.pin, tag.name, None))
    menu.addAction(t("members.menu.filter", tag=_plain(tag.name)), filter_by)
    return menu


def _offered(panel: TagPanel) -> Sequence[Tag]:
    """Pinned tags, then those used last, then those most people have."""
    now = panel.now
    by_id = {tag.id: tag for tag in now.tags}
    wanted = [*(tag.id for tag in now.pinned.values()), *now.recent, *by_id]
    return [by_id[tag] for tag in dict.fromkeys(wanted) if tag in by_id][:OFFERED]


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _plain(text: str) -> str:
    return text.replace("&", "&&")


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
