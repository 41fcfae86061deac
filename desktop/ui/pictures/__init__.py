"""Pictures of the owner: read from any file, turned upright, brought to the size and weight LINE takes."""
