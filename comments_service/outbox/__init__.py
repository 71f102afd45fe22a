"""Promised work: written in the transaction that promised it, taken under a lease, done once or parked for a person.

The database is the record. A broker only wakes somebody up, and may forget everything at any time.
"""
