"""Search field, filter chips and the menu of filters: three faces of one condition."""
