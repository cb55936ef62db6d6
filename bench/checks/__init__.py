"""Planted errors: which share of them some rule reports, and that nothing is said without one."""
