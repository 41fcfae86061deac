"""What publishing asks and shows in dialogs of its own."""
