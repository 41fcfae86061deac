"""The window. Loading it takes back the import function that PySide6 puts in the place of Python's own.

PySide6's serves ``from __feature__ import …``, which nobody here uses, and reads the source of every module imported after it:
a tenth of the time to the first page.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - it is what replaces the function

_plain_import = getattr(builtins, "__orig_import__", None)
if _plain_import is not None:
    builtins.__import__ = _plain_import
