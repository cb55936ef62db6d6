"""The peer: the plain docxtpl script a user would write for the same document."""
