"""The shop's LINE account: connecting it, reading its friends, uploading audiences."""
