"""Benchmarks: the product against the script a user would write for the same document."""
