"""What a file is, by its first bytes and not by its name: half of all ``.xls`` files are something else."""

from __future__ import annotations

import zipfile
from pathlib import Path

from desktop.importer.formats.problems import BROKEN_ARCHIVE, refused

WORKBOOKS = ("xlsx", "xlsb", "ods", "xls")
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


def kind_of_content(path: Path, head: bytes) -> str:
    """``xlsx``, ``xlsb``, ``ods``, ``xls``, ``html``, ``xml``, ``zip`` or ``text``.

    Args:
        path: the file, for a look into archives.
        head: its first bytes, 4,000 or more.

    Raises:
        UserError: it is something whose contents cannot be a table, with what to do instead.
    """
    file = path.name
    for mark, reason in _NOT_TABLES:
        if head.startswith(mark):
            raise refused(reason, file=file)
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(_OLE):
        return _ole(path)
    return _text(head, file)


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mime = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except PermissionError:
        raise
    except BROKEN_ARCHIVE as error:
        raise refused("damaged", file=path.name, details=type(error).__name__) from error
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names) or "[Content_Types].xml" in names:
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise refused("is_document", file=path.name)
        return "xlsx"
    if b"opendocument" in mime or "content.xml" in names:
        if b"spreadsheet" in mime or not mime:
            return "ods"
        raise refused("is_document", file=path.name)
    if any(name.startswith("Index/") or name == "Index.zip" for name in names):
        raise refused("is_numbers", file=path.name)
    return "zip"


def _ole(path: Path) -> str:
    data = path.read_bytes()
    if _utf16("EncryptedPackage") in data:
        return "xlsx"  # with a password; the worker opens it
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return "xls"
    raise refused("is_document", file=path.name)


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
