"""The menu of the list's header: sort by the column, hide it, choose columns, set the height of the rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.text import t
from desktop.ui.members.members_table import DENSITIES, MembersTable


def header_menu(
    parent: QWidget,
    table: MembersTable,
    column: str,
    *,
    open_dialog: Callable[[], object],
    set_density: Callable[[str], object],
) -> QMenu:
    """The menu for a column; "" where there is none.

    Args:
        open_dialog: opens the dialog of columns.
        set_density: makes the rows higher or lower.
    """
    header = table.list_header
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if column:
        menu.addAction(t("members.columns.up"), lambda: header.set_sorts([(column, False)]))
        menu.addAction(t("members.columns.down"), lambda: header.set_sorts([(column, True)]))
        if header.sorts[0][0] != column:
            menu.addAction(t("members.columns.then"), lambda: header.sort_by(column, too=True))
        hide = menu.addAction(t("members.columns.hide"), lambda: header.show_column(column, False))
        hide.setEnabled(len(header.shown_columns()) > 1)
        menu.addSeparator()
    add_columns(menu.addMenu(t("members.columns.choose")), table)
    add_densities(menu.addMenu(t("members.density")), table, set_density)
    menu.addSeparator()
    menu.addAction(t("members.columns.dialog"), open_dialog)
    menu.addAction(t("members.columns.reset"), header.reset)
    return menu


def add_columns(menu: QMenu, table: MembersTable) -> None:
    """The columns there could be, each to be ticked."""
    header = table.list_header
    shown = set(header.shown_columns())
    for column in header.columns:
        action = menu.addAction(column.title.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(column.id in shown)
        action.toggled.connect(partial(header.show_column, column.id))


def add_densities(menu: QMenu, table: MembersTable, set_density: Callable[[str], object]) -> None:
    """The heights a row can have."""
    group = QActionGroup(menu)
    for name in DENSITIES:
        action = menu.addAction(t(f"members.density.{name}"), partial(set_density, name))
        action.setCheckable(True)
        action.setChecked(name == table.density)
        group.addAction(action)
