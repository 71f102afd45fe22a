"""Recipes: which data a model is made from, how they are mixed, and with what settings. Not here: the cooking."""

from __future__ import annotations

from classifier.training.recipes.recipe import RECIPES, Recipe

__all__ = ["RECIPES", "Recipe"]
