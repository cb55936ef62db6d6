"""The writer of a pack's Word templates, from its pack.yaml.

Used when a region is added or a table gets a column. Afterwards the templates belong to the
clerk, who restyles them in Word; nothing here runs when a report is built.
"""

from disclosure.scaffold.documents import word_templates

__all__ = ["word_templates"]
