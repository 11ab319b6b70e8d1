"""What each kind of message would say, with the data of a real person of the campaign. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cordee.metier.courriers.enums import Canal
from cordee.metier.courriers.selectors import destinataire
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.rendezvous.enums import EtatLigne
from cordee.metier.rendezvous.models import Campagne, CampagneLigne, RendezVous
from cordee.metier.rendezvous.selectors.campagne import canaux_de, lignes_de
from cordee.metier.rendezvous.services.agenda import adresse_du_creneau
from cordee.metier.rendezvous.services.lettres import donnees_convocation
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from cordee.web.socle.identites import nom_court


@dataclass(frozen=True, slots=True)
class Apercu:
    """One message as it would be. ``donnees``: what the letter prints."""

    canal: Canal
    nombre: int
    qui: str
    personne: int
    debut: datetime | None
    structure: str
    donnees: dict[str, Any] = field(default_factory=dict)


def par_canal(campagne: Campagne, *, pour: Agent, droits: Habilitation, le: datetime) -> list[Apercu]:
    """One example by way, the first person that this agent may see."""
    apercus = []
    for canal, nombre in canaux_de(campagne):
        lignes = lignes_de(campagne, pour=pour, au=jour(le), droits=droits, etat=EtatLigne.PLANIFIEE, canal=canal)
        ligne = lignes.select_related("creneau__structure__commune", "creneau__lieu", "creneau__agent", "suite").first()
        if ligne is not None and ligne.creneau is not None:
            apercus.append(_apercu(ligne, canal, nombre, le=le))
    return apercus


def _apercu(ligne: CampagneLigne, canal: Canal, nombre: int, *, le: datetime) -> Apercu:
    p, creneau = ligne.personne, ligne.creneau
    assert creneau is not None  # noqa: S101 - the caller has just looked
    rdv = RendezVous(
        personne=p, genre=creneau.genre, modalite=creneau.modalite, structure=creneau.structure, agent=creneau.agent,
        lieu=adresse_du_creneau(creneau), debut=creneau.debut, fin=ligne.suite.fin if ligne.suite else creneau.fin,
        interprete=p.langue if p.interprete else "",
    )  # fmt: skip
    donnees: dict[str, Any] = {}
    try:
        qui = destinataire(p, au=jour(le), postal=canal is Canal.COURRIER)
        donnees = {**donnees_convocation(rdv), "destinataire": qui.pour_lettre(), "reference": "APERÇU", "delais": {}}
    except ErreurMetier:
        donnees = {}
    return Apercu(
        canal, nombre, nom_court(p.prenom, p.nom), p.pk, ligne.debut, creneau.structure.nom, donnees
    )  # fmt: skip
