"""Cells from the clipboard. Spreadsheets copy them as lines with tabs; a cell of several lines stands in quotes, a cell that
merely begins with a quote does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from desktop.core.errors import UserError
from desktop.importer.formats.delimited import DelimitedSheet


def pasted_sheet(opener: Callable[[], BinaryIO], file: str) -> DelimitedSheet:
    """The pasted cells as a sheet.

    Args:
        opener: opens the text's bytes (UTF-8) anew.
        file: what the pasted cells are called in sentences.

    Raises:
        UserError: the text is CSV with a quote that is never closed.
    """
    with opener() as stream:
        tabbed = b"\t" in stream.read()
    separator = "\t" if tabbed else None
    sheet = DelimitedSheet("", opener, "utf-8-sig", separator, file=file)
    try:
        for _ in sheet.batches():
            pass
    except UserError:
        if not tabbed:
            raise
        return DelimitedSheet("", opener, "utf-8-sig", separator, file=file, quoted=False)
    return sheet
