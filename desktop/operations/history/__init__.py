"""Looking at what was done, and taking it back."""
