"""Workbooks protected with a password, opened in the worker's memory: neither the password nor what it opens touches a disk.
Runs only in the child process; the password comes in through its standard input."""

from __future__ import annotations

import io
from typing import IO

from desktop.importer.formats.parsing.workbook_check import Unsafe

WITH_PASSWORD = "with-password"
"""The worker's third argument: a password waits in standard input."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_EVERYBODYS = "VelvetSweatshop"
"""The password with which Excel itself encrypts workbooks that are only to be guarded against changes ([MS-OFFCRYPTO] 2.4.2.3);
they open without being asked for one."""


def is_locked(stream: IO[bytes]) -> bool:
    """Whether a workbook of the newer formats is wrapped in an encrypted container."""
    stream.seek(0)
    head = stream.read(len(_OLE))
    stream.seek(0)
    return head == _OLE


def has_password(stream: IO[bytes]) -> bool:
    """Whether an old workbook (.xls) that could not be read has a password; the parser only says that it cannot."""
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(stream).is_encrypted())
    except MemoryError:
        raise
    except Exception:  # a damaged container breaks the library at any place
        return False


def unlock(stream: IO[bytes], password: str | None) -> IO[bytes]:
    """A protected workbook's contents.

    Args:
        stream: the protected file.
        password: the owner's; None: none was given.

    Raises:
        Unsafe: ``password`` (one is needed), ``password_wrong``, or ``damaged``.
    """
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    for tried in filter(None, (password, _EVERYBODYS)):
        opened = io.BytesIO()
        try:
            stream.seek(0)
            office = msoffcrypto.OfficeFile(stream)
            if office.format == "ooxml":
                office.load_key(password=tried, verify_password=True)
            else:
                office.load_key(password=tried)
            office.decrypt(opened)
        except InvalidKeyError:
            continue
        except MemoryError:
            raise
        except Exception as error:  # a damaged container breaks the library at any place
            raise Unsafe("damaged") from error
        opened.seek(0)
        return opened
    raise Unsafe("password" if password is None else "password_wrong")
