"""Pages of the follow-up: interviews, notes, documents, accompagnement global, the person's access to what is kept."""
