"""A contract refused, recorded as such (E07). It never displaces the étape: accompaniment goes on (E03)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.contrats.enums import FormeRefus
from cordee.metier.contrats.selectors import brouillon_de
from cordee.metier.contrats.services.redaction import ContratRefuse
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour


@transaction.atomic
def refuser(
    *, personne: Personne, forme: FormeRefus, refuse_le: date | None = None, par: Agent, le: datetime
) -> Evenement:
    """Record that the person refuses to draw up her contract. The devoirs unit examines it; nothing is automatic.

    Raises:
        ContratRefuse: the named référent has not offered enough dated meetings yet (``rendez_vous_avant_refus``,
            E07), the notification has no certain date, a representative is to be identified, or the day is to come.
        TransitionInterdite: no contract is being drawn up.
    """
    personne = verrouiller(personne)
    jour_refus = refuse_le or jour(le)
    if jour_refus > jour(le):
        raise ContratRefuse("Le refus ne peut pas être daté d'un jour à venir.")
    s = situation_courante(personne)
    _exiger_prealables(s, personne, jour_refus)
    brouillon = brouillon_de(personne)
    return consigner_un(
        genre=GenreEvenement.CONTRAT_REFUSE, personne=personne, par=par, le=le,
        donnees={"forme": str(FormeRefus(forme)), "le": jour_refus.isoformat()},
        objet_type="contrat" if brouillon else "", objet_id=brouillon.pk if brouillon else None,
    )  # fmt: skip


def rendez_vous_proposes(personne: Personne, s: Situation, *, au: date) -> int:
    """How many dated meetings the named référent has offered since the decision, up to a day.

    Cancelled ones and excused absences do not count: nothing was refused there.
    """
    if s.referent_agent is None or s.orientation is None:
        return 0
    proposes = RendezVous.objects.filter(
        personne__in=ids_du_groupe(personne), agent_id=s.referent_agent, debut__date__gte=s.orientation.decidee_le,
        debut__date__lte=au, genre__in=(GenreRendezVous.ACCOMPAGNEMENT, GenreRendezVous.CONTRAT),
    )  # fmt: skip
    return proposes.exclude(statut__in=(StatutRendezVous.ANNULE, StatutRendezVous.EXCUSE)).count()


def _exiger_prealables(s: Situation, personne: Personne, jour_refus: date) -> None:
    if GenreEcheance.IDENTIFIER_REPRESENTANT in s.echeances:
        raise ContratRefuse("La personne est protégée : identifiez son représentant avant de noter un refus.")
    if s.orientation is not None and s.orientation.certaine_le is None:
        raise ContratRefuse("La décision n'a pas de date certaine de réception : aucun refus ne peut être opposé.")
    offerts = rendez_vous_proposes(personne, s, au=jour_refus)
    voulus = entier("rendez_vous_avant_refus", au=jour_refus)
    if offerts < voulus:
        raise ContratRefuse(
            f"Le référent a proposé {offerts} rendez-vous daté(s) pour le contrat : il en faut au moins "
            f"{voulus} avant de noter un refus. Une absence n'est pas un refus."
        )
