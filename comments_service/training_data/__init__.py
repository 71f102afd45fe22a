"""Moderators' decisions as examples: collected from the log, redacted, written out. Learning is `classifier`'s."""
