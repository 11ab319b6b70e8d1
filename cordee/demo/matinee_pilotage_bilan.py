"""The report of last year in preparation: invented notes, said to be so; its figures are the worker's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums_rapports import Chapitre, GenreNote
from cordee.pilotage.models import Bilan
from cordee.pilotage.rapports.services import BilanRefuse, Jalons, Parole, noter, ouvrir, poser_jalons
from cordee.socle.horloge import jour

C, G = Chapitre, GenreNote
INVENTEE: Final = "note inventée pour la démonstration"
NOTES: Final = (
    (C.ORIENTATION, G.VERBATIM, "On m'a rappelée la veille : sans cela j'aurais oublié le rendez-vous.",
     "Atelier d'allocataires, 9 personnes", (10, 14)),
    (C.ORIENTATION, G.PROFESSIONNELS, "Le premier entretien à deux voix évite de redire son histoire, mais il manque "
     "un bureau fermé dans deux espaces sur cinq.", "Réunion des équipes de la plateforme", (11, 18)),
    (C.ACCOMPAGNEMENT, G.GROUPE, "Le groupe demande des contrats plus courts, écrits avec des mots simples, et relus "
     "ensemble.", "Groupe d'allocataires, trois séances", (6, 24)),
    (C.EMPLOI, G.VERBATIM, "J'ai repris un mi-temps ; la garde de mes enfants le mercredi reste le plus difficile.",
     "Entretien de fin de parcours", (9, 30)),
    (C.PROMESSES, G.FAIT, "Les rappels par message sont partis toute l'année ; les créneaux du samedi promis ne sont "
     "pas ouverts.", "Direction de l'insertion", (12, 15)),
)  # fmt: skip


def preparer_un_bilan(*, le: datetime) -> Bilan | None:
    """Open the report of last year with its notes; nothing when the demonstration holds no year or no analyst."""
    annee = jour(le).year - 1
    affectees = Agent.objects.filter(affectations__role=RoleAgent.PILOTAGE, actif=True)
    analyste = affectees.order_by("pk").first()
    if analyste is None:
        return None
    try:
        bilan = ouvrir(annee=annee, par=analyste, le=le)
    except BilanRefuse:
        return None
    for chapitre, genre, texte, source, (mois, quantieme) in NOTES:
        parole = Parole(
            chapitre=chapitre, genre=genre, texte=texte, source=f"{source} ({INVENTEE})",
            recueillie_le=date(annee, mois, quantieme),
        )  # fmt: skip
        noter(bilan=bilan, parole=parole, par=analyste, le=le)
    objectifs = Jalons(objectifs_valides_le=date(annee, 2, 3), objectifs_par="Commission permanente (date inventée)")
    return poser_jalons(bilan=bilan, jalons=objectifs)
