"""Asking LINE for the account's name, this month's messages and the friends it counts, and keeping them in the shop, where the
status line and the pages read them; and noticing that another shop has the same account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.operations.line.account import on_this_computer
from desktop.operations.line.connecting import AccountFigures, read_figures
from desktop.store import shop
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.desk import Desk

FRESH_FOR = timedelta(minutes=30)


def refresh_if_old(desk: Desk, owner: QObject) -> bool:
    """Ask again if LINE's figures are older than half an hour and an account is connected; quietly, because nobody asked for it.

    Returns:
        Whether LINE is being asked now.
    """
    db = desk.jobs.page_reader
    if not desk.practice and not shop.get(db, "line_account"):
        return False
    told = shop.get_json(db, "quota") or {}
    if told.get("at") and datetime.now(UTC) - i18n.parse_instant(str(told["at"])) < FRESH_FOR:
        return False
    jobs, line = desk.jobs, desk.line

    def ask(ctx: JobContext) -> AccountFigures:
        return read_figures(line.client(), jobs.in_writer)

    jobs.network(ask, owner=owner, then=lambda _: None, on_error=_offline)
    return True


def other_shops(desk: Desk, account: str) -> Message | None:
    """A warning if another shop file of this computer is connected to this account, too; notes that this one is."""
    others = on_this_computer.others(desk.settings, desk.shop.path, account)
    on_this_computer.remember(desk.settings, desk.shop.path, account)
    if not others:
        return None
    return message("line_account.used_by", names=t("line_account.between").join(path.stem for path in others))


def _offline(error: UserError) -> None:
    """The figures of before stay; that LINE cannot be reached stands in the status line."""
