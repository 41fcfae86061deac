"""Saved audiences and the editor of their conditions."""
