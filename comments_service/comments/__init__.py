"""Comments as authors and readers know them: submit, edit, withdraw, vote, report, read. Deciding: `moderation`."""
