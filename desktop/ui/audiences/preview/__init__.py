"""The people of an audience and why each is in it, or is not."""
