"""What each kind of message would say, with the data of a real person of the campaign. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import PreferenceContact
from cordee.metier.courriers.selectors import destinataire
from cordee.metier.courriers.selectors.modeles import TextesEnVigueur
from cordee.metier.courriers.services.redaction import rediger
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.rendezvous.enums import EtatLigne
from cordee.metier.rendezvous.models import Campagne, CampagneLigne, RendezVous
from cordee.metier.rendezvous.selectors.campagne import canaux_de, lignes_de
from cordee.metier.rendezvous.services.lettres import donnees_convocation
from cordee.metier.rendezvous.services.occupation import adresse_du_creneau
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from cordee.web.socle.identites import nom_court

REFERENCE = "APERÇU"


@dataclass(frozen=True, slots=True)
class Apercu:
    """One message as it would be. ``donnees``: what the letter prints; ``texte``: the words of a short message."""

    canal: Canal
    nombre: int
    qui: str
    personne: int
    debut: datetime | None
    structure: str
    donnees: dict[str, Any] = field(default_factory=dict)
    objet: str = ""
    texte: str = ""


def par_canal(campagne: Campagne, *, pour: Agent, droits: Habilitation, le: datetime) -> list[Apercu]:
    """One example by way, the first person that this agent may see."""
    textes, apercus = TextesEnVigueur(jour(le)), []
    for canal, nombre in canaux_de(campagne):
        lignes = lignes_de(campagne, pour=pour, au=jour(le), droits=droits, etat=EtatLigne.PLANIFIEE, canal=canal)
        ligne = lignes.select_related("creneau__structure__commune", "creneau__lieu", "creneau__agent", "suite").first()
        if ligne is not None and ligne.creneau is not None:
            apercus.append(_apercu(ligne, canal, nombre, textes=textes, le=le))
    return apercus


def _apercu(ligne: CampagneLigne, canal: Canal, nombre: int, *, textes: TextesEnVigueur, le: datetime) -> Apercu:
    p, creneau = ligne.personne, ligne.creneau
    assert creneau is not None  # noqa: S101 - the caller has just looked
    rdv = RendezVous(
        personne=p, genre=creneau.genre, modalite=creneau.modalite, structure=creneau.structure, agent=creneau.agent,
        lieu=adresse_du_creneau(creneau), debut=creneau.debut, fin=ligne.suite.fin if ligne.suite else creneau.fin,
        interprete=p.langue if p.interprete else "",
    )  # fmt: skip
    donnees, court = _dire(rdv, canal, textes=textes, le=le)
    return Apercu(
        canal, nombre, nom_court(p.prenom, p.nom), p.pk, ligne.debut, creneau.structure.nom, donnees,
        court.get("objet", ""), court.get("texte", ""),
    )  # fmt: skip


def _dire(
    rdv: RendezVous, canal: Canal, *, textes: TextesEnVigueur, le: datetime
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the letter prints, the words of the message, made as the sending makes them; empty when they cannot be."""
    try:
        qui = destinataire(rdv.personne, au=jour(le), postal=canal is Canal.COURRIER)
        donnees, _ = rediger(
            {**donnees_convocation(rdv), "delais": {}}, genre=GenreCourrier.CONVOCATION, canal=canal, textes=textes,
            appel=qui.appel, reference=REFERENCE,
            preference=PreferenceContact.objects.filter(personne=rdv.personne).first(),
        )  # fmt: skip
    except ErreurMetier:
        return {}, {}
    return {**donnees, "destinataire": qui.pour_lettre(), "reference": REFERENCE}, donnees.get("message_court", {})
