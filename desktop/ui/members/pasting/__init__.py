"""Pasted lists of numbers become a selection."""
