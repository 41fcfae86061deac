"""The history page: every step, what it did, and its undo."""
