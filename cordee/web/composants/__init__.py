"""The bricks every page is made of: template tags, and the small Python shapes they take. See README.md."""
