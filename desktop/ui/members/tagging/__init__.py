"""The panel at the right of the members page: the tags of the selection, the tag box, and what was done last."""
