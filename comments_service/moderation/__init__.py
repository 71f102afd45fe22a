"""Deciding about comments: one transition table for machine, moderator and author, and the queue built on its log."""
