"""Waves: bursts of comments that have one thing in common, held by themselves while they last, decided as one.

`arriving` looks at each comment as it is judged, `beginning` opens waves and closes them, `deciding` carries one
decision through all of it and back, `shown` is what the desk tells of them, `work` is the worker's handler.
"""
