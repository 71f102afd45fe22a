"""The JSON API under /api/v1: public for readers, moderation for the desk. Described in its OpenAPI document."""
