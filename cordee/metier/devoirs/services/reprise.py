"""Recording decisions on the allowance that were taken outside the application."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from cordee.metier.devoirs.enums import MotifMesure, NatureMesure, StatutManquement, TypeManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

OBJET = "mesure"
CENT = 100


class MesureRefusee(ErreurMetier):
    """The decision cannot be recorded as it was typed."""


@transaction.atomic
def reprendre_decision(
    *, personne: Personne, nature: NatureMesure, motif: MotifMesure, decidee_le: date, debut: date,
    fin: date | None = None, taux: int | None = None, montant: Decimal | None = None, preuve: str,
    transmise_le: date | None = None, par: Agent, le: datetime,
) -> MesureDecidee:  # fmt: skip
    """Record a decision taken in the former tool, with the reference that proves it: the files are compared with it.

    Nothing is decided here: no share is checked against the scale of a decree, no letter is written. The échéance
    « rapprocher une sanction » closes: what the paying body applies has its decision.

    Args:
        fin: first day after the measure; ``None`` as long as it is not lifted.
        taux: share withheld, in percent; or ``montant``, in euros a month.
        preuve: reference of the decision (order, minutes), so that anybody can find it.

    Raises:
        MesureRefusee: dates that cannot be, a share and an amount together, or no proof.
        TransitionInterdite: the person has died.
    """
    nature, motif, au = NatureMesure(nature), MotifMesure(motif), jour(le)
    if not preuve.strip():
        raise MesureRefusee("Indiquez la référence de la décision : sans elle, rien ne prouve qu'elle a été prise.")
    if decidee_le > au or (transmise_le is not None and transmise_le > au):
        raise MesureRefusee("Une décision reprise et sa transmission ne peuvent pas porter une date à venir.")
    if debut < decidee_le:
        raise MesureRefusee("Une mesure ne commence pas avant d'avoir été décidée : vérifiez les deux dates.")
    if fin is not None and fin <= debut:
        raise MesureRefusee("La fin de la mesure doit suivre son début.")
    if taux is not None and montant is not None:
        raise MesureRefusee("Indiquez une part ou un montant, pas les deux.")
    if (taux is not None and not 1 <= taux <= CENT) or (montant is not None and montant <= 0):
        raise MesureRefusee("La part retirée va de 1 à 100 % ; un montant est positif.")
    personne = verrouiller(personne)
    mesure = MesureDecidee.objects.create(
        personne=personne, nature=nature, motif=motif, taux=taux, montant=montant, decidee_le=decidee_le,
        debut=debut, fin=fin, transmise_le=transmise_le, preuve=preuve.strip(), saisie_le=le, saisie_par=par,
    )  # fmt: skip
    if motif is MotifMesure.CONTRAT_NON_ETABLI:  # the refusal was dealt with in the former tool
        Manquement.objects.filter(
            personne=personne, type=TypeManquement.REFUS_CONTRAT, procedure__isnull=True,
            statut__in=(StatutManquement.SIGNALE, StatutManquement.EXAMINE),
        ).update(statut=StatutManquement.SANCTIONNE, clos_le=au)  # fmt: skip
    consigner_un(
        genre=GenreEvenement.MESURE_REPRISE, personne=personne, par=par, le=le, objet_type=OBJET, objet_id=mesure.pk,
        donnees={"mesure": mesure.pk, "nature": str(nature), "debut": debut.isoformat()},
    )  # fmt: skip
    return mesure
