"""What happens to whole people: two become one, one is deleted, one is erased without a trace."""
