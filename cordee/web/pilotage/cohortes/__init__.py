"""Pages of cohorts: choose people, follow them, take figures away. Never a person on a page (Permission.ANALYSER)."""
