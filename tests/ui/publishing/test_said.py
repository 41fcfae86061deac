"""What is said while a publication is under way, and when it is done."""

from __future__ import annotations

from desktop.text import t
from desktop.ui.notifications import Toasts
from tests.ui.publishing.place import Place


def test_what_is_under_way_is_no_longer_said_once_it_is_done(place: Place) -> None:
    place.plan("新好友版")
    place.publish()
    notices = place.desk.notices
    assert isinstance(notices, Toasts)
    place.refresh()
    assert notices.texts == [t("publishing_page.done.publish")]
