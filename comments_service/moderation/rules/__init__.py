"""Rules of a site as its people keep them: made, tried, listed, imported, taken back. How they meet a comment is
`screening.rules`.
"""
