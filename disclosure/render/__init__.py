"""The finished value into files: Word documents, the tables workbook. Knows formats, not figures."""
