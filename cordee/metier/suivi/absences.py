"""What follows an absence (E07): who is to be reached, what was tried, who went past the six weeks.

An absence before any contract opens an outreach, then a second convocation, then an orientation by default; never a
procedure. A voice-mail is an attempt, not a contact (R13).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cordee.metier.courriers.enums import Canal
from cordee.metier.courriers.selectors.canaux import joignables
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.regles import Situation as Calcul
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi.models import ContactSuivi
from cordee.reglementation.delais import echeance
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class SuiteAbsence:
    """One person to be reached. ``telephone`` empty: ``sans_telephone`` says why."""

    situation: Situation
    convocations: int
    absences: int
    tentatives: int
    reste: int
    telephone: str
    sans_telephone: str
    derniere: ContactSuivi | None
    manque: RendezVous | None
    defaut_le: date | None
    terme: date | None
    au: date

    @property
    def appelee_aujourdhui(self) -> bool:
        """An attempt was noted today: one more in the same hour would not be another try."""
        return self.derniere is not None and jour(self.derniere.le) == self.au

    @property
    def complete(self) -> bool:
        """Two convocations and an outreach were tried (E07), or every attempt was made."""
        return self.situation.etat == Etat.A_ORIENTER_PAR_DEFAUT or (self.convocations >= 2 and self.tentatives >= 1)


def a_rappeler(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[Situation]:
    """Absent or out of reach before any orientation, the most urgent first. One query (two without ``droits``)."""
    droits = droits or habilitation(pour, au=au)
    return (
        Situation.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits), etat=Etat.INJOIGNABLE)
        .select_related("personne", "structure_secteur", "etape")
        .order_by("echeance", "personne_id")
    )


def chez_l_operateur(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[Situation]:
    """Six weeks went by without a decision: the employment operator decides (D262-65-2), the oldest first."""
    droits = droits or habilitation(pour, au=au)
    return (
        Situation.objects.filter(
            q_visibles("personne", pour=pour, au=au, droits=droits), etat=Etat.COMPETENCE_OPERATEUR_EMPLOI
        )
        .select_related("personne", "structure_secteur", "etape")
        .order_by("echeance", "personne_id")
    )


def suites(situations: Sequence[Situation], *, au: date) -> list[SuiteAbsence]:
    """What was tried for each, and how to reach her. The number of queries does not depend on how many they are."""
    ids = [s.personne_id for s in situations]
    moyens = joignables(personnes=ids, au=au)
    dernieres = {
        c.personne_id: c
        for c in ContactSuivi.objects.filter(personne__in=ids, annule_le__isnull=True)
        .select_related("par")
        .order_by("personne_id", "-le", "-pk")
        .distinct("personne_id")
    }
    manques = {
        r.personne_id: r
        for r in RendezVous.objects.filter(personne__in=ids, statut=StatutRendezVous.ABSENT)
        .select_related("structure")
        .order_by("personne_id", "-debut")
        .distinct("personne_id")
    }
    maximum = entier("aller_vers_max", au=au)
    lignes = []
    for s in situations:
        calcul = Calcul.de_json(s.calcul)
        moyen = moyens.get(s.personne_id)
        contact = moyen.contact(Canal.TELEPHONE) if moyen else None
        refus = contact.empechement if contact else "Aucun téléphone n'est connu."
        if moyen is not None and moyen.preference is not None and moyen.preference.sans_appel:
            refus = "La personne demande à ne pas être appelée : écrivez-lui."
        lignes.append(
            SuiteAbsence(
                situation=s,
                convocations=calcul.convocations,
                absences=calcul.absences,
                tentatives=calcul.tentatives,
                reste=max(0, maximum - calcul.tentatives),
                telephone=contact.contact.valeur if contact and contact.contact and not refus else "",
                sans_telephone=refus,
                derniere=dernieres.get(s.personne_id),
                manque=manques.get(s.personne_id),
                defaut_le=_terme("file_orientation_par_defaut", s.recu_le),
                terme=_terme("orienter", s.recu_le),
                au=au,
            )
        )
    return lignes


def _terme(regle: str, recu_le: date | None) -> date | None:
    return echeance(regle, depuis=recu_le).terme if recu_le else None
