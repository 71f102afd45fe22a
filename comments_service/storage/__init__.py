"""Tables, engine and transactions. What the rows mean is decided in the packages above."""
