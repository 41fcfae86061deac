"""The sentences with which a file is declined. Each says what is wrong with the file and what the owner can do."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from desktop.core.errors import QuestionOpen, UserError
from desktop.core.message import message

BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What reading a damaged zip may raise (OSError: an entry said to begin before the file does)."""


def refused(reason: str, *, details: str = "", **params: Any) -> UserError:
    """The error for ``importing.error.<reason>``; what to do stands under ``importing.cure.<reason>``.

    Args:
        reason: last part of the key.
        details: technical text for "copy details", without any member's data.
        params: values for the sentence, usually ``file``.
    """
    return UserError(
        message(f"importing.error.{reason}", **params),
        cure=message(f"importing.cure.{reason}", **params),
        details=details,
    )


def unreadable(error: OSError, file: str) -> UserError:
    """The error for a file that the system does not give: it is gone, held by another program, or its disk is.

    Args:
        error: what the system said.
        file: the file's name.
    """
    if isinstance(error, PermissionError):
        return refused("locked", file=file)
    if isinstance(error, FileNotFoundError):
        return refused("not_found", file=file)
    return refused("not_readable", file=file, details=f"{type(error).__name__} {error.errno}")


class PasswordNeeded(QuestionOpen):
    """A workbook or an archive has a password, and none or a wrong one was given.

    Args:
        path: the file.
        wrong: one was given.
    """

    def __init__(self, path: Path, *, wrong: bool) -> None:
        reason = "password_wrong" if wrong else "password"
        super().__init__(message(f"importing.error.{reason}", file=path.name), option='--password "…"')
        self.cure = message(f"importing.cure.{reason}", file=path.name)
        self.path = path
        self.wrong = wrong
