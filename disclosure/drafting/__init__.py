"""Drafting next year's content from this year's, and the list of what is still to be written."""
