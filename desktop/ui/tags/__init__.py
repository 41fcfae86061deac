"""The page of tags: all of them with what they mean and who has them, how they fare, and the rules that put them on."""
