"""The look after an open shop's health once the window stands: SQLite's check, the backup that is due, copies a sync program
left. Runs beside the work and speaks up only when there is something to say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.store.safety.checks import CareReport, look_after
from desktop.text import render
from desktop.ui.opening.opened_shop import OpenedShop

if TYPE_CHECKING:
    from desktop.ui.shell.frame import Shell


def look_after_shop(shop: OpenedShop, shell: Shell) -> None:
    """Start the look; what it finds is told in the shell."""
    path = shop.path
    if shop.file.cannot_write is not None:
        page = shell.stack.current
        if page is not None:
            page.bar.show_error(shop.file.cannot_write)
        return
    shop.jobs.background(
        lambda db, ctx: look_after(path, db, job=ctx), owner=shell, then=partial(_tell, shell)
    )


def _tell(shell: Shell, report: CareReport) -> None:
    if not report.check.ok:
        from desktop.store.safety.shop_errors import ShopDamaged

        shop = shell.shop
        if shop is not None:
            error = ShopDamaged(shop.path, problem="\n".join(report.check.problems))
            shell.go("shop_problem", error=error, path=shop.path)
        return
    for warning in report.warnings:
        shell.status.warn(render(warning.text), lambda: shell.go("settings", section="backups"))
    if report.conflicted is not None:
        shell.notices.show(report.conflicted.text, kind="warning")
