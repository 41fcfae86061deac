"""Importing a file: what was recognised, before and after, what would happen, and the rows that need a
look."""
