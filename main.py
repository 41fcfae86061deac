"""Starts Tagline 貼標: the window, or with a command the same work without one."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    """Run the program.

    Args:
        arguments: the command line without the program's name.

    Returns:
        the exit code.
    """
    if arguments and arguments[0] == "--import-worker":
        from desktop.importer.worker import main as import_worker

        return import_worker(arguments[1:])
    if [word for word in arguments if word != "--json"][:1] == ["simulator"]:
        from desktop.simulator.__main__ import main as simulator

        return simulator([word for word in arguments if word not in ("simulator", "--json")])
    if wants_window(arguments):
        from desktop.app import run

        return run(arguments)
    from desktop.cli import main as without_window

    return without_window(arguments)


def wants_window(arguments: list[str]) -> bool:
    """Whether the command line asks for the window: no command, at most a shop file."""
    left = list(arguments)
    if len(left) >= 2 and left[0] == "--shop":
        left = left[2:]
    return not left or (len(left) == 1 and left[0].endswith(".tagline"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
