"""A disposable picture of the people in memory, from which live counts and searches are answered; `keeping` is the door. What is
sent or written is always asked of the file."""
