"""Workbooks with a password: opened with it, asked for without it, and nothing of it stays anywhere."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from desktop.importer.formats import workbook
from desktop.importer.formats.problems import PasswordNeeded
from desktop.importer.reader import open_source
from tests.unit.importer.reading import cells, write
from tests.unit.importer.workbooks import locked, raw_xlsx, sheet_xml, xls, xlsx

ROWS = [["會員編號", "姓名"], ["W1", "王小明"], ["W2", "陳美玲"]]
PASSWORD = "芝麻 Open-1"

NOISE = "".join(f"{number * 2654435761 % 2**32:x}" for number in range(2_000))
"""Text that hardly packs, so that a workbook is as large as real ones are."""

BOOKS = {"xlsx": locked(xlsx(ROWS), PASSWORD), "xls": xls(ROWS, password=PASSWORD)}


@pytest.mark.parametrize("form", BOOKS)
def test_the_password_opens_it(tmp_path: Path, form: str) -> None:
    assert cells(write(tmp_path, f"a.{form}", BOOKS[form]), password=PASSWORD) == ROWS


@pytest.mark.parametrize("form", BOOKS)
@pytest.mark.parametrize(
    ("given", "reason"), [(None, "password"), ("x", "password_wrong"), ("", "password_wrong")]
)
def test_without_it_the_option_is_named(tmp_path: Path, form: str, given: str | None, reason: str) -> None:
    with pytest.raises(PasswordNeeded) as caught:
        cells(write(tmp_path, f"a.{form}", BOOKS[form]), password=given)
    error = caught.value
    assert error.text.key == f"importing.error.{reason}"
    assert error.text.params == {"file": f"a.{form}"}
    assert error.option == '--password "…"'
    assert error.cure is not None
    assert error.wrong == (reason == "password_wrong")


@pytest.mark.parametrize("data", [xlsx(ROWS), xls(ROWS)])
def test_a_password_for_a_file_that_has_none_does_no_harm(tmp_path: Path, data: bytes) -> None:
    assert cells(write(tmp_path, "a", data), password="x") == ROWS


@pytest.mark.parametrize(
    "data", [locked(xlsx(ROWS), "VelvetSweatshop"), xls(ROWS, password="VelvetSweatshop")]
)
def test_a_file_guarded_only_against_changes_needs_none(tmp_path: Path, data: bytes) -> None:
    assert cells(write(tmp_path, "a", data)) == ROWS


def test_cells_far_away_are_seen_in_a_locked_file_too(tmp_path: Path) -> None:
    far = raw_xlsx(sheet_xml({"A1": "姓名", "A2": "王", "XFD1048576": "x"}), **{"docProps/noise.txt": NOISE})
    with open_source(write(tmp_path, "a.xlsx", locked(far, "p")), password="p") as source:
        assert [note.key for note in source.notes] == ["importing.note.trimmed"]
        assert [row for _, rows in source.sheets[0].batches() for row in rows][:2] == [["姓名"], ["王"]]


def test_a_damaged_locked_file_is_no_question_once_the_password_is_known(tmp_path: Path) -> None:
    data = bytearray(BOOKS["xlsx"])
    data[-3_000:-1_000] = bytes(2_000)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - damaged or asked, by where the damage is
        cells(write(tmp_path, "a.xlsx", bytes(data)), password=PASSWORD)
    assert getattr(caught.value, "text").key in (  # noqa: B009
        "importing.error.damaged",
        "importing.error.password_wrong",
    )


def test_it_is_neither_in_the_arguments_nor_the_environment_nor_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, Any]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, arguments: list[str], **options: Any) -> None:
            started.append({"arguments": arguments, "environment": options["env"]})
            super().__init__(arguments, **options)

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(workbook.subprocess, "Popen", Watched)
    assert cells(write(tmp_path, "a.xlsx", BOOKS["xlsx"]), password=PASSWORD) == ROWS
    (child,) = started
    assert child["arguments"][-1] == "with-password"
    assert not any(PASSWORD in text for text in child["arguments"])
    assert not any(PASSWORD in text for text in child["environment"].values())
    assert list(folder.iterdir()) == []


def test_a_child_that_dies_before_it_reads_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "worker_command", lambda: [sys.executable, "-c", "import os; os._exit(3)"])
    with pytest.raises(Exception, match="unreadable"):
        cells(write(tmp_path, "a.xlsx", BOOKS["xlsx"]), password="x" * 200_000)
