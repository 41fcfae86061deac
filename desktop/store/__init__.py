"""The shop file: SQLite, opened through sqlcipher3 only. Nobody else writes SQL."""
