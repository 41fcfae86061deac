"""The command line's words: options that may stand anywhere, then one command. A query may begin with "-"."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from desktop.core.errors import WrongUsage
from desktop.core.figures.kpi import KPI_NAMES
from desktop.core.message import message
from desktop.importer.decisions import POLICIES, TAG_MODES
from desktop.text import LANGUAGES

_GUARD = "\x00"
_OPTIONS = {
    "--shop", "--json", "--language", "--help", "-h", "--version", "--sheet", "--encoding", "--password", "--map", "--dates",
    "--dry-run", "--policy", "--overwrite", "--tag-mode",
    "--tag", "--keyword", "--answer-tag", "--number-series", "--row", "--fields", "--limit", "--wait",
    "--as", "--as-of", "--cycle", "--figure", "--within", "--months",
}  # fmt: skip


class _Parser(argparse.ArgumentParser):
    def error(self, text: str) -> NoReturn:
        raise WrongUsage(
            message("cli.usage", problem=text.replace(_GUARD, "").replace(repr(_GUARD)[1:-1], ""))
        )


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of one call.

    Raises:
        WrongUsage: if they are not of the form the help tells.
        SystemExit: after printing the help or the version.
    """
    guarded, globals_ = _guard(argv)
    arguments = _parser().parse_args(guarded)
    for name, value in vars(arguments).items():
        setattr(arguments, name, _bare(value))
    for name, value in globals_.items():
        setattr(arguments, name, value)
    return arguments


def _guard(argv: Sequence[str]) -> tuple[list[str], dict[str, object]]:
    """Take --shop, --json and --language from wherever they stand; keep words that only look like options from the parser."""
    rest: list[str] = []
    found: dict[str, object] = {"shop": None, "json": False, "language": None}
    words = iter(argv)
    for word in words:
        option, equals, value = word.partition("=")
        if word == "--json":
            found["json"] = True
        elif option in ("--shop", "--language"):
            taken = value if equals else next(words, None)
            if taken is None:
                raise WrongUsage(message("cli.option_needs_value", option=option))
            if option == "--language" and taken not in LANGUAGES:
                raise WrongUsage(message("cli.usage", problem=f"--language {'|'.join(LANGUAGES)}"))
            found[option[2:]] = taken
        elif word.startswith("-") and option not in _OPTIONS:
            rest.append(_GUARD + word)
        else:
            rest.append(word)
    return rest, found


def _bare(value: object) -> object:
    if isinstance(value, str):
        return value.replace(_GUARD, "")
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="main.py",
        description="Tagline 貼標",
        epilog="--shop FILE  --json  --language zh_TW|en|ja: anywhere.",
    )
    from desktop import __version__

    parser.add_argument("--version", action="version", version=f"Tagline {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    commands.add_parser("demo", help="the whole job on the sample shop, in practice mode")
    _add_import(commands.add_parser("import", help="import members, orders, form answers or user IDs"))
    members = commands.add_parser("members", help="the people who match a query")
    members.add_argument("query", nargs="*")
    members.add_argument("--fields", action="append", help="names of fields, separated by commas")
    members.add_argument("--limit", type=int)
    commands.add_parser("count", help="how many people match a query").add_argument("query", nargs="*")
    for name, text in (("tag", "put a tag on all who match"), ("untag", "take a tag off all who match")):
        command = commands.add_parser(name, help=text)
        command.add_argument("tag")
        command.add_argument("query", nargs="+")
    _add_audience(commands.add_parser("audience", help="saved audiences"))
    upload = commands.add_parser("upload", help="upload a saved audience to LINE")
    upload.add_argument("name")
    upload.add_argument("--wait", action="store_true", help="return once LINE can use it")
    commands.add_parser("outbox", help="the uploads and their state")
    commands.add_parser("history", help="the steps, newest first")
    commands.add_parser("undo", help="take back the newest step or a given one").add_argument(
        "step", nargs="?", type=int
    )
    commands.add_parser("redo", help="bring back the step undone last")
    _add_insights(commands.add_parser("insights", help="funnel, cohorts, NASL, break-down, cost"))
    commands.add_parser("backup", help="a checked copy of the shop as it is now")
    commands.add_parser("restore", help="go back to a backup").add_argument("file")
    commands.add_parser("check", help="whether the shop file is sound")
    return parser


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--sheet")
    command.add_argument("--encoding")
    command.add_argument("--password")
    command.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD")
    command.add_argument(
        "--dates", action="append", default=[], metavar="COLUMN=ORDER", help="ORDER: ymd, dmy, mdy or roc"
    )
    command.add_argument("--dry-run", action="store_true")
    command.add_argument("--policy", choices=POLICIES, help="whom the file may touch")
    command.add_argument(
        "--overwrite", action="append", default=[], metavar="COLUMN=MODE", help="MODE: replace, fill or clear"
    )
    command.add_argument("--tag-mode", choices=TAG_MODES, help="replace: only tags that imports put on")
    command.add_argument("--tag", metavar="TAG", help="a tag for everybody in the files")
    command.add_argument(
        "--keyword", action="append", default=[], metavar="WORD=TAG", help="in chats and answers"
    )
    command.add_argument(
        "--answer-tag", action="append", default=[], metavar="COLUMN:ANSWER=TAG", help='TAG "": no tag'
    )
    command.add_argument(
        "--row",
        action="append",
        default=[],
        metavar="ROW=WHO",
        help="WHO a row of several possible people is about: a person's id, new or skip",
    )
    command.add_argument(
        "--number-series",
        metavar="NAME",
        help='the system whose member numbers these are; "": the shop\'s own',
    )


def _add_audience(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, parser_class=_Parser)
    save = actions.add_parser("save", help="save a query under a name")
    save.add_argument("name")
    save.add_argument("query", nargs="*")
    actions.add_parser("list", help="all saved audiences")
    actions.add_parser("show", help="one saved audience").add_argument("name")
    export = actions.add_parser("export", help="write an audience to a file")
    export.add_argument("name")
    export.add_argument("file")
    export.add_argument(
        "--as",
        dest="form",
        choices=("ids", "people", "google", "meta"),
        default="ids",
        help="ids: user IDs for LINE's manager; people: a spreadsheet; google, meta: hashes for ads",
    )
    export.add_argument("--fields", action="append", help="of people: names of fields, separated by commas")


def _add_insights(command: argparse.ArgumentParser) -> None:
    views = command.add_subparsers(dest="view", required=True, parser_class=_Parser)
    for name, text in (
        ("funnel", "friend, bound, first purchase, repeat purchase"),
        ("cohorts", "new friends bound, by the month of friendship"),
        ("nasl", "people and revenue by class"),
        ("breakdown", "a figure by store, source, level, a column or a tag group"),
        ("cost", "what sending by class would have cost and reached"),
    ):
        view = views.add_parser(name, help=text)
        if name == "breakdown":
            view.add_argument("dimension", metavar="DIM")
            view.add_argument("--figure", choices=KPI_NAMES, default=KPI_NAMES[0])
        if name == "cohorts":
            view.add_argument("--within", type=int, choices=(7, 30, 90), help="days after the friendship")
        view.add_argument("--as-of", metavar="DATE", help="YYYY-MM-DD; the last order day in the data")
        view.add_argument("--cycle", type=float, metavar="DAYS", help="the repurchase cycle, for this once")
        view.add_argument("--months", type=int, default=12, help="length of the period")
