"""A person's word on what the checks show: hints that stay as they are, reasons that still hold."""
