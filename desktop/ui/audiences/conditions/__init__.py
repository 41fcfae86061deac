"""The condition of an audience as rows to read and change."""
