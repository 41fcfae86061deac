"""Rules that put a tag on whoever meets a condition: saving, trying out, running them on request and after imports. A run is
one named step that can be undone; a rule that cannot run says why and keeps none of the others from running."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.core.people.condition import EVERYBODY, Condition, Not, Or
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.tag import Tag, clean_tag_name, tag_key
from desktop.core.people.tag_mentions import names_a_tag
from desktop.operations.audiences.audiences import condition_of
from desktop.store import history, people, tags
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.conditions.values import QueryContext, Sql
from desktop.store.database import Database
from desktop.store.tagging import rules as saved_rules
from desktop.store.tagging.rules import Gains, Rule
from desktop.store.undo.turn_report import Affected

_SAVED = Changes.of(Kind.TAGS, Kind.HISTORY, count=1)


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as its editor has it; ``id`` is None for a new one, ``tag`` a tag's name, which need not exist yet."""

    id: int | None
    name: str
    query: str
    tag: str
    takes_off: bool = True
    after_imports: bool = False


@dataclass(frozen=True, slots=True)
class SavedRule:
    """The outcome of saving or deleting; ``step`` is None if nothing changed."""

    rule: Rule
    step: int | None
    changes: Changes = field(default=_SAVED)


@dataclass(frozen=True, slots=True)
class RuleRun:
    """What a run came to: who got the tag, who lost it, who is full; or why it could not run. ``step`` is None if nothing
    changed."""

    rule: str
    tag: str
    gained: int = 0
    lost: int = 0
    full: tuple[Affected, ...] = ()
    step: int | None = None
    error: Message | None = None
    changes: Changes = field(default_factory=Changes)


def save(db: Database, draft: RuleDraft) -> SavedRule:
    """Save a new rule or another version of one; its tag is made if there is none. If the rule was deleted meanwhile, a new
    one is made.

    Raises:
        UserError: if it has no condition, a wrong one, or one that asks for its own tag; no name, or the name of another rule;
            or its tag no usable name.
    """
    name, tag_name = _clean_name(draft.name), clean_tag_name(draft.tag)
    condition = condition_of(db, draft.query)
    if condition == EVERYBODY:
        raise UserError(message("rules.no_condition"))
    _refuse_own_tag(condition, tag_name)
    with db.transaction():
        known = saved_rules.by_id(db, draft.id) if draft.id is not None else None
        other = saved_rules.find(db, name)
        if other is not None and (known is None or other.id != known.id):
            raise UserError(message("rules.name_taken", rule=other.name))
        step = history.begin_step(db, "rule_save", message("steps.rule_save", rule=name))
        values: dict[str, Any] = {
            "query": to_text(condition),
            "tag_id": _tag(db, tag_name, step).id,
            "takes_off": int(draft.takes_off),
            "after_imports": int(draft.after_imports),
        }
        if known is None:
            rule_id = saved_rules.create(db, step, name, values)
            changed = True
        else:
            rule_id = known.id
            changed = saved_rules.change(db, step, rule_id, name, values)
        kept = history.finish_step(db, step, int(changed))
        return SavedRule(existing(db, rule_id), kept, _SAVED if changed else Changes())


def delete(db: Database, rule_id: int) -> SavedRule:
    """Delete a rule. The tags it put on stay.

    Raises:
        UserError: if it is gone already.
    """
    with db.transaction():
        known = existing(db, rule_id)
        step = history.begin_step(db, "rule_delete", message("steps.rule_delete", rule=known.name))
        saved_rules.delete(db, step, rule_id)
        history.finish_step(db, step, 1)
    return SavedRule(known, step)


def preview(db: Database, draft: RuleDraft) -> Gains:
    """What the rule would do now: who gets the tag, who loses it, who is full.

    Raises:
        UserError: if its condition has a mistake.
    """
    condition = condition_of(db, draft.query)
    found = tags.find(db, draft.tag)
    context = query_context(db)
    meets = compile_condition(condition, context)
    tag_id = found.id if found else None
    loses = _losing(db, condition, draft.id, tag_id, context) if draft.takes_off else None
    return saved_rules.preview(db, tag_id, meets, loses, draft.id)


