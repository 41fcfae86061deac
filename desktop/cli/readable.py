"""Answers as lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.text import t

Answer = dict[str, Any]


def readable(command: str, answer: Answer) -> str:
    """The answer of a command in the language in use."""
    return "\n".join(_FORMS[command](answer))


def _imports(answer: Answer) -> list[str]:
    lines = []
    for one in answer["imports"]:
        lines.append(
            t(
                "cli.imported",
                **{k: one[k] for k in ("file", "rows", "new", "updated", "unchanged")},
                skipped=len(one["skipped"]),
            )
        )
        lines += [
            t("cli.row", row=skipped["row"], reason=skipped["reason"]) for skipped in one["skipped"][:20]
        ]
        if one["problems"]:
            lines.append(t("cli.problems", n=len(one["problems"])))
            lines += [
                t("cli.cell", row=p["row"], column=p["column"], value=p["value"], reason=p["reason"])
                for p in one["problems"][:20]
            ]
    return lines


def _members(answer: Answer) -> list[str]:
    lines = [t("cli.count", n=answer["count"])]
    for member in answer["members"]:
        shown = (", ".join(value) if isinstance(value, list) else value for value in member.values())
        lines.append("\t".join("" if value is None else str(value) for value in shown))
    return lines


def _count(answer: Answer) -> list[str]:
    return [t("cli.count", n=answer["count"])]


def _tag(answer: Answer) -> list[str]:
    lines = [t("cli.tagged", n=answer["changed"], already=answer["already"])]
    if answer["full"]:
        names = [person["name"] or person["member_no"] or f"#{person['id']}" for person in answer["full"]]
        lines.append(t("cli.full", n=len(names), names=names))
    return lines


def _audience(answer: Answer) -> list[str]:
    if "file" in answer:
        if "ids" in answer:
            return [t("cli.exported", n=answer["ids"], file=answer["file"])]
        return [t("cli.exported_rows", n=answer.get("people", answer.get("rows")), file=answer["file"])]
    return [
        t(
            "cli.audience",
            name=one["name"],
            members=one["members"],
            uploadable=one["uploadable"],
            query=one["query"],
        )
        if one["members"] is not None
        else t("cli.audience_not_counted", name=one["name"], query=one["query"])
        for one in answer["audiences"]
    ] or [t("cli.no_audiences")]


def _upload(answer: Answer) -> list[str]:
    return [t("cli.uploaded", id=answer["id"], state=t(f"outbox.state.{answer['state']}"), ids=answer["ids"])]


def _outbox(answer: Answer) -> list[str]:
    lines = [
        t(
            "cli.job",
            id=job["id"],
            audience=job["audience"],
            state=t(f"outbox.state.{job['state']}"),
            ids=job["ids"],
        )
        for job in answer["jobs"]
    ]
    lines += [
        t(
            "cli.job",
            id=job["id"],
            audience=t(f"publishing_page.job.{job['kind']}"),
            state=t(f"publishing_page.job_state.{_state(job)}"),
            ids=job["people"],
        )
        for job in answer["publications"]
    ]
    lines += [
        t(f"cli.prepared.{one['what']}", menu=one["menu"], n=one["people"], day=one["day"])
        for one in answer["prepared"]
    ]
    return lines or [t("cli.no_jobs")]


def _state(job: Answer) -> str:
    """How a publication stands; only one that is not over can wait for another press."""
    waits = not job["confirmed"] and job["state"] in ("waiting", "unknown")
    return "unconfirmed" if waits else str(job["state"])


def _history(answer: Answer) -> list[str]:
    return [
        t(
            "cli.step_undone" if step["undone"] else "cli.step",
            id=str(step["id"]),
            at=step["at"][:16].replace("T", " "),
            name=step["name"],
        )
        for step in answer["steps"]
    ] or [t("cli.no_steps")]


def _undo(answer: Answer) -> list[str]:
    return [t("cli.undone", step=str(answer["step"]), n=answer["reverted"]), *_left(answer)]


def _redo(answer: Answer) -> list[str]:
    return [t("cli.redone", step=str(answer["step"]), n=answer["reverted"]), *_left(answer)]


def _left(answer: Answer) -> list[str]:
    lines = []
    for fate in ("kept", "impossible"):
        names = [thing["name"] or thing["member_no"] or f"#{thing['id']}" for thing in answer[fate]]
        if names:
            lines.append(t(f"cli.{fate}", n=len(names), names=names[:20]))
    return lines


def _demo(answer: Answer) -> list[str]:
    audience, upload = answer["audience"], answer["upload"]
    return [
        *_imports(answer),
        t("cli.demo_tagged", n=answer["tagged"]),
        t(
            "cli.demo_audience",
            name=audience["name"],
            members=audience["members"],
            uploadable=audience["uploadable"],
        ),
        t(
            "cli.demo_uploaded",
            state=t(f"outbox.state.{upload['state']}"),
            ids=upload["ids"],
            group=str(upload["audience_group_id"]),
        ),
    ]


def _insights(answer: Answer) -> list[str]:
    from desktop.cli.insight_lines import lines

    return lines(answer)


def _file(answer: Answer) -> list[str]:
    return [answer["file"]]


def _check(answer: Answer) -> list[str]:
    return answer["problems"] or [t("cli.sound")]


_FORMS: dict[str, Callable[[Answer], list[str]]] = {
    "demo": _demo,
    "import": _imports,
    "members": _members,
    "count": _count,
    "tag": _tag,
    "untag": _tag,
    "audience": _audience,
    "upload": _upload,
    "outbox": _outbox,
    "history": _history,
    "undo": _undo,
    "redo": _redo,
    "insights": _insights,
    "backup": _file,
    "restore": _file,
    "check": _check,
}
