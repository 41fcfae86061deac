"""Audience packages: the list, and the editor with its live count."""
