"""The table whose selection is a value: what is selected, and how mouse and keys select it."""
