"""What a file is, by its first bytes and not by its name: half of all ``.xls`` files are something else."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from desktop.importer.formats.problems import BROKEN_ARCHIVE, refused

IN_CHILD = ("xlsx", "xlsb", "ods", "xls", "html", "xml")
"""What is parsed by the worker in a process of its own."""
LARGEST_DIRECTORY = 8_000_000
"""Bytes of an archive's list of contents; each entry of 50 takes ten times as much memory."""
_CHUNK = 1 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")

_NOT_TABLES = (
    (b"%PDF", "is_pdf"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"RIFF", "is_picture"),
    (b"Rar!", "is_archive"),
    (b"7z\xbc\xaf", "is_archive"),
    (b"\x1f\x8b", "is_archive"),
    (b"SQLite format 3", "is_database"),
    (b"bplist00", "cloud_placeholder"),
    (b"{\\rtf", "is_document"),
    (b"MIME-Version:", "is_web_archive"),
)


def kind_of_content(file: str, opener: Callable[[], BinaryIO], head: bytes) -> str:
    """``xlsx``, ``xlsb``, ``ods``, ``xls``, ``html``, ``xml``, ``zip`` or ``text``.

    Args:
        file: its name, for sentences.
        opener: opens its bytes, for a look into archives.
        head: its first bytes, 4,000 or more.

    Raises:
        UserError: it is something whose contents cannot be a table, with what to do instead.
    """
    for mark, reason in _NOT_TABLES:
        if head.startswith(mark):
            raise refused(reason, file=file)
    if head.startswith(b"PK"):
        with opener() as stream:
            return _zipped(stream, file)
    if head.startswith(_OLE):
        with opener() as stream:
            return _ole(stream, file)
    return _text(head, file)


def _zipped(stream: BinaryIO, file: str) -> str:
    try:
        check_directory(stream, file)
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            mime = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except PermissionError:
        raise
    except BROKEN_ARCHIVE as error:
        raise refused("damaged", file=file, details=type(error).__name__) from error
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names) or "[Content_Types].xml" in names:
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise refused("is_document", file=file)
        return "xlsx"
    if b"opendocument" in mime or "content.xml" in names:
        if b"spreadsheet" in mime or not mime:
            return "ods"
        raise refused("is_document", file=file)
    if any(name.startswith("Index/") or name == "Index.zip" for name in names):
        raise refused("is_numbers", file=file)
    return "zip"


def check_directory(stream: BinaryIO, file: str) -> None:
    """Look at how long an archive's list of contents is before the library reads all of it into memory.

    Raises:
        UserError: longer than any real archive's.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 65_600))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\5\6")
    if at < 0:
        return  # the library will say that it is damaged
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    large = tail.rfind(b"PK\6\6", 0, at)
    if length == 0xFFFFFFFF and large >= 0:
        length = int.from_bytes(tail[large + 40 : large + 48], "little")
    if length > LARGEST_DIRECTORY:
        raise refused("too_large", file=file)


def _ole(stream: BinaryIO, file: str) -> str:
    """What an OLE container holds, by the names of its streams; they stand in its directory at any place."""
    found: set[str] = set()
    tail = b""
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        found.update(name for name in _STREAMS if _utf16(name) in text)
        if "EncryptedPackage" in found:
            return "xlsx"  # with a password; the worker opens it
        tail = text[-64:]
    if found:
        return "xls"
    raise refused("is_document", file=file)


_STREAMS = ("EncryptedPackage", "Workbook", "Book")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _text(head: bytes, file: str) -> str:
    start = head[:4_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"<"):
        if b"office:spreadsheet" in start and b"<html" not in start[:200]:
            return "xml"
        if any(
            mark in start
            for mark in (b"<table", b"<html", b"<!doctype html", b"<tr", b"<meta", b"<div", b"<body")
        ):
            return "html"
    if start.startswith(b"{") and b'"doc_id"' in start:
        raise refused("is_google_link", file=file)
    if start.startswith((b"{", b"[{")) and b'"' in start[:20]:
        raise refused("is_json", file=file)
    return "text"
