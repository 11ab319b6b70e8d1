"""The tabs of the exchange with the paying bodies, and how its states look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, GenreLigne
from cordee.metier.organismes.roles import Permission
from cordee.web.composants.etats import declarer
from cordee.web.socle.acces import habilitation_de

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


def onglets(request: HttpRequest, actif: str) -> dict[str, Any]:
    """Lists, what the files answer, and the pages beside that this agent may open."""
    droits = habilitation_de(request)
    tous = (
        ("listes", "Listes envoyées", "caisse", "envoyer", True),
        ("suivi", "Ce que montrent les fichiers", "caisse_suivi", "echange", True),
        ("controles", "Contrôles au hasard", "controles", "regle", droits.peut(Permission.INSTRUIRE)),
        ("neutralite", "Neutralité", "neutralite", "indicateur",
         droits.peut(Permission.PILOTER) or droits.peut(Permission.DECIDER)),
    )  # fmt: skip
    liste = [
        {"cle": cle, "libelle": libelle, "url": reverse(nom), "icone": icone}
        for cle, libelle, nom, icone, ouvert in tous
        if ouvert
    ]
    return {"liste": liste, "actif": actif}
