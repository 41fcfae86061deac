"""Members out of the program: files and the clipboard."""
