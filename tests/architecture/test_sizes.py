"""Files, classes, functions and folders stay small enough to be read at one sitting."""

from __future__ import annotations

import ast
from collections import Counter

from tests.architecture.source_files import definitions, expect_none, modules, named, tree

ROOMS = ("desktop", "build")
MOST_FILE_LINES = 400
MOST_CLASS_LINES = 250
MOST_FUNCTION_LINES = 40
MOST_FILES_IN_A_FOLDER = 12
DUMPING_GROUNDS = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}


def test_there_is_something_to_measure() -> None:
    assert len(modules("desktop")) > 20


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*ROOMS)}
    too_long = [f"{named(path)}: {lines} lines" for path, lines in lengths.items() if lines > MOST_FILE_LINES]
    expect_none(too_long)


def test_no_class_is_longer_than_250_lines() -> None:
    found = [definition for path in modules(*ROOMS) for definition in definitions(path, (ast.ClassDef,))]
    too_long = [f"{one.place}: {one.lines} lines" for one in found if one.lines > MOST_CLASS_LINES]
    expect_none(too_long)


def test_no_function_is_longer_than_40_lines_without_its_docstring() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [definition for path in modules(*ROOMS) for definition in definitions(path, kinds)]
    too_long = [f"{one.place}: {one.lines} lines" for one in found if one.lines > MOST_FUNCTION_LINES]
    expect_none(too_long)


def test_no_folder_holds_more_than_12_modules() -> None:
    counts = Counter(path.parent for path in modules(*ROOMS) if path.name != "__init__.py")
    too_full = [f"{named(folder)}: {n} files" for folder, n in counts.items() if n > MOST_FILES_IN_A_FOLDER]
    expect_none(too_full)


def test_no_module_is_a_dumping_ground() -> None:
    names = [(path, {path.stem, path.parent.name}) for path in modules(*ROOMS, "tests")]
    expect_none([named(path) for path, parts in names if parts & DUMPING_GROUNDS])


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(path) for path in modules(*ROOMS) if tree(path).body and ast.get_docstring(tree(path)) is None
    ]
    expect_none(silent)


def test_every_page_is_its_folders_page_module() -> None:
    strays = [path for path in modules("desktop/ui") if path.stem.endswith("_page")]
    expect_none([named(path) for path in strays])
