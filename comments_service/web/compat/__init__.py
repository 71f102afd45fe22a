"""Surfaces of services that people already call, Perspective's and Akismet's, and what they share."""
