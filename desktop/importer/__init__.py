"""How a file becomes members and orders. The rooms, in the order a file walks through them:

``reader.open_source(path, encoding=None, separator=None, password=None, job=QUIET) -> Source``
    bytes → sheets of text cells, by content and not by file name (``formats/`` has one module per format; workbooks are
    parsed by ``worker`` in a child process). A ``Source`` is a context manager with ``path name format encoding size
    sha256 sheets notes``; ``sheet.batches()`` yields ``(number of the first row, list of rows)`` as often as asked;
    ``source.raise_if_changed()`` tells after the last row whether the file was changed meanwhile.

``reader.open_pasted(text) -> Source``
    the same from cells on the clipboard. ``drop.expand_drop(paths) -> Drop(files, notes)`` says which files a drop of files,
    folders and addresses consists of.

``understanding.understand(source, sheet=None, answers=Answers(), zone="Asia/Taipei", country="TW", job=QUIET) -> Recipe``
``understanding.understand_all(source, …) -> list[Recipe]``
    which sheet, where its header is (``layout``), what kind of file, which column is which field (``columns/``), how dates,
    money and tags are written in each column. ``recipe.kind sheet encoding header_row columns mapping fields
    fingerprint questions``; ``recipe.raise_open_question()`` ends with a ``QuestionOpen`` naming the option that answers
    it. ``Answers`` (fields, dates, sheet, header_row, kind, separators; ``to_json``/``from_json``) are what the owner or a
    saved recipe decided; ``recipe.answers()`` gives them back for saving under the fingerprint.

``cleaning.data_rows(source, recipe, job=QUIET) -> DataRows``
    iterates ``RawBatch(numbers, rows)``: only data rows, with the row numbers a spreadsheet shows; ``DataRows.not_data``
    counts what was left out: title, header, repeated_header, total, blank, sample, other_table.

``cleaning.Cleaner(recipe).clean(batch) -> CleanBatch``
    typed values: ``numbers``, ``columns`` (in the order of ``recipe.fields``; ``rows``: the same as tuples), ``problems``
    (unusable cells); the cleaner's ``repaired`` counts what was mended, by kind. Nothing else is remembered between batches.

Values: phones E.164; dates ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM:SS`` in the shop's zone; birthdays also ``--MM-DD``; money
int when whole, else float; consent, blocked, do_not_send True/False; gender male/female/other; tags a tuple of names in the
cell's order; ``extra`` a JSON object text or None; whatever is blank or unusable None.
"""
