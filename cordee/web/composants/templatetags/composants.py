"""``{% load composants %}``: every brick of the pages. Signatures and examples: ``composants/README.md``."""

from cordee.web.composants.balises import blocs, formulaires, listes, marques
from cordee.web.composants.balises.registre import register

__all__ = ["blocs", "formulaires", "listes", "marques", "register"]
