"""Preparing a campaign: whom, in which days, by which way; then slots given in one go, and what is lacking told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.rendezvous.enums import (
    EtatCampagne,
    EtatLigne,
    GenreRendezVous,
    ModaliteRendezVous,
    OrdreCampagne,
    RefusCampagne,
)
from cordee.metier.rendezvous.models import Campagne, CampagneLigne, Lieu, Plage
from cordee.metier.rendezvous.regles.campagne import Penurie, Place, ordonner, penuries, planifier
from cordee.metier.rendezvous.regles.campagne_etats import MODIFIABLES, CampagneImpossible, passer
from cordee.metier.rendezvous.regles.plages import DUREE_ORDINAIRE
from cordee.metier.rendezvous.selectors.campagne_besoins import (
    ORDRES,
    Etude,
    etudier,
    places_libres,
    structures_communes,
    voisines,
)
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import jour

MAXIMUM = 20_000
LOT_ECRITURE = 2000
MATIN, APRES_MIDI = (time(9), time(12)), (time(13, 30), time(16, 30))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglages:
    """When, where, in which order and how: what one may change as long as nothing was sent."""

    genre: GenreRendezVous = GenreRendezVous.ORIENTATION
    modalite: ModaliteRendezVous | str = ""
    delai_ouvres: int = 10
    preavis_courrier: int = 5
    preavis_message: int = 2
    ordre: OrdreCampagne = OrdreCampagne.URGENCE
    par_semaine: int | None = None
    debordement: bool = False
    accessibles: bool = False
    canal_prefere: Canal = Canal.COURRIER


@dataclass(frozen=True, slots=True)
class OffreStructure:
    """Room and need of one structure, as they stood when slots were given."""

    structure: int | None
    besoin: int = 0
    libres: int = 0
    places: int = 0
    recues: int = 0
    manque: int = 0
    demi_journees: int = 0


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a preparation found. ``refus``: people by reason; ``offre``: by structure, the greatest lack first."""

    personnes: int
    planifiees: int
    sans_place: int
    refus: dict[str, int] = field(default_factory=dict)
    canaux: dict[str, int] = field(default_factory=dict)
    offre: tuple[OffreStructure, ...] = ()


@transaction.atomic
def creer_campagne(
    *, libelle: str, personnes: Collection[int], criteres: dict[str, Any], par: Agent, le: datetime,
    reglages: Reglages | None = None,
) -> Campagne:  # fmt: skip
    """A campaign for these people, with slots given at once. Nothing is sent.

    Args:
        personnes: ids, already within the reach of the agent.
        criteres: how they were chosen, to be shown and done again.

    Raises:
        CampagneImpossible: nobody, too many, or settings that leave no day.
    """
    ids = list(dict.fromkeys(personnes))
    if not ids:
        raise CampagneImpossible("Aucune personne ne correspond : élargissez les filtres, ou cochez des personnes.")
    if len(ids) > MAXIMUM:
        raise CampagneImpossible(f"Une campagne compte {MAXIMUM} personnes au plus : ajoutez un filtre.")
    reglages = reglages or Reglages()
    campagne = Campagne(
        libelle=libelle.strip()[:120] or "Campagne", criteres=criteres, cree_le=le, cree_par=par,
        graine=int(le.timestamp()) % 2_147_483_647,
    )  # fmt: skip
    _poser(campagne, reglages, le=le)
    enregistrer(campagne)
    preparer_campagne(campagne=campagne, personnes=ids, par=par, le=le)
    campagne.refresh_from_db()
    return campagne


@transaction.atomic
def regler_campagne(
    *, campagne: Campagne, version: int, reglages: Reglages, par: Agent, le: datetime, libelle: str = ""
) -> Bilan:
    """Change the settings, and give slots again.

    Raises:
        CampagneImpossible: it was sent, or the settings leave no day.
        DonneesPerimees: somebody changed it meanwhile.
    """
    fraiche = verrouiller_campagne(campagne)
    if fraiche.version != version:
        raise DonneesPerimees("Cette campagne a changé entre-temps : vérifiez-la avant de la modifier.")
    exiger_modifiable(fraiche)
    _poser(fraiche, reglages, le=le)
    if libelle.strip():
        fraiche.libelle = libelle.strip()[:120]
    enregistrer(fraiche)
    return preparer_campagne(campagne=fraiche, par=par, le=le)


