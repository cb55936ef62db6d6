"""Reading a finished .docx of ours back, also one edited by hand or saved by another program."""
