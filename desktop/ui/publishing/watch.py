"""At the start and after imports: who should have another menu, and which period begins or ends, is said on the page that is
shown, with the one press that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import Message
from desktop.store.database import Database
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.ui.page import Page
    from desktop.ui.publishing.reading import ToSay
    from desktop.ui.shell.frame import Shell

BRINGING = frozenset({"import", "line_ids", "joining"})
"""Pages that bring new members or their user IDs."""

QUIET = frozenset({"rich_menu", "outbox", "counter", "busy", "shop_problem"})
"""Pages that say it themselves, or where nobody wants to be asked."""

PAUSE_MS = 400


class MenuWatch(QObject):
    """One open shop's.

    Args:
        jobs: of the shop; this is deleted with them.
        shell: the shell shown now, which is another one after a change of language.
    """

    def __init__(self, jobs: Jobs, shell: Callable[[], Shell | None]) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._shell = shell
        self._said: object = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)
        jobs.changed.connect(self._changed)

    @Slot()
    def look(self) -> None:
        """Read what there is to say."""
        self._jobs.read(_read, owner=self, then=self._say, latest="publishing.watch", on_error=self._silent)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        page = self._page()
        if page is not None and page.page_id in BRINGING and changes.touches(Kind.PEOPLE):
            self._pause.start()

    def _say(self, said: tuple[ToSay, tuple[Message, Message]] | None) -> None:
        page, shell = self._page(), self._shell()
        if said is None or page is None or shell is None or page.page_id in QUIET or said[0] == self._said:
            return
        what, (text, label) = said
        self._said = what
        button = (label, lambda: self._press(page, what))
        if page.bar.text:
            shell.notices.show(text, button=button)
        else:
            page.bar.show_message(text, button=button)

    def _press(self, page: Page, what: ToSay) -> None:
        from desktop.ui.publishing.flow import PublishFlow

        # Once it was pressed, the same may be said again some other day.
        self._said = None
        flow = PublishFlow(page, page.desk)
        if what.needs_a_look:
            flow.start()
        else:
            flow.refresh_links(what.newly)

    def _page(self) -> Page | None:
        shell = self._shell()
        return shell.stack.current if shell is not None else None

    def _silent(self, error: UserError) -> None:
        """Nobody asked; the page of the menus says what is wrong."""


def _read(db: Database) -> tuple[ToSay, tuple[Message, Message]] | None:
    """What there is to say, in words; what waits since the last start is asked elsewhere."""
    from desktop.ui.publishing.reading import read_to_say
    from desktop.ui.publishing.words import to_say

    found = read_to_say(db)
    words = to_say(found)
    return None if words is None or found.waiting or found.stuck else (found, words)
