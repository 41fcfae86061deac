"""What can be done with members: finding, seeing, changing, joining and removing them."""
