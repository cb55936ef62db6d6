"""The commands, by what they are about. Each is a few lines over the core, and may print."""
