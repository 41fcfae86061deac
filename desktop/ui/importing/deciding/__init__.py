"""What only the owner can decide: whom the file may touch, whom a doubtful row is about, which answers and
words become tags."""
