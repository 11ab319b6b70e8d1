"""Pages of the administrator: structures, sectors, conventions, agents and their roles. No person's file is reached."""
