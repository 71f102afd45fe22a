"""The widget's first page as HTML, element for element as the widget draws it, so that it takes over without a flicker.

Each module here follows one of the widget's sources; a browser test holds the two to the same elements.
"""
