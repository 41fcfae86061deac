"""People who may be there twice, and people who leave: comparing, merging, deleting, erasing."""
