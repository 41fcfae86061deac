"""Building a condition by hand: its draft, the widgets of its lines and groups, dragging, keys and undo."""
