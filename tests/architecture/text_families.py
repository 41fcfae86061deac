"""Families of texts whose keys are put together while the program runs: for each, where its members come from. A member
without a text is an error in front of an owner; a text without a member is dead weight."""

from __future__ import annotations

import ast
from collections.abc import Callable, Set

from desktop.core.figures.kpi import KPI_NAMES
from desktop.core.people.fields import FIELDS, FieldKind
from desktop.core.planning.greeting.balloons import KINDS as GREETING_KINDS
from desktop.core.planning.greeting.checks import POINTS, RULES
from desktop.core.planning.greeting.shop_kinds import SHOP_KINDS as GREETING_SHOPS
from desktop.core.planning.operating.board import READY_TASKS, Stage
from desktop.core.planning.operating.calendar import State
from desktop.core.planning.operating.seasons import JAPAN, TAIWAN
from desktop.core.planning.operating.sheet import SUGGESTED
from desktop.core.planning.recruiting import WAYS
from desktop.core.planning.rich_menu.goals import GOALS
from desktop.core.planning.rich_menu.icons import ICONS
from desktop.core.planning.rich_menu.layouts import FREE, LAYOUTS
from desktop.core.planning.rich_menu.looks import PALETTES
from desktop.core.planning.rich_menu.start import SETS, SHOP_KINDS
from tests.architecture.literal_values import argument
from tests.architecture.text_uses import (
    added_in,
    given_as,
    listed,
    members_of,
    numbers_to,
    paired_in,
    returned_by,
    said_to,
)

UPLOAD_STATES = frozenset("waiting sending processing ready unknown action_needed refused cancelled".split())
PUBLISHINGS = frozenset({"publish", "links", "take_back", "restore"})
PREPARED = frozenset({"starts", "ends", "newly", "erased"})
GREETING_ACTIONS = frozenset({"none", "uri", "call", "message", "clipboard"})
SPANS = frozenset("dwmy")
YES_NO = {
    FieldKind.YES_NO: ("yes", "no"),
    FieldKind.YES_NO_UNKNOWN: ("yes", "no", "unknown"),
}


def _unusable() -> Set[str]:
    return said_to("unusable", 0) | said_to("Outcome", 2, "problem")


def _declined_by_worker() -> Set[str]:
    return said_to("Unsafe", 0) | {"too_large"}


def _answers() -> Set[str]:
    found = {f"{name}.{answer}" for name, field in FIELDS.items() for answer in YES_NO.get(field.kind, ())}
    assert found
    return found


def _recruiting_items() -> Set[str]:
    return {item for items in WAYS.values() for item in items}


def _figures_with_words() -> Set[str]:
    reasons = "core/people/explaining/reasons.py"
    return listed("_OF_ORDERS", room=reasons) | listed("_COUNTED", room=reasons)


def _in_the_menu(page: ast.Call) -> bool:
    return argument(page, 3, "group") is not None


def _asks_days(emit: ast.Call) -> bool:
    return isinstance(emit.func, ast.Attribute) and "days_asked" in ast.unparse(emit.func.value)


def _is_shown(column: ast.Call) -> bool:
    return all(word.arg != "shown" for word in column.keywords)


