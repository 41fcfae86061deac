"""The board's tab: the five stages and their tasks."""
