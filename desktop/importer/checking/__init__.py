"""Phase one of an import: what it would change, row by row, worked out in a staging database without touching the shop."""
