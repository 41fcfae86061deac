"""The audiences that LINE holds, whoever made them."""
