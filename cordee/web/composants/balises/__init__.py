"""The template tags, by family; ``templatetags/composants.py`` gathers them."""
