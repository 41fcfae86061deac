"""Runs one command and prints its answer: one JSON object with ``--json``, else a few lines to read.
Errors go to stderr; exit code 1, or 2 for wrong usage."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from typing import Any

from desktop import paths, text
from desktop.cli.arguments import parse
from desktop.core.errors import QuestionOpen, UserError, WrongUsage
from desktop.settings import Settings
from desktop.store.safety import places

COMMANDS = {
    "demo": ("desktop.cli.demo", "demo"),
    "import": ("desktop.cli.files", "import_files"),
    "members": ("desktop.cli.commands", "members"),
    "count": ("desktop.cli.commands", "count_people"),
    "tag": ("desktop.cli.commands", "tag"),
    "untag": ("desktop.cli.commands", "untag"),
    "audience": ("desktop.cli.commands", "audience"),
    "upload": ("desktop.cli.line", "upload"),
    "outbox": ("desktop.cli.line", "jobs"),
    "history": ("desktop.cli.commands", "steps"),
    "undo": ("desktop.cli.commands", "undo"),
    "redo": ("desktop.cli.commands", "redo"),
    "backup": ("desktop.cli.safety", "backup"),
    "restore": ("desktop.cli.safety", "restore"),
    "check": ("desktop.cli.safety", "check"),
    "insights": ("desktop.cli.insights", "insights"),
}
"""Where each command is; loaded only when it is called, since some need much."""


def main(argv: Sequence[str]) -> int:
    """Run the command in ``argv`` (without the program's name); returns the exit code."""
    _speak_utf8()
    places.use(shops=paths.shops_folder, backups=paths.backups_folder)
    text.use_language(Settings().language or text.LANGUAGES[0])
    try:
        arguments = parse(argv)
        if arguments.language:
            text.use_language(arguments.language)
        module, name = COMMANDS[arguments.command]
        answer = getattr(importlib.import_module(module), name)(arguments)
    except WrongUsage as error:
        _complain(error)
        return 2
    except UserError as error:
        _complain(error)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130
    _print(arguments.command, answer, as_json=arguments.json)
    return 0


def _print(command: str, answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
        return
    from desktop.cli.readable import readable

    print(readable(command, answer))


def _speak_utf8() -> None:
    """Windows' consoles default to a code page that has no Chinese."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace" if stream is sys.stderr else "strict")


def _complain(error: UserError) -> None:
    print(text.render(error.text), file=sys.stderr)
    if isinstance(error, QuestionOpen):
        print(text.t("cli.answer_with", option=error.option), file=sys.stderr)
    if error.cure is not None:
        print(text.render(error.cure), file=sys.stderr)
