"""What an audience would reach, held against what was reached before and what these people bring."""
