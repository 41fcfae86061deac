"""The words in which an owner says what an import may do; light, since the command line knows them before anything is loaded."""

from __future__ import annotations

POLICIES = ("both", "create", "update")
"""New people and those there; only new ones; only those there."""

OVERWRITES = ("replace", "fill", "clear")
"""A cell replaces what is there; only fills what is empty; clears it even where it is blank."""

TAG_MODES = ("append", "replace")
"""The tags of a cell are added; or they replace those that imports put on."""
