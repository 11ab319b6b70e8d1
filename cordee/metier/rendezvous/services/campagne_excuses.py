"""A campaign was a mistake and letters have left: appointments withdrawn, apologies written, all of it traced (R68)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from cordee.metier.courriers.enums import Canal, GenreCourrier, MotifExcuses
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.selectors import ChoixCanal, canaux_ouverts
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import EtatCampagne, EtatLigne, StatutRendezVous
from cordee.metier.rendezvous.models import Campagne, CampagneLigne
from cordee.metier.rendezvous.regles.campagne_etats import CampagneImpossible
from cordee.metier.rendezvous.services.campagne import verrouiller_campagne
from cordee.metier.rendezvous.services.campagne_annulation import TAILLE_LOT, annuler_rendez_vous
from cordee.socle.horloge import jour

OBJET_COURRIER = "courrier"
# The appointment may be near: what arrives at once goes first.
ORDRE = (Canal.SMS, Canal.COURRIEL, Canal.COURRIER, Canal.TELEPHONE)
ECRITES = "Rendez-vous retiré, excuses écrites."
MUETTES = "Rendez-vous retiré. Aucun moyen de l'en prévenir : allez vers elle."


def excuser_campagne(
    *, campagne: Campagne, motif: MotifExcuses, par: Agent, maintenant: Callable[[], datetime],
    taille: int = TAILLE_LOT,
) -> int:  # fmt: skip
    """Withdraw, lot by lot, the appointments already told by a cancelled campaign, with apologies. Returns how many.

    Raises:
        CampagneImpossible: the campaign is not cancelled: its convocations stand.
    """
    total = 0
    while faites := excuser_lot(campagne=campagne, motif=motif, par=par, le=maintenant(), taille=taille):
        total += faites
    return total


@transaction.atomic
def excuser_lot(*, campagne: Campagne, motif: MotifExcuses, par: Agent, le: datetime, taille: int = TAILLE_LOT) -> int:
    """One lot, all or none. Run again after a cut, it finds only those who were not written to."""
    fraiche = verrouiller_campagne(campagne)
    if fraiche.etat != EtatCampagne.ANNULEE:
        raise CampagneImpossible("Annulez d'abord la campagne : ses convocations sont encore valables.")
    lignes = list(encore_attendues(fraiche, le=le)[:taille])
    ids = [x.personne_id for x in lignes]
    list(Personne.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))
    encore = set(encore_attendues(fraiche, le=le).filter(pk__in=[x.pk for x in lignes]).values_list("pk", flat=True))
    lignes = [x for x in lignes if x.pk in encore]
    annuler_rendez_vous([x.rendez_vous for x in lignes if x.rendez_vous is not None], par=par, le=le)
    joignables = canaux_ouverts(personnes=ids, genre=GenreCourrier.EXCUSES, au=jour(le), ordre=ORDRE)
    a_ecrire = [x for x in lignes if x.courrier is not None and joignables[x.personne_id].canal is not None]
    emission = emettre_lot(
        lettres=[_lettre(x, joignables[x.personne_id], motif) for x in a_ecrire], genre=GenreCourrier.EXCUSES, par=par,
        le=le,
    )  # fmt: skip
    ecrites = {x.pk for rang, x in enumerate(a_ecrire) if rang not in emission.refus}
    _noter(lignes, ecrites)
    return len(lignes)


def encore_attendues(campagne: Campagne, *, le: datetime) -> QuerySet[CampagneLigne]:
    """People of the campaign whose appointment is still expected."""
    return (
        campagne.lignes.filter(
            etat=EtatLigne.CONVOQUEE, rendez_vous__statut=StatutRendezVous.PREVU, rendez_vous__debut__gt=le
        )
        .select_related("rendez_vous", "courrier")
        .order_by("rang", "pk")
    )


def _lettre(x: CampagneLigne, choix: ChoixCanal, motif: MotifExcuses) -> LettreAEcrire:
    errone = x.courrier
    assert errone is not None  # noqa: S101 - the caller keeps those who were written to
    assert choix.canal is not None  # noqa: S101 - and those who can be
    return LettreAEcrire(
        personne_id=x.personne_id, canal=choix.canal, par_representant=choix.par_representant,
        objet_type=OBJET_COURRIER, objet_id=errone.pk,
        donnees={
            "departement": errone.donnees["departement"],
            "excuses": {
                "le": date_fr(jour(errone.cree_le), avec_jour=False), "courrier": motif.courrier,
                "erreur": motif.description, "precision": "",
            },
        },
    )  # fmt: skip


def _noter(lignes: Sequence[CampagneLigne], ecrites: set[int]) -> None:
    for x in lignes:
        x.etat, x.raison, x.creneau, x.suite = EtatLigne.ANNULEE, ECRITES if x.pk in ecrites else MUETTES, None, None
    CampagneLigne.objects.bulk_update(lignes, ["etat", "raison", "creneau", "suite"])
