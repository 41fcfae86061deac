"""What keeps a shop file whole: the lock, the migrations, damage and how to read past it, folders where it must not
live."""
