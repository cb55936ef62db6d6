"""What changed between two states of a report: kept builds, a list for a person, a Word redline."""
