"""Runs one command and prints its answer: one JSON object with ``--json``, else a few lines to read.
Errors go to stderr; exit code 1, or 2 for wrong usage."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from desktop import text
from desktop.cli.arguments import parse
from desktop.core.errors import QuestionOpen, UserError, WrongUsage
from desktop.settings import Settings


def main(argv: Sequence[str]) -> int:
    """Run the command in ``argv`` (without the program's name); returns the exit code."""
    _speak_utf8()
    text.use_language(Settings().language or text.LANGUAGES[0])
    try:
        arguments = parse(argv)
        if arguments.language:
            text.use_language(arguments.language)
        from desktop.cli.commands import COMMANDS
        from desktop.cli.readable import readable

        answer = COMMANDS[arguments.command](arguments)
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
    print(json.dumps(answer, ensure_ascii=False) if arguments.json else readable(arguments.command, answer))
    return 0


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
