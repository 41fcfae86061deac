"""Pictures that come in, and everything that goes out of the page as a file."""
