"""What the services of the follow-up share."""

from cordee.socle.erreurs import ErreurMetier


class SuiviRefuse(ErreurMetier):
    """The act cannot be recorded this way."""
