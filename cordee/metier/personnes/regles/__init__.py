"""Pure rules of identity: how names are read, how two identities are compared."""

from cordee.metier.personnes.regles.identite import EtatCivil
from cordee.metier.personnes.regles.matricule import (
    CONTEXTE_NIR,
    est_pseudonyme,
    lire_matricule,
    matricule_montrable,
    nir_de_matricule,
    nir_possible,
    pseudonyme,
    voiler_matricule,
)
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
    "choisir", "cle_nom", "comparer", "contact_normalise", "est_pseudonyme", "lire_matricule", "lire_recherche",
    "matricule_montrable", "nir_de_matricule", "nir_possible", "nir_provisoire", "pseudonyme", "telephone_mobile",
    "telephone_normalise", "voiler_matricule",
]  # fmt: skip
