"""Ways in: a foreign or own file becomes rows.py's rows, which one road prepares, sorts out and stores.

Reading one format is one module (jsonl.py); everything after it is the same for all. Files are opened by `cli`.
"""
