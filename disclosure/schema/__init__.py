"""The shape of what is typed: content files, region packs, 科目. Values only, no file is read here."""
