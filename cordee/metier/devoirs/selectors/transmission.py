"""What is to be told to a paying body, what was, and what its files answered (E21–E23)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q, QuerySet

from cordee.metier.devoirs.enums import EtatTransmission, GenreLigne, NatureMesure, StatutMesure
from cordee.metier.devoirs.models import EchoCaisse, FluxConventionne, LigneCaisse, ListeCaisse, MesureDecidee
from cordee.metier.devoirs.regles.transmission import (
    EN_COURS,
    ENTIER,
    Effet,
    effet,
    genre_de_fin,
    mois_de_liste,
    parts_plafonnees,
    premier_du_mois,
    premier_mois_rembourse,
    rappel_du,
)
from cordee.metier.organismes.models import Agent, Convention, en_cours
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Appartenance, DroitFoyer, Foyer, OrganismePayeur
from cordee.metier.personnes.selectors import ids_des_groupes, q_visibles
from cordee.metier.personnes.selectors.fiche import choisir_appartenance
from cordee.reglementation.parametres import entier
from cordee.reglementation.regimes import Foyer as FoyerDeDroit
from cordee.reglementation.regimes import RegimeInconnu, plafond_du_foyer, regime, regime_au

DEMANDENT: Final = (GenreLigne.APPLIQUER, GenreLigne.PLAFONNER, GenreLigne.FIN_DE_DROIT)
DEFONT: Final = (GenreLigne.LEVER, GenreLigne.ANNULER)
POUR_LA_PERSONNE: Final = frozenset({GenreLigne.LEVER, GenreLigne.ANNULER, GenreLigne.PLAFONNER})
"""What may go out urgently: what gives back. What withholds waits for the list of the month."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A household as the cap looks at it, and since when (month of the last arrival; ``None``: the measure's start)."""

    personnes: int
    majore: bool
    depuis: date | None = None


@dataclass(frozen=True, slots=True)
class ATransmettre:
    """One line to be made."""

    mesure: MesureDecidee
    foyer: Foyer
    genre: GenreLigne
    part: int | None
    montant: Decimal | None
    effet: Effet
    rappel_du: date | None = None


# What is to be told ---------------------------------------------------------------------------------------------------
def mois_a_preparer(*, au: date) -> date:
    """The month of the list that a decision of today goes out with."""
    return mois_de_liste(au, jour=entier("liste_caisse_jour", au=au))


def a_transmettre(*, organisme: OrganismePayeur, liste: date, au: date | None = None) -> list[ATransmettre]:
    """All that a body must be told on the list of a month, decisions in order. A constant number of queries.

    Args:
        au: the day it is prepared: what is notified later waits for the next one.

    A decision is told once it is notified; a lifting, a cancellation or a cap only of what the body was asked to apply.
    """
    mesures = list(_mesures_a_suivre(au))
    foyers = foyers_de(m.personne_id for m in mesures)
    siennes = [m for m in mesures if m.personne_id in foyers and foyers[m.personne_id].organisme_id == organisme.pk]
    lignes = lignes_par_mesure(m.pk for m in siennes)
    parts = parts_permises(siennes, foyers=foyers)
    trouvees = []
    for mesure in siennes:
        ligne = _a_dire(mesure, foyers[mesure.personne_id], lignes.get(mesure.pk, []), parts.get(mesure.pk), liste)
        if ligne is not None:
            trouvees.append(ligne)
    return trouvees


def _mesures_a_suivre(au: date | None) -> QuerySet[MesureDecidee]:
    """Decisions not told yet (those the former tool did not send, too), and those told, which may have ended."""
    dites = Q(lignes__etat__in=[str(etat) for etat in EN_COURS])
    notifiee = Q(notifiee_le__isnull=False) if au is None else Q(notifiee_le__lte=au)
    reprise = Q(procedure__isnull=True, notifiee_le__isnull=True) & (Q() if au is None else Q(decidee_le__lte=au))
    a_dire = Q(statut=StatutMesure.DECIDEE, transmise_le__isnull=True) & (notifiee | reprise)
    pks = MesureDecidee.objects.filter(a_dire | dites).values("pk")
    return MesureDecidee.objects.filter(pk__in=pks).order_by("debut", "pk")


def _a_dire(
    mesure: MesureDecidee, foyer: Foyer, lignes: list[LigneCaisse], permise: tuple[int, date | None] | None, liste: date
) -> ATransmettre | None:
    """The line a measure calls for, if any."""
    dites = [x for x in lignes if EtatTransmission(x.etat) in EN_COURS]
    demande = next((x for x in reversed(dites) if x.genre in DEMANDENT), None)
    finie = mesure.statut != StatutMesure.DECIDEE
    if finie:
        defaite = any(x.genre in DEFONT for x in dites)
        return None if demande is None or defaite else _fin(mesure, foyer, demande, liste)
    part = mesure.taux if permise is None else permise[0]
    if demande is None:
        mois = effet(debut=mesure.debut, fin=mesure.fin, liste=liste)
        if mois is None or part == 0:
            return None
        genre = GenreLigne.FIN_DE_DROIT if mesure.nature == NatureMesure.FIN_DE_DROIT else GenreLigne.APPLIQUER
        return ATransmettre(mesure, foyer, genre, part, mesure.montant, mois)
    if part is not None and demande.part is not None and part < demande.part and permise is not None:
        return _plafond(mesure, foyer, demande, permise, liste)
    return None


