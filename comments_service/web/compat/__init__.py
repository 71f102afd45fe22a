"""Surfaces of services that people already call (Perspective, Akismet, Isso). None is offered yet."""
