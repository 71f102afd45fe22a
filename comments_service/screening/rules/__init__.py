"""A site's rules against authors, networks, words and domains: written, compiled, kept in memory, met in a comment."""
