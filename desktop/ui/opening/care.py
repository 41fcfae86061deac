"""What is done for an open shop once the window stands: SQLite's check, the backup that is due, the question about uploads of
last time, history's old images, the outbox. It runs beside the work and speaks up only when there is something to say."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.message import message
from desktop.store import history
from desktop.store.database import Database
from desktop.text import render
from desktop.ui.opening.opened_shop import OpenedShop

if TYPE_CHECKING:
    from desktop.core.job import JobContext
    from desktop.operations.line.after_upload import Question
    from desktop.operations.line.keeping_in_step import Renewal
    from desktop.operations.line.uploading import UploadOutcome
    from desktop.operations.people.unfinished_erasing import Finished
    from desktop.store.safety.checks import CareReport
    from desktop.ui.shell.frame import Shell


def look_after_shop(shop: OpenedShop, shell: Shell) -> None:
    """Start it all; what is found is told in the shell."""
    from desktop.ui.paging.people_picture import PeoplePicture

    PeoplePicture(shop.jobs)
    if shop.file.cannot_write is not None:
        page = shell.stack.current
        if page is not None:
            again = (message("shell.try_again"), partial(shell.desk.door.open_shop, shop.path))
            page.bar.show_error(shop.file.cannot_write, button=again)
        return
    path = shop.path
    shop.jobs.background(partial(_look, path), owner=shell, then=partial(_tell, shell))
    _finish_erasures(shop, shell)
    shop.link.start()
    shop.jobs.read(_ends_soon, owner=shell, then=partial(_tell_of_ends, shell))
    _watch_menus(shop, shell)
    shop.jobs.read(_sends_to_ask_about, owner=shell, then=partial(_ask_about_sends, shell))
    shop.jobs.background(
        lambda db, _ctx: history.stale_steps(db), owner=shell, then=partial(_forget, shell, shop)
    )


def _watch_menus(shop: OpenedShop, shell: Shell) -> None:
    """Who should have another rich menu, and periods that begin or end, are told now and after imports."""
    from desktop.ui.publishing.watch import MenuWatch

    window = shell.window()
    MenuWatch(shop.jobs, lambda: getattr(window, "shell", None)).look()


def _look(path: Path, db: Database, ctx: JobContext) -> CareReport:
    from desktop.store.safety.checks import look_after

    return look_after(path, db, job=ctx)


def _finish_erasures(shop: OpenedShop, shell: Shell) -> None:
    """Members whom an earlier run could not erase to the end are erased now: that was decided already."""

    def work(db: Database, ctx: JobContext) -> list[Finished]:
        from desktop.operations.people import unfinished_erasing

        return unfinished_erasing.finish(db, shop.jobs.in_writer, job=ctx)

    def tell(finished: list[Finished]) -> None:
        from desktop.operations.people import erasing

        for one in finished:
            erasing.scrub_settings(shell.desk.settings, one.taken)
            shell.notices.show(message("leaving.finished_later", receipt=one.receipt.number), kind="success")

    shop.jobs.background(work, owner=shell, then=tell)


def ask_about_uploads(shop: OpenedShop, shell: Shell) -> None:
    """Uploads that an earlier run left go out only after the owner pressed once more. Called before anything else can press."""
    shop.jobs.write(lambda db, _ctx: _uploads_of_last_time(db), owner=shell, then=partial(_ask, shell, shop))


def _uploads_of_last_time(db: Database) -> int:
    from desktop.operations.line import sending
    from desktop.operations.planning import publishing
    from desktop.store import outbox

    with db.transaction():
        outbox.after_restart(db)
    sending.after_restart(db)
    return outbox.unconfirmed(db) + publishing.after_restart(db)


def _ends_soon(db: Database) -> tuple[Renewal, ...]:
    from desktop.operations.line import keeping_in_step

    return keeping_in_step.renewals_due(db)


def _tell_of_ends(shell: Shell, due: tuple[Renewal, ...]) -> None:
    """LINE lets go of an audience after 180 days: who does not look at the page of uploads hears of it in time."""
    page = shell.stack.current
    if due and page is not None and not page.bar.text and page.page_id != "outbox":
        first = due[0]
        text = message(
            "outbox_page.renewals", n=len(due), audience=first.audience.name, days=max(0, first.days_left)
        )
        page.bar.show_message(
            text, kind="warning", button=(message("shell.page.outbox"), lambda: shell.go("outbox"))
        )


def _sends_to_ask_about(db: Database) -> tuple[Question, ...]:
    from desktop.operations.line import after_upload

    return after_upload.to_ask(db)


def _ask_about_sends(shell: Shell, questions: tuple[Question, ...]) -> None:
    """Whether a message of an earlier day went out is asked on the page of uploads; here is only the way there."""
    page = shell.stack.current
    if questions and page is not None and not page.bar.text and page.page_id != "outbox":
        answer = (message("outbox_page.ask.answer"), lambda: shell.go("outbox"))
        text = message("outbox_page.ask.start", audience=questions[0].audience)
        page.bar.show_message(text, button=answer)


def _forget(shell: Shell, shop: OpenedShop, stale: list[int]) -> None:
    if stale:
        from desktop.operations.history import undoing

        shop.jobs.write(lambda db, _ctx: undoing.forget_old_images(db, stale), owner=shell)


def _ask(shell: Shell, shop: OpenedShop, waiting: int) -> None:
    page = shell.stack.current
    if waiting and page is not None:
        send = (message("shell.waiting.send"), lambda: _confirm(shell, shop))
        page.bar.show_message(message("shell.waiting.ask", n=waiting), kind="info", button=send)


def _confirm(shell: Shell, shop: OpenedShop) -> None:
    shop.jobs.write(lambda db, _ctx: _confirm_all(db), owner=shell)


def _confirm_all(db: Database) -> UploadOutcome:
    """Uploads and publications of last time may go out."""
    from desktop.operations.line import uploading
    from desktop.operations.planning import publishing

    confirmed = uploading.confirm_all(db)
    count, changes = confirmed.count, confirmed.changes
    for job in publishing.waiting_for_a_press(db):
        count, changes = count + 1, changes | publishing.confirm(db, job.id).changes
    return uploading.UploadOutcome(count, changes)


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