def run(db: Database, rule_id: int) -> RuleRun:
    """Run a rule now.

    Raises:
        UserError: if there is no such rule. A rule that cannot run is no error: the outcome says why.
    """
    return _run(db, existing(db, rule_id))


def run_all(db: Database) -> tuple[RuleRun, ...]:
    """Run every rule, in the order they were made."""
    return tuple(_run(db, rule) for rule in saved_rules.all_rules(db))


def run_after_import(db: Database) -> tuple[RuleRun, ...]:
    """Run the rules that are to run after each import, in the order they were made; each is a step of its own."""
    return tuple(_run(db, rule) for rule in saved_rules.all_rules(db) if rule.after_imports)


def existing(db: Database, rule_id: int) -> Rule:
    """The rule of this number.

    Raises:
        UserError: if it was deleted.
    """
    found = saved_rules.by_id(db, rule_id)
    if found is None:
        raise UserError(message("rules.gone"))
    return found


def _run(db: Database, rule: Rule) -> RuleRun:
    try:
        with db.transaction():
            outcome = _run_now(db, rule)
            saved_rules.note_run(db, rule.id, None)
    except UserError as error:
        with db.transaction():
            saved_rules.note_run(db, rule.id, error.text)
        return RuleRun(rule.name, rule.tag or "", error=error.text, changes=Changes.of(Kind.TAGS))
    return outcome


def _run_now(db: Database, rule: Rule) -> RuleRun:
    if rule.tag is None:
        raise UserError(message("rules.tag_gone"))
    condition = condition_of(db, rule.query)
    _refuse_own_tag(condition, rule.tag)
    context = query_context(db)
    meets = compile_condition(condition, context)
    loses = _losing(db, condition, rule.id, rule.tag_id, context) if rule.takes_off else None
    step = history.begin_step(db, "rule", _title(rule, 0, 0))
    counts, lost = saved_rules.apply(db, step, rule.id, rule.tag_id, meets, loses)
    changed = counts.changed + lost
    kept = history.finish_step(db, step, changed, _title(rule, counts.changed, lost))
    kinds = (Kind.PEOPLE, Kind.TAGS, Kind.HISTORY) if kept else (Kind.TAGS,)
    return RuleRun(
        rule.name,
        rule.tag,
        counts.changed,
        lost,
        counts.full,
        kept,
        changes=Changes.of(*kinds, count=changed),
    )


def _title(rule: Rule, gained: int, lost: int) -> Message:
    """Names the rule; its number tells later whom this rule put the tag on, whatever it is called by then."""
    return message("steps.rule", rule=rule.name, tag=rule.tag, id=rule.id, gained=gained, lost=lost)


def _losing(
    db: Database, condition: Condition, rule_id: int | None, tag_id: int | None, context: QueryContext
) -> Sql:
    """Who would lose the tag if this rule had put it on: nobody whom another rule of the same tag wants to have it."""
    wanted = [condition]
    known = set(people.extra_columns(db))
    for other in saved_rules.all_rules(db):
        if other.tag_id == tag_id and other.id != rule_id:
            try:
                wanted.append(parse(other.query, extra_columns=known))
            except UserError:
                # A rule that cannot be read wants nobody; it says so when it runs itself.
                continue
    return compile_condition(Not(Or(tuple(wanted))), context)


def _refuse_own_tag(condition: Condition, tag: str) -> None:
    """Who has the tag cannot depend on who has it: each run would turn it round."""
    if names_a_tag(condition, tag_key(tag)):
        raise UserError(message("rules.asks_own_tag", tag=tag))


def _tag(db: Database, name: str, step: int) -> Tag:
    return tags.find(db, name) or tags.create(db, name, step, "behaviour")


def _clean_name(name: str) -> str:
    try:
        return clean_tag_name(name)
    except UserError as error:
        key = "rules.name_too_long" if error.text.key == "tags.name_too_long" else "rules.name_empty"
        raise UserError(message(key, **error.text.params)) from None
