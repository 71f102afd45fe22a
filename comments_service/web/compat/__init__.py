"""Surfaces of services that people already call: Perspective's."""
