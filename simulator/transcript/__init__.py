"""Conversations held elsewhere: read from a file, and assessed with the same rubrics."""
