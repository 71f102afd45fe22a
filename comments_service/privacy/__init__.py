"""Addresses, networks, keys and signed tokens: whatever keeps a person's data from being seen.

Nothing here renders text or reads the database; callers hand in plain values and store what comes back.
"""
