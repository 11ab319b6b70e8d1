"""The tabs of the exchange with the paying bodies, and how its states look."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, GenreLigne
from cordee.web.composants.etats import declarer

declarer(
    {
        EtatTransmission.PREPAREE.value: ("attention", "modifier"),
        EtatTransmission.ENVOYEE.value: ("info", "envoyer"),
        EtatTransmission.ACCUSEE.value: ("primaire", "cocher"),
        EtatTransmission.APPLIQUEE.value: ("succes", "succes"),
        EtatTransmission.PARTIELLEMENT.value: ("attention", "alerte"),
        EtatTransmission.NON_APPLIQUEE.value: ("danger", "echec"),
        EtatTransmission.REJETEE.value: ("danger", "refus"),
        ConstatCaisse.DIFFERENTE.value: ("attention", "alerte"),
        ConstatCaisse.MAINTENUE.value: ("danger", "haut"),
        ConstatCaisse.NON_DECIDEE.value: ("danger", "aide"),
        GenreLigne.APPLIQUER.value: ("neutre", "bas"),
        GenreLigne.PLAFONNER.value: ("info", "foyer"),
        GenreLigne.LEVER.value: ("succes", "reprendre"),
        GenreLigne.ANNULER.value: ("succes", "abandon"),
        GenreLigne.FIN_DE_DROIT.value: ("danger", "sortie"),
    }
)


def onglets(actif: str) -> dict[str, Any]:
    """Lists, what the files answer, random controls."""
    tous = (
        ("listes", "Listes envoyées", "caisse", "envoyer"),
        ("suivi", "Ce que montrent les fichiers", "caisse_suivi", "echange"),
    )
    liste = [{"cle": cle, "libelle": libelle, "url": reverse(nom), "icone": icone} for cle, libelle, nom, icone in tous]
    return {"liste": liste, "actif": actif}
