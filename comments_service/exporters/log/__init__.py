"""The log of everything that was done about comments, by people and by programs, as one stream of like entries.

A table that is only ever added to is a source (`sources`); `walk` puts the sources into one order, `written` writes it.
"""
