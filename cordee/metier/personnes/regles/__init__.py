"""Pure rules of identity: how names are read, how two identities are compared."""

from cordee.metier.personnes.regles.texte import (
    Demande,
    cle_nom,
    contact_normalise,
    lire_recherche,
    telephone_normalise,
)

__all__ = ["Demande", "cle_nom", "contact_normalise", "lire_recherche", "telephone_normalise"]
