"""Valuable actions and what the people who took them have in common."""
