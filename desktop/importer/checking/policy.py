"""What the owner allows an import to do: whom it may touch, which values may be overwritten or cleared, what becomes of tags, and
whom a doubtful row is about. Made once from a recipe's decisions; words that are none end here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.tag import clean_tag_name
from desktop.importer.columns.names import name_key
from desktop.importer.decisions import OVERWRITES, POLICIES, TAG_MODES
from desktop.importer.recipe import Answers, Recipe

STATED = {
    "orders": "stated_orders",
    "total": "stated_total",
    "first_order": "stated_first_order",
    "last_order": "stated_last_order",
}
"""A members file states figures of its own; they are kept apart from those computed from orders."""

_NEVER_CLEARED = frozenset({"consent", "blocked", "do_not_send"})
"""A blank would make an unknown of a refusal."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What an import may do.

    Args:
        creates: whether it may add people.
        updates: whether it may change people who are there.
        fill: columns of a person that are only filled where they are empty.
        clear: columns of a person that a blank cell clears.
        fill_extra: the same of the shop's own columns, by name.
        clear_extra: likewise.
        replaces_tags: tags that imports put and the cell no longer has are taken off.
        clears_tags: a blank cell of tags does that too.
        import_tag: a tag for everybody in the file.
        decisions: row of the sheet → ``person:<id>``, ``new`` or ``skip``.
        number_series: the system whose member numbers the file has; "" and None: the shop's own.
    """

    creates: bool = True
    updates: bool = True
    fill: frozenset[str] = frozenset()
    clear: frozenset[str] = frozenset()
    fill_extra: frozenset[str] = frozenset()
    clear_extra: frozenset[str] = frozenset()
    replaces_tags: bool = False
    clears_tags: bool = False
    import_tag: str | None = None
    decisions: Mapping[int, str] = field(default_factory=dict)
    number_series: str | None = None

    def keeping(self) -> Policy:
        """The same, but nothing is cleared: for what another row of the same file said."""
        return replace(self, clear=frozenset(), clear_extra=frozenset()) if self.clears else self

    @property
    def clears(self) -> bool:
        """Whether a blank cell may clear something."""
        return bool(self.clear or self.clear_extra)


AS_USUAL = Policy()


def policy_of(recipe: Recipe) -> Policy:
    """The policy that a recipe's decisions make.

    Raises:
        UserError: a word that is none of the policies, a tag's name that cannot be one.
    """
    told = recipe.decided
    check_words(told)
    modes = {name_key(column): mode for column, mode in told.overwrite.items()}
    own: dict[str, set[str]] = {mode: set() for mode in OVERWRITES}
    extra: dict[str, set[str]] = {mode: set() for mode in OVERWRITES}
    for column in recipe.columns:
        mode = modes.get(name_key(column.name), "replace")
        if column.field == "extra":
            extra[mode].add(column.name)
        elif column.field != "ignore":
            own[mode].add(STATED.get(column.field, column.field))
    return Policy(
        creates=told.policy != "update",
        updates=told.policy != "create",
        fill=frozenset(own["fill"]),
        clear=frozenset(own["clear"]) - _NEVER_CLEARED,
        fill_extra=frozenset(extra["fill"]),
        clear_extra=frozenset(extra["clear"]),
        replaces_tags=told.tag_mode == "replace",
        clears_tags="tags" in own["clear"],
        import_tag=clean_tag_name(told.import_tag) if told.import_tag else None,
        decisions=dict(told.decisions),
        number_series=told.number_series,
    )


def check_words(told: Answers) -> None:
    """Whether all words of these decisions are such.

    Raises:
        UserError: one is none of its kind, or no tag's name.
    """
    _check(told.policy, POLICIES)
    _check(told.tag_mode, TAG_MODES)
    for mode in told.overwrite.values():
        _check(mode, OVERWRITES)
    for tag in told.keywords.values():
        clean_tag_name(tag)
    for answers in told.answer_tags.values():
        for tag in answers.values():
            if tag:
                clean_tag_name(tag)


def _check(word: str | None, known: Iterable[str]) -> None:
    if word is not None and word not in known:
        raise UserError(message("importing.decided.no_such_word", word=word, known=list(known)))


def columns_named(told: Answers) -> list[str]:
    """The columns that these decisions name."""
    return [*told.overwrite, *told.answer_tags]
