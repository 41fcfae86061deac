"""Taking one or several of many named things by typing."""
