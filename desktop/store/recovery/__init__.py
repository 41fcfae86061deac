"""The way back: backup files, which of them to keep, and what can be saved from a damaged shop."""
