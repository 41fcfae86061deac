"""The form of one area of a menu."""
