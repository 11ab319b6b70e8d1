"""What stands beside the desk: the sessions, and what follows absences."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.roles import Permission
from cordee.web.socle.acces import habilitation_de

P = Permission


def onglets(request: HttpRequest, actif: str) -> dict[str, Any]:
    """The tabs this agent may open, and the active one."""
    droits = habilitation_de(request)
    tous = (
        ("jour", "Aujourd'hui", "arrivees", "entree", droits.peut(P.CONVOQUER)),
        ("seances", "Informations collectives", "seances", "personnes", droits.peut(P.CONVOQUER)),
        ("rappels", "Absences à rappeler", "absences", "appel", droits.peut(P.SUIVRE)),
        ("demandes", "Demandes de rappel", "demandes", "commentaire", droits.peut(P.CONVOQUER)),
        ("defaut", "Orientation par défaut", "absences_defaut", "orientation",
         droits.peut(P.ENCADRER) and droits.peut(P.ORIENTER)),
        ("operateur", "Au-delà des six semaines", "absences_operateur", "externe",
         bool(droits.unites & {Unite.LIAISON, Unite.ENCADREMENT})),
        ("delais", "Délais de service", "delais_service", "heure", droits.peut(P.ENCADRER)),
    )  # fmt: skip
    liste = [
        {"cle": cle, "libelle": libelle, "url": reverse(nom), "icone": icone}
        for cle, libelle, nom, icone, ouvert in tous
        if ouvert
    ]
    return {"liste": liste, "actif": actif}
