"""Celery, and the processes that keep promised work going: worker and relay. What the work is lives in the domain."""
