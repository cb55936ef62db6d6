"""Edits made in Word come back: a finished .docx that somebody changed, into content/."""
