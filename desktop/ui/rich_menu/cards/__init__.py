"""The cards beside the canvas: layout, look, settings, goals, checks."""
