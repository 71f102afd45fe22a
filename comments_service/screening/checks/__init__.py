"""One check a file. A check looks at plain values or counts rows, and says what it found; it never decides."""
