"""The seam to the classifier: what the service asks of a model. Only this package imports `classifier`."""

from comments_service.scoring.protocol import Scored, Scorer, ScorerUnavailable, Shadow, Text

__all__ = ["Scored", "Scorer", "ScorerUnavailable", "Shadow", "Text"]
