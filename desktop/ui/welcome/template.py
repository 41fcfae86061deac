"""The empty Excel list for who starts from paper: the columns an import recognises by themselves, and two invented rows."""

from __future__ import annotations

from pathlib import Path

from desktop.text import t

COLUMNS = ("member_no", "name", "phone", "email", "birthday", "store", "tags", "note")
WIDTHS = (14, 14, 16, 24, 14, 12, 24, 30)


def write_template(file: Path) -> None:
    """Write the list to ``file`` (.xlsx), whole or not at all.

    Raises:
        OSError: if it cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(t("welcome.template_sheet"))
    sheet.append([t(f"welcome.column.{name}") for name in COLUMNS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3F4EB")
    for at, width in enumerate(WIDTHS, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = width
        # As text, so that Excel keeps the leading zero of phone and member numbers.
        for row in range(2, 502):
            sheet[f"{letter}{row}"].number_format = "@"
    sheet.freeze_panes = "A2"
    temporary = file.with_name(f".{file.name}.new")
    book.save(temporary)
    temporary.replace(file)
