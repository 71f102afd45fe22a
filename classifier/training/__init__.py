"""How models are made and measured: data, split, weights, calibration, figures, card.

Needs scikit-learn, SciPy and pyarrow. Nothing that scores comments imports this package.
"""
