"""Values that every stage shares: places, figures, text, tables, charts, problems."""
