"""The same jobs without a window: ``main.py [--shop FILE] [--json] COMMAND``. Never asks; what would be
asked ends with exit code 1 and the option that answers it."""

from __future__ import annotations

from desktop.cli.run import main

__all__ = ["main"]
