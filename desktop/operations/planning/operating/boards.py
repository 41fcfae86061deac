"""The board of the five stages: for each its figures as the insights tell them, and its tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.figures.rate import Rate
from desktop.core.message import Message, message
from desktop.core.people.condition import Op, Or, Term
from desktop.core.people.query_text import to_text
from desktop.core.people.search_text import fold
from desktop.core.planning.operating.board import READY_TASKS, ReadyTask, Stage, Task
from desktop.operations.insights import funnel as funnels
from desktop.operations.insights.questions import Questions, joined
from desktop.operations.planning import plans
from desktop.operations.planning.operating.entries import in_own_step, today
from desktop.operations.planning.operating.sheets import MONTHS, goal_name, rates_now
from desktop.operations.planning.plans import SavedPlan
from desktop.store import people
from desktop.store.database import Database
from desktop.store.insights.targets import Target, all_targets
from desktop.text import render

KIND = "task"

REFERRED = (
    "介紹",
    "推薦",
    "友人",
    "朋友",
    "紹介",
    "口コミ",
    "referral",
    "referred",
    "friend",
    "word of mouth",
)
"""Words in a value of the field source that say that somebody was sent by somebody."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a stage.

    Args:
        id: a rate's name (binding, …) or new_friends, friends, repurchasing, referred.
        name: what it is called.
        rate: as a share, or
        people: as a number of people.
        query: opens the counted people; None where no query can.
        target: what a rate should reach.
    """

    id: str
    name: Message
    rate: Rate | None = None
    people: int | None = None
    query: str | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class TaskNow:
    """A task and its number; whether its day is over."""

    id: int
    task: Task
    overdue: bool = False
    due_today: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: its figures, its open tasks in the owner's order, those done (the newest first), and the ready-made tasks that
    are not on the board yet."""

    stage: Stage
    name: Message
    figures: tuple[Figure, ...]
    tasks: tuple[TaskNow, ...]
    done: tuple[TaskNow, ...]
    ready: tuple[ReadyTask, ...]
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The board; ``columns`` in the order of Stage."""

    columns: tuple[Column, ...]
    as_of: date

    def column(self, stage: Stage) -> Column:
        """One stage."""
        return next(one for one in self.columns if one.stage is stage)


def board(db: Database) -> Board:
    """The whole board.

    Args:
        db: any connection, in its thread.
    """
    day = today(db)
    tasks = all_tasks(db)
    used = {one.task.ready for one in tasks}
    figures, as_of, referral_known = _figures(db)
    columns = []
    for stage in Stage:
        here = [one for one in tasks if one.task.stage is stage]
        done = sorted(
            (one for one in here if not one.task.open), key=lambda one: one.task.done_on or day, reverse=True
        )
        ready = tuple(one for one in READY_TASKS.values() if one.stage is stage and one.id not in used)
        hint = message("operating.no_referral") if stage is Stage.REFERRAL and not referral_known else None
        open_ = tuple(one for one in here if one.task.open)
        name = message(f"operating.stage.{stage.value}")
        columns.append(Column(stage, name, figures[stage], open_, tuple(done), ready, hint))
    return Board(tuple(columns), as_of)


def all_tasks(db: Database) -> list[TaskNow]:
    """All tasks in the owner's order."""
    day = today(db)
    return [
        TaskNow(
            plan.id,
            task,
            task.open and task.due is not None and task.due < day,
            task.open and task.due == day,
        )
        for plan in plans.all_of(db, KIND)
        for task in (Task.from_content(plan.name, plan.content),)
    ]


def existing(db: Database, task_id: int) -> Task:
    """The task of this number.

    Raises:
        UserError: if it is gone.
    """
    plan = plans.existing(db, task_id)
    if plan.kind != KIND:
        raise UserError(message("plans_core.gone"))
    return Task.from_content(plan.name, plan.content)


def save_task(db: Database, task_id: int | None, task: Task) -> SavedPlan:
    """Keep a task; None makes a new one, last in its column.

    Raises:
        UserError: if it has no title.
    """
    return plans.save(db, KIND, task_id, task.title, task.to_content())


