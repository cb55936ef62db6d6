"""The approved tables of an Excel workbook into content: read, recognise, place, show, write."""