def _fin(mesure: MesureDecidee, foyer: Foyer, demande: LigneCaisse, liste: date) -> ATransmettre | None:
    """Lifted or cancelled: nothing is said of a measure that had ended by itself."""
    annulee = mesure.statut == StatutMesure.ANNULEE
    quand = mesure.annulee_le if annulee else mesure.levee_le
    if quand is None or (not annulee and demande.jusquau is not None and premier_du_mois(quand) >= demande.jusquau):
        return None
    premier = demande.effet if annulee else max(premier_du_mois(quand), demande.effet)
    rembourse = quand if annulee else premier_mois_rembourse(quand, mois=mesure.retroactif_mois)
    rappel = rappel_du(leve_le=rembourse, effet=demande.effet, liste=liste, annulation=annulee)
    return ATransmettre(
        mesure, foyer, genre_de_fin(annulee=annulee), 0, None, Effet(premier, None), rappel_du=rappel
    )  # fmt: skip


def _plafond(
    mesure: MesureDecidee, foyer: Foyer, demande: LigneCaisse, permise: tuple[int, date | None], liste: date
) -> ATransmettre | None:
    """From the month the household changed, even when that month is over: what was withheld above is paid back."""
    part, depuis = permise
    premier = max(depuis or demande.effet, demande.effet)
    if demande.jusquau is not None and premier >= demande.jusquau:
        return None
    rappel = premier if premier < liste else None
    return ATransmettre(
        mesure, foyer, GenreLigne.PLAFONNER, part, None, Effet(premier, demande.jusquau), rappel_du=rappel
    )


# Households -----------------------------------------------------------------------------------------------------------
def foyers_de(personnes: Iterable[int]) -> dict[int, Foyer]:
    """Person's row → the household that counts for her today, merged rows included: two queries."""
    ids = sorted(set(personnes))
    groupes = ids_des_groupes(ids)
    qui = {rangee: pk for pk, groupe in groupes.items() for rangee in groupe}
    places: defaultdict[int, list[Appartenance]] = defaultdict(list)
    ouvertes = Appartenance.objects.filter(personne__in=list(qui), fin__isnull=True)
    for place in ouvertes.select_related("foyer", "foyer__organisme"):
        places[qui[place.personne_id]].append(place)
    retenues = {pk: choisir_appartenance(liste) for pk, liste in places.items()}
    return {pk: place.foyer for pk, place in retenues.items() if place is not None}


def compositions(foyers: Collection[int], *, depuis: Mapping[int, date] | None = None) -> dict[int, Composition]:
    """Household → how many people it counts today, whether its allowance is increased, since when: two queries.

    Args:
        depuis: household → first day looked at: an arrival before it is no change.
    """
    membres: defaultdict[int, list[date]] = defaultdict(list)
    places = Appartenance.objects.filter(foyer__in=foyers, fin__isnull=True)
    comptees = places.exclude(a_charge=False, role__in=(RoleFoyer.ENF, RoleFoyer.AUT))
    for foyer_id, debut, naissance in comptees.values_list("foyer_id", "debut", "personne__date_naissance"):
        limite = (depuis or {}).get(foyer_id)
        nee = naissance is not None and limite is not None and naissance >= limite
        membres[foyer_id].append(naissance if nee and naissance else debut)
    droits = DroitFoyer.objects.filter(foyer__in=foyers, fin__isnull=True).values_list("foyer_id", "detail", "debut")
    majores = {foyer_id: debut for foyer_id, detail, debut in droits if _majore(detail)}
    rendues = {}
    for foyer_id, arrivees in membres.items():
        limite = (depuis or {}).get(foyer_id)
        recentes = [d for d in arrivees if limite is not None and d >= limite]
        if not recentes and foyer_id in majores and limite is not None and majores[foyer_id] >= limite:
            recentes = [majores[foyer_id]]
        mois = premier_du_mois(min(recentes)) if recentes else None
        rendues[foyer_id] = Composition(len(arrivees), foyer_id in majores, mois)
    return rendues


def _majore(detail: Mapping[str, object]) -> bool:
    """Whether the calculation is the increased one (``NATPF`` RSI or RCI)."""
    droit = detail.get("DetailDroitRSA")
    calculs = droit.get("DetailCalculDroitRSA", []) if isinstance(droit, dict) else []
    blocs = calculs if isinstance(calculs, list) else [calculs]
    return any(isinstance(b, dict) and b.get("NATPF") in ("RSI", "RCI") for b in blocs)