@transaction.atomic
def preparer_campagne(*, campagne: Campagne, par: Agent, le: datetime, personnes: Sequence[int] | None = None) -> Bilan:
    """Give slots again from what is free and known now. A number of queries that does not grow with the people.

    Args:
        personnes: the people, when they are new; those of the campaign otherwise (whoever was taken out stays out).

    Raises:
        CampagneImpossible: it was sent already.
    """
    fraiche = verrouiller_campagne(campagne)
    exiger_modifiable(fraiche)
    actives = fraiche.lignes.exclude(etat=EtatLigne.RETIREE)
    ids = list(personnes) if personnes is not None else list(actives.values_list("personne_id", flat=True))
    etude = etudier(campagne=fraiche, personnes=ids, le=le)
    places = places_libres(campagne=fraiche, besoins=etude.besoins, pour=par, le=le)
    lignes = _planifier(fraiche, etude, places, ids, au=jour(le))
    actives.delete()
    CampagneLigne.objects.bulk_create(lignes, batch_size=LOT_ECRITURE)
    bilan = _bilan(fraiche, etude, lignes, places)
    fraiche.etat = EtatCampagne.PRETE if bilan.planifiees else EtatCampagne.BROUILLON
    fraiche.offre = {"structures": [asdict(o) for o in bilan.offre], "refus": bilan.refus, "canaux": bilan.canaux}
    fraiche.preparee_le, fraiche.version = le, fraiche.version + 1
    enregistrer(fraiche, champs=["etat", "offre", "preparee_le", "version"])
    return bilan


@transaction.atomic
def retirer_de_campagne(*, campagne: Campagne, personnes: Collection[int], par: Agent, le: datetime) -> int:
    """Take people out before anything is sent: their slots go to others at the next preparation."""
    fraiche = verrouiller_campagne(campagne)
    exiger_modifiable(fraiche)
    return (
        fraiche.lignes.filter(personne__in=personnes)
        .exclude(etat=EtatLigne.RETIREE)
        .update(etat=EtatLigne.RETIREE, creneau=None, suite=None, debut=None)
    )


@transaction.atomic
def ouvrir_demi_journees(
    *, campagne: Campagne, structure: Structure, nombre: int, premier_jour: date, par: Agent, le: datetime,
    places: int = 1, lieu: Lieu | None = None,
) -> list[Plage]:  # fmt: skip
    """Open that many half-days where slots lack, one after the other from a day on; then slots are given again.

    Mornings are from 9:00 to 12:00, afternoons from 13:30 to 16:30, on working days.

    Raises:
        CampagneImpossible: a day in the past or too late for the campaign, no half-day.
        AgendaRefuse: as ``ouvrir_plage``.
    """
    fraiche = verrouiller_campagne(campagne)
    exiger_modifiable(fraiche)
    if nombre < 1:
        raise CampagneImpossible("Indiquez au moins une demi-journée à ouvrir.")
    if premier_jour <= jour(le):
        raise CampagneImpossible("Choisissez un jour à venir : les créneaux passés ne servent à personne.")
    if premier_jour > ajouter_jours_ouvres(jour(le), fraiche.delai_ouvres):
        raise CampagneImpossible("Ce jour est après la fin de la campagne : avancez-le, ou allongez le délai.")
    genre = GenreRendezVous(fraiche.genre)
    modalite = ModaliteRendezVous(fraiche.modalite or ModaliteRendezVous.PHYSIQUE)
    plages = []
    le_jour = ajouter_jours_ouvres(premier_jour - timedelta(days=1), 1)
    for rang in range(nombre):
        de, a = (MATIN, APRES_MIDI)[rang % 2]
        plages.append(
            ouvrir_plage(
                structure=structure, genre=genre, modalite=modalite, jour_semaine=le_jour.weekday(), de=de, a=a,
                duree_minutes=DUREE_ORDINAIRE[genre], debut=le_jour, fin=le_jour + timedelta(days=1), places=places,
                lieu=lieu, par=par, le=le,
            )
        )  # fmt: skip
        if rang % 2:
            le_jour = ajouter_jours_ouvres(le_jour, 1)
    preparer_campagne(campagne=fraiche, par=par, le=le)
    return plages


# Parts --------------------------------------------------------------------------------------------------------------
def verrouiller_campagne(campagne: Campagne) -> Campagne:
    """The campaign, locked until the end of the transaction."""
    return Campagne.objects.select_for_update(of=("self",), no_key=True).get(pk=campagne.pk)


def exiger_modifiable(campagne: Campagne) -> None:
    """Raises ``CampagneImpossible`` once something was sent."""
    if EtatCampagne(campagne.etat) not in MODIFIABLES:
        raise CampagneImpossible(
            f"Cette campagne est « {EtatCampagne(campagne.etat).libelle.lower()} » : elle ne se modifie plus."
        )


