"""Changing a person's content files: splices in their text, and copies one can go back to."""
