"""Imports in the shop file: working them out in a staging database, and carrying them out in one transaction."""
