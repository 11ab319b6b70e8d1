"""The équipe pluridisciplinaire: sessions, files as members read them, the session as it is held, minutes."""
