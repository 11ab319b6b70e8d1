"""Facts that come with the project."""
