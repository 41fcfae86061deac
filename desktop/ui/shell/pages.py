"""The register of pages: where each is found in the program and in the menu. A page is imported and made when it is first
opened; one whose module is not part of this program does not appear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from desktop.ui.desk import FrontDesk
from desktop.ui.page import Page


@dataclass(frozen=True)
class PageSpec:
    """One page.

    Args:
        id: its name; the title is the text ``shell.page.<id>``.
        module, class_name: where it is written.
        group: key of the menu group's caption, "" for the foot of the menu, None for none.
        icon: in the menu.
        count: attribute of store.overview.Overview shown beside its name.
        shown_with: attribute of Overview without which the menu does not show it yet; "" for a page that always stands there.
        needs_shop: whether it can only be shown while a shop is open.
    """

    id: str
    module: str
    class_name: str
    group: str | None = None
    icon: str = ""
    count: str = ""
    needs_shop: bool = True
    shown_with: str = ""


PAGES = (
    PageSpec("members", "desktop.ui.members.page", "MembersPage", "shell.group.lists", "users", "people"),
    PageSpec("tags", "desktop.ui.tags.page", "TagsPage", "shell.group.lists", "tag", "tags"),
    PageSpec(
        "audiences", "desktop.ui.audiences.page", "AudiencesPage", "shell.group.lists", "target", "audiences"
    ),
    PageSpec(
        "insights",
        "desktop.ui.insights.page",
        "InsightsPage",
        "shell.group.results",
        "chart",
        shown_with="has_orders",
    ),
    PageSpec(
        "greeting",
        "desktop.ui.greeting.page",
        "GreetingPage",
        "shell.group.planning",
        "greeting",
        shown_with="has_plans",
    ),
    PageSpec(
        "rich_menu",
        "desktop.ui.rich_menu.page",
        "RichMenuPage",
        "shell.group.planning",
        "rich-menu",
        shown_with="has_plans",
    ),
    PageSpec(
        "operating_plan",
        "desktop.ui.operating_plan.page",
        "OperatingPlanPage",
        "shell.group.planning",
        "calendar",
        shown_with="has_plans",
    ),
    PageSpec("outbox", "desktop.ui.outbox.page", "OutboxPage", "shell.group.line", "upload", "open_uploads"),
    PageSpec("line_ids", "desktop.ui.line_ids.page", "LineIdsPage", "shell.group.line", "identification"),
    PageSpec("settings", "desktop.ui.settings.page", "SettingsPage", "", "gear"),
    PageSpec("line_audiences", "desktop.ui.line_audiences.page", "LineAudiencesPage"),
    PageSpec("sending", "desktop.ui.sending.page", "SendingPage"),
    PageSpec("member", "desktop.ui.member.page", "MemberPage"),
    PageSpec("recruiting", "desktop.ui.recruiting.page", "RecruitingPage"),
    PageSpec("history", "desktop.ui.history.page", "HistoryPage"),
    PageSpec("duplicates", "desktop.ui.duplicates.page", "DuplicatesPage"),
    PageSpec("joining", "desktop.ui.joining.page", "JoiningPage"),
    PageSpec("counter", "desktop.ui.counter.page", "CounterPage"),
    PageSpec("import", "desktop.ui.importing.page", "ImportPage"),
    PageSpec("welcome", "desktop.ui.welcome.page", "WelcomePage", needs_shop=False),
    PageSpec("busy", "desktop.ui.busy.page", "BusyPage", needs_shop=False),
    PageSpec("shop_problem", "desktop.ui.shop_problem.page", "ShopProblemPage", needs_shop=False),
)


@cache
def installed() -> dict[str, PageSpec]:
    """The pages this program has, by id, in the menu's order."""
    return {spec.id: spec for spec in PAGES if _is_there(spec.module)}


def make(spec: PageSpec, desk: FrontDesk) -> Page:
    """Import and make a page."""
    page: Page = getattr(import_module(spec.module), spec.class_name)(desk)
    return page


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
