"""Expected failures. Each carries the sentence its user will read."""


class ErreurMetier(Exception):
    """A business act that cannot be done. ``str(e)`` is plain French, says why and what to do next."""


class DonneesPerimees(ErreurMetier):
    """Someone else saved the same object meanwhile: nothing is written, the typed text is given back."""
