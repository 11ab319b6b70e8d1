"""Screen 5: the week's allocation of everybody oriented to named référents."""
