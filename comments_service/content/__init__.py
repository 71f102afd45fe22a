"""A stranger's text and links made harmless: Markdown to safe HTML, plain text, excerpts, URLs.

Nothing here reads the database or knows what an e-mail address is: finding addresses is handed in as a function.
"""