FAMILIES: dict[str, Callable[[], Set[str]]] = {
    "audience_figures.health_verdict.{}": lambda: listed("VERDICTS", room="operations/line"),
    "audience_figures.hold_out_verdict.{}": lambda: listed("VERDICTS", room="core/figures/hold_out.py"),
    "audience_figures.names.{}": lambda: {"joined", "left", "malformed"},
    "audience_figures.overlap.{}": lambda: listed("ROWS", room="ui/audiences/figures"),
    "audience_figures.why.{}": lambda: listed("REASONS", room="store/audience_history"),
    "audience_list.over.{}": lambda: {"expired", "gone", "other_account"},
    "audience_list.way.{}": lambda: {"wait", "new", "add", "replace"},
    "audiences_page.form.{}": lambda: members_of("Form"),
    "audiences_page.form.{}.value": lambda: {"any_of", "none_of"},
    "audiences_page.part.{}": lambda: listed("PARTS", room="operations/audiences/reaching.py"),
    "audiences_page.span.{}": lambda: SPANS,
    "audiences_page.why.bound_{}": lambda: {"yes", "no"},
    "audiences_page.why.{}": lambda: _figures_with_words(),
    "backups.reason.{}": lambda: listed("REASONS", room="ui/settings"),
    "builder.area.{}": lambda: {"usual", "orders", "person", "line", "lists", "others"},
    "duplicates.certain.{}": lambda: listed("CERTAINTIES", room="ui/duplicates"),
    "greeting_page.action.{}": lambda: GREETING_ACTIONS,
    "greeting_page.action_value.{}": lambda: GREETING_ACTIONS - {"none"},
    "greeting_page.look_device.{}": lambda: {"iphone", "android"},
    "greeting_page.look_name.{}": lambda: {"usual", "long", "short"},
    "greeting_page.look_zoom.{}": lambda: {"90", "100", "115", "130"},
    "greeting_page.name.{}": lambda: listed("NAMES", room="ui/greeting"),
    "greeting_page.state.{}": lambda: listed("MARKS", room="ui/greeting"),
    "cli.prepared.{}": lambda: PREPARED,
    "greeting.check.{}": lambda: {*POINTS, *RULES, "placeholder"},
    "greeting.check_text.{}": lambda: {*POINTS, *RULES},
    "greeting.kind.{}": lambda: set(GREETING_KINDS),
    "greeting.lacks.{}": lambda: {"picture_address", "coupon_id"},
    "greeting.manager.{}": lambda: set(GREETING_KINDS),
    "greeting.press.{}": lambda: members_of("Insert"),
    "greeting.sentence.{}": lambda: {*POINTS, *RULES} - {"picture"},
    "greeting_templates.{}.hint": lambda: set(GREETING_SHOPS),
    "greeting_templates.{}.more": lambda: set(GREETING_SHOPS),
    "greeting_templates.{}.name": lambda: set(GREETING_SHOPS),
    "greeting_templates.{}.picture": lambda: set(GREETING_SHOPS),
    "greeting_templates.{}.welcome": lambda: set(GREETING_SHOPS),
    "history_page.counted.{}.{}": lambda: listed("COUNTED", room="ui/history"),
    "history_page.field.{}": lambda: listed("OTHER_FIELDS", room="ui/history"),
    "history_page.person.{}": lambda: {"created", "deleted", "apart"},
    "history_page.state.{}": lambda: listed("STATES", room="ui/history"),
    "history_page.table.{}": lambda: {"person", "shop_order", "tag", "audience", "rule", "plan"},
    "history_page.things.{}": lambda: {"created", "changed", "deleted"},
    "import_page.decision_{}": lambda: {"new", "skip"},
    "import_page.fate.{}": lambda: listed("FATES"),
    "import_page.group.{}": lambda: listed("GROUP_NAMES"),
    "import_page.policy_orders_{}": lambda: listed("POLICIES", room="ui/importing"),
    "import_page.policy_people_{}": lambda: listed("POLICIES", room="ui/importing"),
    "import_page.separator_{}": lambda: listed("SEPARATOR_NAMES"),
    "import_page.state.{}": lambda: listed("STATE_KINDS", room="ui/importing"),
    "import_page.tag_mode_{}": lambda: listed("TAG_MODES", room="ui/importing"),
    "importing.cure.{}": _declined_by_worker,
    "importing.error.{}": _declined_by_worker,
    "importing.field.{}": lambda: listed("ASSIGNABLE") | listed("CHAT_FIELDS"),
    "importing.gender.{}": lambda: {"male", "female", "other"},
    "importing.kind.{}": lambda: listed("KINDS", room="importer/columns/fields.py"),
    "importing.not_data.{}": lambda: returned_by("_reason", room="importer/layout.py"),
    "importing.note.{}": lambda: {"trimmed"},
    "importing.order.{}": lambda: listed("ORDERS"),
    "importing.problem.{}": _unusable,
    "importing.repair.{}": lambda: added_in("importer/values"),
    "importing.why.{}": lambda: said_to("Assigned", 3) | given_as("why", room="importer"),
    "insights_core.choice_{}": lambda: listed("CHOICES", room="operations/insights"),
    "insights_core.class_{}": lambda: listed("CLASSES", room="core/figures"),
    "insights_core.declined_{}": lambda: {"person", "time"},
    "insights_core.dimension_{}": lambda: (
        listed("FIELDS", room="core/figures") | listed("DECLINED", room="core/figures")
    ),
    "insights_core.rate_{}": lambda: listed("RATES", room="operations/insights") | {"active"},
    "insights_core.step_{}": lambda: {"friends", "bound", "first_purchase", "repeat_purchase"},
    "insights_page.counts.{}": lambda: {"all", "bound"},
    "insights_page.falling_by.{}": lambda: {"person", "day"},
    "insights_page.nasl_told.{}": lambda: {"all", "bound"},
    "insights_page.of_whom.{}": lambda: set(KPI_NAMES),
    "insights_page.population.{}": lambda: {"all", "bound"},
    "insights_page.term.{}": lambda: {"short", "long"},
    "insights_page.verdict.{}": lambda: listed("VERDICTS", room="core/figures/likeness.py"),
    "leaving.called.{}": lambda: listed("KEYED", room="store/people_lifecycle/erasing"),
    "line.kept.{}": lambda: members_of("Kept"),
    "line.{}": lambda: members_of("Why"),
    "line_account.cure.{}": lambda: listed("CURED", room="operations/line"),
    "line_account.where_channel_{}": lambda: numbers_to("CHANNEL_STEPS"),
    "line_account.where_token_{}": lambda: numbers_to("TOKEN_STEPS"),
    "line_audiences.made_by.{}": lambda: listed("LINE_MAKERS", room="ui/line_audiences"),
    "line_audiences.state.{}": lambda: listed("KNOWN_STATES", room="ui/line_audiences"),
    "line_audiences.tab.{}": lambda: members_of("ListedPart"),
    "line_ids.verdict.{}": lambda: listed("VERDICTS", room="operations/line"),
    "line_ids.verdict_cure.{}": lambda: {"few", "foreign", "unclear"},
    "line_sync.number.{}": lambda: listed("NUMBERS", room="ui/line_account"),
    "member.figure.{}": lambda: {"orders", "total", "average", "order_days", "first_order", "last_order"},
    "member.known.{}": lambda: {"member_no", "line_user_id", "phone", "email"},
    "member.order.{}": lambda: {"order", "visit"},
    "member.origin.{}": lambda: {"hand", "import", "rule"},
    "member.reachable.{}": lambda: {"yes", "no", "unknown"},
    "member.why.{}": lambda: {"hand", "import", "rule"},
    "members.chip.{}.{}": _answers,
    "members.column.{}": lambda: said_to("Column", 0, room="ui/members"),
    "members.command.sort.{}": lambda: said_to("Column", 0, room="ui/members", when=_is_shown),
    "members.filter.days.{}": lambda: said_to("emit", 0, room="ui/members/searching", when=_asks_days),
    "members.span.{}": lambda: SPANS,
    "operating.channel.{}": lambda: members_of("Channel"),
    "operating.content.{}": lambda: listed("CONTENT_TYPES", room="core/planning/operating"),
    "operating.part.{}": lambda: listed("PARTS", room="core/planning/operating"),
    "operating.stage.{}": lambda: set(Stage),
    "operating.state.{}": lambda: set(State),
    "operating.suggest.image.{}": lambda: set(SUGGESTED["image"]),
    "operating.suggest.persona.{}": lambda: set(SUGGESTED["persona"]),
    "operating.suggest.pictures.{}": lambda: set(SUGGESTED["pictures"]),
    "operating.task.{}": lambda: set(READY_TASKS),
    "operating.task.{}.note": lambda: set(READY_TASKS),
    "operating.weekday.{}": lambda: listed("WEEKDAYS", room="operations/planning"),
    "operating_page.month.{}": lambda: {str(number) for number in range(1, 13)},
    "operating_page.weekday.{}": lambda: listed("WEEKDAYS", room="ui/operating_plan"),
    "outbox.state.{}": lambda: UPLOAD_STATES,
    "outbox_page.act.{}": lambda: members_of("Act"),
    "outbox_page.fact.{}": lambda: paired_in("facts", room="ui/outbox"),
    "outbox_page.prepared.{}": lambda: PREPARED,
    "outbox_page.prepared_text.{}": lambda: PREPARED - {"newly"},
    "outbox_page.state.{}": lambda: UPLOAD_STATES | {"renaming"},
    "outbox_page.step.{}": lambda: listed("STEPS", room="ui/outbox/details"),
    "outbox_page.step_state.{}": lambda: listed("STEP_MARKS", room="ui/outbox/details"),
    "outbox_page.tab.{}": lambda: members_of("OutboxPart"),
    "press_sheet.cure.{}": lambda: listed("CURE_NAMES", room="ui/audiences/pressing"),
    "press_sheet.going_{}": lambda: {"new", "add", "replace"},
    "press_sheet.what_{}": lambda: {"new", "add", "replace"},
    "plans_core.kind.{}": lambda: {
        "greeting",
        "rich_menu",
        "sheet",
        "entry",
        "task",
        "journey",
        "recruiting",
    },
    "plans.name.{}": lambda: listed("KNOWN", room="ui/plans"),
    "publishing_page.act.{}": lambda: members_of("MenuAct"),
    "publishing_page.done.{}": lambda: PUBLISHINGS,
    "publishing_page.due.{}": lambda: {"starts", "ends"},
    "publishing_page.going.{}": lambda: PUBLISHINGS,
    "publishing_page.interrupted.{}": lambda: PUBLISHINGS - {"links"},
    "publishing_page.job.{}": lambda: PUBLISHINGS,
    "publishing_page.job_state.{}": lambda: listed("KINDS", room="ui/publishing/states.py"),
    "publishing_page.request.{}": lambda: set(
        "validate create image alias default clear_default link unlink delete_alias delete".split()
    ),
    "publishing_page.request_state.{}": lambda: listed(
        "MARKS", room="ui/outbox/details/publication_dialog.py"
    ),
    "publishing_page.state.{}": lambda: listed("BADGES", room="ui/publishing/dialogs/sheet.py"),
    "publishing_page.way.{}": lambda: members_of("Mend"),
    "query.field.{}": lambda: FIELDS.keys(),
    "query.mistake.bad_{}": lambda: {"number", "date", "birthday", "month"},
    "query.value.{}": lambda: (
        listed("NAMED_DAYS") | {*"NASL", "yes", "no", "unknown", "male", "female", "other"}
    ),
    "recruiting.hint.{}": lambda: _recruiting_items(),
    "recruiting.item.{}": lambda: _recruiting_items(),
    "recruiting.link.{}": lambda: {"empty", "not_https", "not_line"},
    "recruiting.may.{}": lambda: {"unknown", "general", "verified", "premium"},
    "recruiting.may_not.{}": lambda: {"general"},
    "recruiting.papers.{}": lambda: {"general", "verified", "premium"},
    "recruiting.{}": lambda: (
        listed("PARTS", room="ui/recruiting") | listed("TEXTS", room="ui/recruiting/stand_card.py")
    ),
    "rich_menu.bar.{}": lambda: set(SETS),
    "rich_menu.goal.{}": lambda: set(GOALS),
    "rich_menu.goal_missing.{}": lambda: set(GOALS),
    "rich_menu.icon.{}": lambda: set(ICONS),
    "rich_menu.layout.{}": lambda: {*LAYOUTS, FREE},
    "rich_menu.palette.{}": lambda: set(PALETTES),
    "rich_menu.set.{}": lambda: set(SETS),
    "rich_menu.shop.{}": lambda: set(SHOP_KINDS),
    "rich_menu_page.goal_title.{}": lambda: set(GOALS),
    "rich_menu_page.panel.{}": lambda: {"area", "layout", "look", "settings"},
    "rich_menu_page.size.{}": lambda: listed("SIZES", room="ui/rich_menu/cards"),
    "rich_menu_page.state.{}": lambda: listed("MARKS", room="ui/rich_menu/cards"),
    "rich_menu_page.whom.{}": lambda: {"tag", "audience"},
    "rules.preview.named.{}": lambda: listed("PARTS", room="ui/tags"),
    "rules.template.{}": lambda: listed("TEMPLATES", room="operations"),
    "seasons.{}": lambda: {*TAIWAN, *JAPAN},
    "seasons.{}.idea": lambda: {*TAIWAN, *JAPAN},
    "sending_page.kind.{}": lambda: {"image", "imagemap", "cards", "coupon", "video", "other"},
    "sending_page.state.{}": lambda: listed("SEND_KINDS", room="ui/sending"),
    "shell.go.{}": lambda: said_to("PageSpec", 0, when=_in_the_menu),
    "shell.page.{}": lambda: said_to("PageSpec", 0),
    "steps.import_{}": lambda: listed("KINDS", room="importer/columns/fields.py"),
    "tag_panel.filter.{}": lambda: {"included", "excluded", "off"},
    "tags_page.alike.{}": lambda: members_of("Likeness"),
    "tags_page.colour.{}": lambda: listed("TAG_COLOURS"),
    "tags_page.cure.{}": lambda: members_of("Ill"),
    "tags_page.ill.{}": lambda: members_of("Ill"),
    "tags_page.ill_hint.{}": lambda: members_of("Ill") - {"alike"},
    "tags_page.kind.{}": lambda: listed("KINDS", room="operations/tagging/tags.py"),
    "tags_page.kind_hint.{}": lambda: listed("KINDS", room="operations/tagging/tags.py"),
    "tags_page.subtitle.{}": lambda: listed("TABS", room="ui/tags"),
}
"""Pattern → its members; with two gaps, a member is "first.second"."""
