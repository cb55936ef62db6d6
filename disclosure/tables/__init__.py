"""The 公开表 as values, laid out as the pack says, before any file format."""
