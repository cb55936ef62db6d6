"""Lays finished .docx out with LibreOffice: true page numbers for the contents page, and PDFs.

The one place that starts another program, looks for fonts and reads PDFs. Where LibreOffice is
missing nothing here guesses: it says so, and the .docx goes without page numbers.
"""

from disclosure.layout.office import Office, find_office
from disclosure.layout.outcome import Outcome
from disclosure.layout.typesetter import Engine, Numbered, Pdf, Typesetter

__all__ = ["Engine", "Numbered", "Office", "Outcome", "Pdf", "Typesetter", "find_office"]
