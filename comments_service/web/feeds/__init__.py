"""Atom feeds of a site and of a thread: the same public face of a comment, in XML."""
