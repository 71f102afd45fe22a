"""A worked example: the comments service mounted in a Flask application that has a life of its own."""
