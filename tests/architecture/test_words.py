"""What a reader of the repository should never find: one machine's paths, secrets, unfinished marks, stray registries."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.architecture.source_files import ROOT, expect_none, named, own_files

THIS_FILE = Path(__file__).resolve()
NOT_TEXT = {".png", ".ico", ".icns", ".xlsx", ".xls", ".ods", ".tagline", ".ttf", ".otf", ".gz", ".zip"}

# Nothing in the project may know where it happens to lie, or whose computer it was written on.
MACHINE_PATHS = ["/root/", *(f"{path}/" for path in (ROOT, Path.home()) if len(path.parts) > 2)]
SECRETS = [r"-----BEGIN [A-Z ]*PRIVATE KEY-----", r"\bghp_[A-Za-z0-9]{36}\b", r"\bAKIA[0-9A-Z]{16}\b"]
UNFINISHED = [r"\bTODO\b", r"\bFIXME\b", r"\bbreakpoint\(\)", r"^<<<<<<< ", r"^>>>>>>> "]
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}


def texts() -> list[tuple[Path, str]]:
    """The project's own text files but this one, which has to name what it looks for."""
    paths = [path for path in own_files() if path.suffix not in NOT_TEXT and path != THIS_FILE]
    return [(path, path.read_bytes().decode("utf-8", "replace")) for path in paths]


def places(pattern: str) -> list[str]:
    """Where a pattern is found, as file:line."""
    compiled = re.compile(pattern, re.MULTILINE)
    return [
        f"{named(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for path, text in texts()
        for match in compiled.finditer(text)
    ]


def test_files_are_found() -> None:
    assert {"pyproject.toml", "build/dev.py"} <= {named(path) for path in own_files()}


def test_no_file_names_a_path_of_one_machine() -> None:
    # Preceded by a letter it is part of a longer path or address, such as example.com/home/.
    expect_none(places(rf"(?<![\w.~])(?:{'|'.join(re.escape(path) for path in MACHINE_PATHS)})"))


def test_no_file_holds_a_secret() -> None:
    expect_none(places("|".join(SECRETS)))


def test_nothing_is_marked_unfinished() -> None:
    expect_none(places("|".join(UNFINISHED)))


def test_the_lock_file_names_the_public_index_only() -> None:
    hosts = set(re.findall(r"\b\w+://([^/\"\s]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == PUBLIC_HOSTS


def test_the_lock_file_was_made_from_this_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    (ours,) = [package for package in lock["package"] if package["name"] == project["project"]["name"]]

    def written(requirement: dict[str, str]) -> str:
        return (requirement["name"] + requirement.get("specifier", "")).lower()

    def asked(requirements: list[str]) -> set[str]:
        return {requirement.replace(" ", "").lower() for requirement in requirements}

    metadata = ours["metadata"]
    assert {written(one) for one in metadata["requires-dist"]} == asked(project["project"]["dependencies"])
    assert {written(one) for one in metadata["requires-dev"]["dev"]} == asked(
        project["dependency-groups"]["dev"]
    )
