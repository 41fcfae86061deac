"""Bytes that can be read as often as asked: those of a file, or of one entry of an archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.importer.formats.text_encoding import TextFacts


@dataclass(frozen=True, slots=True)
class Stored:
    """Where bytes lie and what one pass over them told.

    Args:
        name: the file's name as the owner knows it.
        path: the file, or the archive.
        open: opens the bytes anew.
        facts: from the survey.
        entry: the number of the archive's entry; None for a file of its own.
    """

    name: str
    path: Path
    open: Callable[[], BinaryIO]
    facts: TextFacts
    entry: int | None = None