def parts_permises(
    mesures: Iterable[MesureDecidee], *, foyers: Mapping[int, Foyer]
) -> dict[int, tuple[int, date | None]]:
    """Measure → the part the cap of its household allows today, and since which month it does (E21).

    Measures of one household are taken in the order of their decisions: their sum stays under the cap.
    """
    en_vigueur = [m for m in mesures if m.statut == StatutMesure.DECIDEE and m.taux]
    par_foyer: defaultdict[int, list[MesureDecidee]] = defaultdict(list)
    for mesure in en_vigueur:
        par_foyer[foyers[mesure.personne_id].pk].append(mesure)
    depuis = {pk: min(m.debut for m in liste) for pk, liste in par_foyer.items()}
    etats = compositions(list(par_foyer), depuis=depuis)
    permises: dict[int, tuple[int, date | None]] = {}
    for pk, liste in par_foyer.items():
        etat = etats.get(pk)
        if etat is None:
            continue
        ordre = sorted(liste, key=lambda m: (m.decidee_le, m.pk))
        plafond = plafond_de(ordre[0], etat)
        permises |= {
            m.pk: (part, etat.depuis)
            for m, part in zip(ordre, parts_plafonnees([m.taux or 0 for m in ordre], plafond=plafond), strict=True)
        }
    return permises


def plafond_de(mesure: MesureDecidee, etat: Composition) -> int | None:
    """The cap of a household in percent, under the regime of the decision; ``None``: none."""
    connu = mesure.regime or _regime_du(mesure.decidee_le)
    if not connu:
        return None
    try:
        trouve = plafond_du_foyer(FoyerDeDroit(max(etat.personnes, 1), etat.majore), regime=connu, au=mesure.decidee_le)
    except RegimeInconnu:
        return None
    return int(trouve.part * ENTIER) if trouve else None


def _regime_du(jour: date) -> str:
    try:
        return regime_au(jour).id
    except RegimeInconnu:
        return ""


def base_du_mois(mesure: MesureDecidee) -> bool:
    """Whether the share is one of each month's allowance (E22)."""
    try:
        assiette = regime(mesure.regime or _regime_du(mesure.decidee_le)).assiette
    except RegimeInconnu:
        return False
    return str(assiette) == "chaque_mois"


# Lists ----------------------------------------------------------------------------------------------------------------
def lignes_par_mesure(mesures: Iterable[int]) -> dict[int, list[LigneCaisse]]:
    """Measure → what was said of it, oldest first."""
    lignes: defaultdict[int, list[LigneCaisse]] = defaultdict(list)
    for ligne in LigneCaisse.objects.filter(mesure__in=list(mesures)).order_by("pk"):
        lignes[ligne.mesure_id].append(ligne)
    return lignes


def listes(*, au: date, organisme: OrganismePayeur | None = None) -> QuerySet[ListeCaisse]:
    """Every list, latest first, with how many lines it holds and how they ended. The caller has ``INSTRUIRE``."""
    compte = {
        etat.value: Count("lignes", filter=Q(lignes__etat=etat.value))
        for etat in EtatTransmission
    }  # fmt: skip
    toutes = ListeCaisse.objects.select_related("organisme", "convention").annotate(
        total=Count("lignes"), **{f"nb_{cle}": valeur for cle, valeur in compte.items()}
    )
    return toutes.filter(organisme=organisme) if organisme else toutes


def lignes_de(
    liste: ListeCaisse, *, pour: Agent, au: date, droits: Habilitation | None = None
) -> QuerySet[LigneCaisse]:
    """The lines of a list on the people this agent may see, by name."""
    visibles = q_visibles("mesure__personne", pour=pour, au=au, droits=droits)
    return (
        LigneCaisse.objects.filter(visibles, liste=liste)
        .select_related("mesure", "mesure__personne")
        .order_by("mesure__personne__nom", "mesure__personne__prenom", "pk")
    )


def convention_du_flux(organisme: OrganismePayeur, *, au: date) -> Convention | None:
    """The convention in force that authorises the exchange (REQ-24), the latest one; ``None``: none is registered."""
    liens = FluxConventionne.objects.filter(en_cours(au, "convention__"), organisme=organisme)
    lien = liens.select_related("convention").order_by("-convention__debut", "-pk").first()
    return lien.convention if lien else None


def echos(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[EchoCaisse]:
    """What the last files say of each decision, on the people this agent may see."""
    visibles = q_visibles("mesure__personne", pour=pour, au=au, droits=droits)
    return EchoCaisse.objects.filter(visibles).select_related("mesure", "mesure__personne", "foyer__organisme")


def echos_des_mesures(mesures: Iterable[int]) -> dict[int, EchoCaisse]:
    """Measure → what the last file says of it."""
    return {e.mesure_id: e for e in EchoCaisse.objects.filter(mesure__in=list(mesures))}


def en_attente_de(organisme: OrganismePayeur) -> set[int]:
    """Measures whose line is ready since a household changed (E21), and goes on the next list of the body."""
    lignes = LigneCaisse.objects.filter(
        liste__isnull=True, etat=EtatTransmission.PREPAREE, foyer__organisme=organisme,
        mesure__statut=StatutMesure.DECIDEE,
    )  # fmt: skip
    return set(lignes.values_list("mesure", flat=True))
