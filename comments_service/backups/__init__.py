"""Backup and restore of a whole installation: database and models, verified by their hashes. Keys are kept apart.

`comments-service export` is for moving one site somewhere else; a backup brings this installation back as it was.
"""
