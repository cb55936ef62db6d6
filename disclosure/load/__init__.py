"""Reading: YAML with line numbers, the unit's content, the region pack, the 科目 dictionary."""