def add_ready(db: Database, ready_id: str, due_in: int | None = None) -> SavedPlan:
    """Put a ready-made task on the board, in the words of the language in use.

    Args:
        db: the writer.
        ready_id: a key of READY_TASKS.
        due_in: days until it is due; None: no day.

    Raises:
        KeyError: if there is none.
    """
    known = READY_TASKS[ready_id]
    due = today(db) + timedelta(days=due_in) if due_in is not None else None
    title, note = ready_title(known), message(f"operating.task.{known.id}.note")
    task = Task(
        render(title)[: plans.NAME_LENGTH], known.stage, due, None, known.repeat_days, known.id, render(note)
    )
    return save_task(db, None, task)


def ready_title(ready: ReadyTask) -> Message:
    """What a ready-made task is called."""
    return message(f"operating.task.{ready.id}")


def finish(db: Database, task_id: int) -> SavedPlan:
    """A task is done; one that repeats is due again later.

    Raises:
        UserError: if it is gone.
    """
    return in_own_step(db, task_id, existing(db, task_id).done(today(db)).to_content())


def reopen(db: Database, task_id: int) -> SavedPlan:
    """A task is to be done after all.

    Raises:
        UserError: if it is gone.
    """
    return in_own_step(db, task_id, replace(existing(db, task_id), done_on=None).to_content())


def move(db: Database, task_id: int, stage: Stage, before: int | None = None) -> SavedPlan:
    """Drag a task into a column, before another task or (None) last in it; one step.

    Raises:
        UserError: if it is gone.
    """
    task = replace(existing(db, task_id), stage=stage)
    return plans.move(db, task_id, before, task.to_content())


def delete(db: Database, task_id: int) -> Changes:
    """Delete a task; undo brings it back.

    Raises:
        UserError: if it is gone.
    """
    return plans.delete(db, task_id)


def _figures(db: Database) -> tuple[dict[Stage, tuple[Figure, ...]], date, bool]:
    """Each stage's figures, their day, and whether anything tells who was sent by somebody."""
    found = funnels.funnel(db, None, MONTHS, compare=False)
    friends = next(step for step in found.steps if step.id == "friends")
    asked, rates, targets = Questions(db), rates_now(db), all_targets(db)
    new = f"friend_at:{found.period.query}"
    referred = _referred(asked)
    queries = [new, *([joined(referred, new)] if referred else [])]
    numbers = asked.counts(queries)

    def shares(*names: str) -> tuple[Figure, ...]:
        known = ((name, rates[name]) for name in names if name in rates)
        return tuple(
            Figure(name, goal_name(name), rate, None, rate.query, targets.get(name)) for name, rate in known
        )

    stages = {
        Stage.ACQUISITION: (
            Figure("friends", message("operating.figure_friends"), None, friends.people, friends.query),
            Figure("new_friends", message("operating.figure_new_friends"), None, numbers[0], new),
        ),
        Stage.ACTIVATION: shares("binding" if "binding" in rates else "list_binding", "new_friend_binding"),
        Stage.REVENUE: shares("first_purchase"),
        Stage.RETENTION: shares("repeat_purchase", "active"),
        Stage.REFERRAL: tuple(
            Figure("referred", message("operating.figure_referred"), None, people_in, query)
            for query, people_in in zip(queries[1:], numbers[1:], strict=True)
        ),
    }
    return stages, found.as_of, referred is not None


def _referred(asked: Questions) -> str | None:
    """The query of people somebody sent, by the shop's values of the field source; None where no value says so."""
    values = [
        value
        for value, _people in people.values_of(asked.db, "source", 200)
        if any(word in fold(value) for word in REFERRED)
    ]
    terms = tuple(Term("source", Op.EQ, value) for value in values)
    if not terms:
        return None
    return to_text(terms[0]) if len(terms) == 1 else f"({to_text(Or(terms))})"
