"""Write a 部门决算公开 (a department's yearly final-accounts disclosure) from structured data.

The stages travel one way: load, validate, derive, tables, check, narrate, render, write.
:func:`disclosure.pipeline.build` is the public entry; the command line, tests and any other
front end call it.
"""

__version__ = "0.1.0"