def changer_etat(campagne: Campagne, vers: EtatCampagne, **champs: Any) -> None:
    """Move a locked campaign along its table of states."""
    campagne.etat = passer(EtatCampagne(campagne.etat), vers)
    campagne.version += 1
    for nom, valeur in champs.items():
        setattr(campagne, nom, valeur)
    enregistrer(campagne, champs=["etat", "version", *champs])


def _poser(campagne: Campagne, r: Reglages, *, le: datetime) -> None:
    """Write the settings, once they leave a day."""
    if r.canal_prefere not in ORDRES:
        raise CampagneImpossible("Choisissez le courrier, le SMS ou le courriel.")
    preavis = r.preavis_courrier if r.canal_prefere is Canal.COURRIER else r.preavis_message
    if r.delai_ouvres < max(preavis, 1):
        raise CampagneImpossible(
            f"Le délai de {r.delai_ouvres} jours ouvrés est plus court que le préavis de {preavis} jours : "
            "aucun rendez-vous ne serait possible. Allongez le délai, ou prévenez par message."
        )
    for nom, valeur in asdict(r).items():
        setattr(campagne, nom, valeur)


def _planifier(
    campagne: Campagne, etude: Etude, places: Sequence[Place], ids: Sequence[int], *, au: date
) -> list[CampagneLigne]:
    """One row per person, in the order in which slots were given; those who cannot be convened come last."""
    ordre = ordonner(etude.besoins, OrdreCampagne(campagne.ordre), graine=campagne.graine)
    structures = {p.structure for p in places} | {b.structure for b in ordre if b.structure is not None}
    plan = planifier(
        ordre, places, communes=structures_communes(au=au), par_semaine=campagne.par_semaine or 0,
        voisines=voisines(structures) if campagne.debordement else None,
    )  # fmt: skip
    poses = {p.personne: p for p in plan.placements}
    lignes = []
    for rang, b in enumerate(ordre):
        ligne = CampagneLigne(
            campagne=campagne, personne_id=b.personne, rang=rang, secteur_id=b.structure, canal=etude.canaux[b.personne]
        )
        pose = poses.get(b.personne)
        if pose is None:
            ligne.etat = EtatLigne.SANS_PLACE
        else:
            ligne.etat, ligne.structure_id, ligne.debut = EtatLigne.PLANIFIEE, pose.structure, pose.debut
            ligne.creneau_id, ligne.suite_id, ligne.debordement = pose.place, pose.suite, pose.debordement
        lignes.append(ligne)
    for pk in sorted(set(ids) & etude.refus.keys()):
        refus, raison = etude.refus[pk]
        lignes.append(
            CampagneLigne(
                campagne=campagne, personne_id=pk, rang=len(lignes), secteur_id=etude.secteurs.get(pk),
                etat=EtatLigne.REFUSEE, refus=refus, raison=raison,
            )
        )  # fmt: skip
    return lignes


def _bilan(campagne: Campagne, etude: Etude, lignes: Sequence[CampagneLigne], places: Sequence[Place]) -> Bilan:
    par_etat = Counter(EtatLigne(ligne.etat) for ligne in lignes)
    besoin = Counter(b.structure for b in etude.besoins)
    libres: Counter[int | None] = Counter()
    for place in places:
        libres[place.structure] += place.libres
    chez_elles = Counter(x.secteur_id for x in lignes if x.etat == EtatLigne.PLANIFIEE)
    recues = Counter(x.structure_id for x in lignes if x.etat == EtatLigne.PLANIFIEE)
    en_manque = {x.personne_id for x in lignes if x.etat == EtatLigne.SANS_PLACE}
    manques: dict[int | None, Penurie] = {
        p.structure: p
        for p in penuries(
            (b for b in etude.besoins if b.personne in en_manque),
            minutes=DUREE_ORDINAIRE[GenreRendezVous(campagne.genre)],
        )
    }
    offre = [
        OffreStructure(
            structure=s, besoin=besoin[s], libres=libres[s], places=chez_elles[s], recues=recues[s],
            manque=manques[s].manque if s in manques else 0,
            demi_journees=manques[s].demi_journees if s in manques else 0,
        )
        for s in {*besoin, *recues}
    ]  # fmt: skip
    offre.sort(key=lambda o: (-o.manque, -o.besoin, o.structure or 0))
    return Bilan(
        personnes=len(lignes), planifiees=par_etat[EtatLigne.PLANIFIEE], sans_place=par_etat[EtatLigne.SANS_PLACE],
        refus=dict(Counter(RefusCampagne(x.refus).value for x in lignes if x.refus)),
        canaux=dict(Counter(Canal(x.canal).value for x in lignes if x.etat == EtatLigne.PLANIFIEE)),
        offre=tuple(offre),
    )  # fmt: skip
