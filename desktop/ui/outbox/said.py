"""What the bar over the uploads says: the one thing they all wait for. It is said once, so that a closed bar stays closed."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.message import message
from desktop.store import outbox
from desktop.ui.desk import Desk
from desktop.ui.outbox.deeds import UploadDeeds
from desktop.ui.outbox.seen import Seen
from desktop.ui.page import Page
from desktop.ui.publishing.deeds import MenuDeeds
from desktop.ui.publishing.states import is_open


class OutboxSaid:
    """One page's bar.

    Args:
        page: whose bar it is.
        desk: where its buttons lead.
        deeds: what its buttons do.
        menu_deeds: the same for publications.
        check_restored: asks LINE after a restored backup.
    """

    def __init__(
        self,
        page: Page,
        desk: Desk,
        deeds: UploadDeeds,
        menu_deeds: MenuDeeds,
        check_restored: Callable[[], object],
    ) -> None:
        self._bar = page.bar
        self._desk = desk
        self._deeds = deeds
        self._menu_deeds = menu_deeds
        self._check_restored = check_restored
        self._said = ""

    def forget(self) -> None:
        """What was said may be said again."""
        self._said = ""

    def say(self, seen: Seen) -> None:
        """Say what there is to say, if it is something else than before."""
        said = what(seen)
        if said == self._said:
            return
        self._bar.clear()
        self._said = said
        if seen.paused:
            again = (message("outbox_page.check"), self._check_restored)
            cure = message("outbox_page.paused_cure")
            self._bar.show_message(message("outbox.paused"), kind="warning", cure=cure, button=again)
        elif said == "not_connected":
            settings = (message("outbox_page.act.sign_in"), lambda: self._desk.go("settings", section="line"))
            self._bar.show_message(message("outbox_page.not_connected"), kind="warning", button=settings)
        elif seen.unconfirmed:
            send = (message("outbox_page.send_now"), self._deeds.confirm_all)
            self._bar.show_message(message("outbox.resume_bar", n=seen.unconfirmed), button=send)
        elif seen.menus_waiting:
            go_on = (
                message("publishing_page.go_on"),
                lambda: self._menu_deeds.go_on_all(seen.menus_waiting),
            )
            self._bar.show_message(
                message("publishing_page.waiting", n=len(seen.menus_waiting)), button=go_on
            )
        elif seen.sends_waiting:
            show = (
                message("outbox_page.show_send"),
                lambda: self._desk.go("sending", send=seen.sends_waiting[0]),
            )
            self._bar.show_message(
                message("outbox_page.sends_waiting", n=len(seen.sends_waiting)), button=show
            )
        elif seen.renewals:
            self._say_renewals(seen)

    def _say_renewals(self, seen: Seen) -> None:
        first = seen.renewals[0]
        text = message(
            "outbox_page.renewals",
            n=len(seen.renewals),
            audience=first.audience.name,
            days=max(0, first.days_left),
        )
        renew = (message("outbox_page.renew_all"), lambda: self._deeds.renew_all(seen.renewals))
        self._bar.show_message(text, kind="warning", cure=message("outbox_page.renewals_how"), button=renew)


def what(seen: Seen) -> str:
    """The one thing to say, in a word; "" for nothing."""
    if seen.paused:
        return "paused"
    open_uploads = any(job.state in outbox.OPEN_STATES for job in seen.jobs)
    if not seen.connected and (open_uploads or any(is_open(job) for job in seen.publishings)):
        return "not_connected"
    if seen.unconfirmed:
        return f"unconfirmed {seen.unconfirmed}"
    if seen.menus_waiting:
        return f"menus {len(seen.menus_waiting)}"
    if seen.sends_waiting:
        return f"sends {len(seen.sends_waiting)}"
    return f"renew {len(seen.renewals)}" if seen.renewals else ""
