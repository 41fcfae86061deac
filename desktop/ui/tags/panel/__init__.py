"""The panel at the right of the tags: of one tag, or of several."""
