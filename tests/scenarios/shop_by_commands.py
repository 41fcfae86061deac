"""A shop that is worked with by commands, as an owner's script would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from desktop.cli import main


class Shop:
    """A shop file and the commands on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.path = folder / "店.tagline"
        self.capsys = capsys
        self.files = 0

    def run(self, *words: str) -> dict[str, Any]:
        """A command's answer."""
        self.capsys.readouterr()
        code = main(["--shop", str(self.path), "--json", *words])
        printed = self.capsys.readouterr()
        assert code == 0, printed.err
        answer: dict[str, Any] = json.loads(printed.out)
        return answer

    def take(self, text: str, *options: str, name: str = "") -> dict[str, Any]:
        """Import a CSV of this text; the one import's report, whose counts add up."""
        self.files += 1
        file = self.folder / (name or f"檔案{self.files}.csv")
        file.write_text(text, encoding="utf-8")
        return self.take_file(file, *options)

    def take_zip(self, texts: Mapping[str, str], *options: str) -> dict[str, Any]:
        """Import a zip of texts by name; as :meth:`take`."""
        self.files += 1
        file = self.folder / f"檔案{self.files}.zip"
        with ZipFile(file, "w") as archive:
            for name, text in texts.items():
                archive.writestr(name, text)
        return self.take_file(file, *options)

    def take_file(self, file: Path, *options: str) -> dict[str, Any]:
        """Import a file; the one import's report, whose counts add up."""
        (report,) = self.run("import", str(file), *options)["imports"]
        parts = report["new"] + report["updated"] + report["unchanged"] + len(report["skipped"])
        assert report["rows"] == parts
        return dict(report)

    def members(self, query: str = "") -> list[dict[str, Any]]:
        """The people who match."""
        return list(self.run("members", query)["members"])

    def member(self, query: str) -> dict[str, Any]:
        """The one who matches."""
        (one,) = self.members(query)
        return one

    def refused(self, *words: str) -> str:
        """What a command that fails says."""
        self.capsys.readouterr()
        code = main(["--shop", str(self.path), "--json", *words])
        printed = self.capsys.readouterr()
        assert code == 1, printed.out
        assert printed.out == ""
        return printed.err


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    return report["new"], report["updated"], report["unchanged"], len(report["skipped"])
