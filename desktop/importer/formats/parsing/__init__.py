"""What runs only in the worker's process: checks of a workbook before it is parsed, passwords, and what the parser leaves out."""
