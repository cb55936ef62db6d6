"""Tiny units and packs, and what tests do with whole builds: copy, change, read back."""
