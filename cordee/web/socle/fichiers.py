"""How a file received is called, wherever it is named."""

from __future__ import annotations

from cordee.echanges.fichiers.models import FichierRecu, TypeFichier
from cordee.echanges.fichiers.regles import mois_en_mots

_GENRES = {
    TypeFichier.BENEFICIAIRES_MENSUEL: "Fichier mensuel",
    TypeFichier.BENEFICIAIRES_QUOTIDIEN: "Fichier quotidien",
    TypeFichier.BENEFICIAIRES_EXCEPTIONNEL: "Fichier exceptionnel",
}


def titre(f: FichierRecu) -> str:
    """How a file is called: what, from whom, for when."""
    if not f.type:
        return "Fichier non reconnu"
    genre = TypeFichier(f.type)
    nom = _GENRES.get(genre, genre.libelle)
    if f.type == TypeFichier.PARTENAIRE and f.emetteur is not None:
        nom = "Fichier"
    qui = f.organisme.nom if f.organisme else f.emetteur.nom if f.emetteur else ""
    de_qui = f" de la {qui}" if f.organisme else f" de {qui}" if qui else ""
    if f.reference_le is None:
        return f"{nom}{de_qui}, reçu le {f.recu_le:%d/%m/%Y}"
    if genre is TypeFichier.BENEFICIAIRES_MENSUEL:
        return f"{nom}{de_qui}, {mois_en_mots(f.reference_le)}"
    return f"{nom}{de_qui} du {f.reference_le:%d/%m/%Y}"
