"""Quiet charts: every value can be read by hovering, by keyboard and by a screen reader, and copied."""
