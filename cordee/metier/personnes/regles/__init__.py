"""Pure rules of identity: how names are read, how two identities are compared."""

from cordee.metier.personnes.regles.identite import CONTEXTE_NIR, EtatCivil
from cordee.metier.personnes.regles.rapprochement import (
    Appariement,
    IdentiteConnue,
    IdentiteRecherchee,
    Verdict,
    choisir,
    comparer,
    nir_provisoire,
)
from cordee.metier.personnes.regles.texte import (
    Demande,
    cle_nom,
    contact_normalise,
    lire_recherche,
    telephone_mobile,
    telephone_normalise,
)

__all__ = [
    "CONTEXTE_NIR", "Appariement", "Demande", "EtatCivil", "IdentiteConnue", "IdentiteRecherchee", "Verdict",
    "choisir", "cle_nom", "comparer", "contact_normalise", "lire_recherche", "nir_provisoire",
    "telephone_mobile",
    "telephone_normalise",
]  # fmt: skip
