"""How the owner arranges the list: its columns, their order, and how high its rows are."""
