"""Tags that a file brings in other ways than by a column of tags: answers of a form, words in a chat, a column that replaces."""
