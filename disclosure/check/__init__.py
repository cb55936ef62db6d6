"""Rules that compare figures of different origin. Pure: a report in, findings out."""
