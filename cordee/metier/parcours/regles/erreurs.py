"""What the path refuses."""

from cordee.socle.erreurs import ErreurMetier


class TransitionInterdite(ErreurMetier):
    """The act does not fit where the person stands."""
