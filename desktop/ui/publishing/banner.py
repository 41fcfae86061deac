"""The banner over the planned menus: what waits for a press, which period begins or ends, and who should have another menu. One
click does it."""

from __future__ import annotations

from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.publishing.deeds import MenuDeeds
from desktop.ui.publishing.flow import PublishFlow
from desktop.ui.publishing.reading import ToSay, read_to_say
from desktop.ui.publishing.states import acts
from desktop.ui.publishing.words import to_say
from desktop.ui.widgets.info_bar import InfoBar


class PublishBanner(InfoBar):
    """Hidden while there is nothing to say. What was closed is said again once it is something else.

    Args:
        page: the page it stands in.
        desk: what it may use.
        flow: what its button starts.
    """

    def __init__(self, page: Page, desk: Desk, flow: PublishFlow) -> None:
        super().__init__()
        self._desk = desk
        self._flow = flow
        self._deeds = MenuDeeds(page, desk)
        self.said = ToSay()

    def refresh(self) -> None:
        """Read again what there is to say."""
        self._desk.jobs.read(read_to_say, owner=self, then=self._show, latest="publishing.banner")

    def _show(self, said: ToSay) -> None:
        if said == self.said:
            return
        self.said = said
        words = to_say(said)
        if words is None:
            self.clear()
            return
        text, button = words
        self.show_message(text, kind="info" if said.stuck is None else "error", button=(button, self._act))

    def _act(self) -> None:
        said = self.said
        # What comes of it may be the same again: it is to be said again then.
        self.said = ToSay()
        if said.waiting:
            self._deeds.go_on_all(said.waiting)
        elif said.stuck is not None:
            self._deeds.do(said.stuck, acts(said.stuck)[0])
        elif said.needs_a_look:
            self._flow.start()
        else:
            self._flow.refresh_links(said.newly)
