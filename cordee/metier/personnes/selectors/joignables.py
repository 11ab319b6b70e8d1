"""Where many people live and how they may be reached, read at once: the facts a sending of thousands decides on.

Same answers as ``adresse_courante``, ``contact_utilisable``, ``representants_courants`` and ``envois_bloques``, in a
number of queries that does not depend on how many people are asked about. No perimeter is checked here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from cordee.metier.organismes.models import en_cours
from cordee.metier.personnes.enums import StatutArbitrage
from cordee.metier.personnes.models import Adresse, Appartenance, Arbitrage, Contact, Personne, Representant
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.personnes.selectors.fiche import A_ARBITRER, DECEDEE, choisir_appartenance


@dataclass(slots=True)
class Coordonnees:
    """What is known of one person on a day, the rows merged into her included.

    ``blocage``: why nothing may leave (``envois_bloques``). ``du_foyer``: values of her contacts that another member
    of her household has too. ``d_un_tiers``: values that someone of another household has (R44).
    """

    personne: Personne
    groupe: list[int]
    foyer_id: int | None = None
    adresse: Adresse | None = None
    blocage: str = ""
    contacts: list[Contact] = field(default_factory=list)
    representants: list[Representant] = field(default_factory=list)
    du_foyer: set[str] = field(default_factory=set)
    d_un_tiers: set[str] = field(default_factory=set)


def coordonnees_de(*, personnes: Iterable[int], au: date) -> dict[int, Coordonnees]:
    """By id asked for. A row merged into another answers for the one she is now; unknown ids are left out."""
    demandees = dict(Personne.objects.filter(pk__parmi=Ids(personnes)).values_list("pk", "canonique_id"))
    canoniques = {pk: canonique or pk for pk, canonique in demandees.items()}
    fiches = {p.pk: Coordonnees(p, [p.pk]) for p in Personne.objects.filter(pk__parmi=Ids(canoniques.values()))}
    qui = {pk: pk for pk in fiches}
    reunies = Personne.objects.filter(canonique__parmi=Ids(fiches)).order_by("pk")
    for pk, canonique in reunies.values_list("pk", "canonique_id"):
        qui[pk] = canonique  # type: ignore[assignment]
        fiches[canonique].groupe.append(pk)  # type: ignore[index]
    _bloquer(fiches, qui)
    membres = _foyers(fiches, qui)
    _adresses(fiches, qui, au)
    for representant in Representant.objects.filter(en_cours(au), personne__parmi=Ids(qui)).order_by("debut", "pk"):
        fiches[qui[representant.personne_id]].representants.append(representant)
    _contacts(fiches, qui, membres, au)
    return {pk: fiches[canonique] for pk, canonique in canoniques.items()}


def _bloquer(fiches: dict[int, Coordonnees], qui: dict[int, int]) -> None:
    for pk in a_arbitrer(Ids(qui)):
        if pk in qui:
            fiches[qui[pk]].blocage = A_ARBITRER
    for fiche in fiches.values():
        if fiche.personne.deces_le:
            fiche.blocage = DECEDEE


def a_arbitrer(ids: Ids) -> set[int]:
    """Rows of open arbitrations that touch these people, both sides: nothing is sent to either."""
    ouverts = Arbitrage.objects.filter(
        Q(personne__parmi=ids) | Q(candidate__parmi=ids), statut=StatutArbitrage.OUVERT
    ).values_list("personne_id", "candidate_id")
    return {pk for paire in ouverts for pk in paire}


def _foyers(fiches: dict[int, Coordonnees], qui: dict[int, int]) -> dict[int, set[int]]:
    """Each person's household; returns the canonical members of each."""
    siennes: defaultdict[int, list[Appartenance]] = defaultdict(list)
    lignes = Appartenance.objects.filter(fin__isnull=True, personne__parmi=Ids(qui)).select_related("foyer")
    for ligne in lignes:
        siennes[qui[ligne.personne_id]].append(ligne)
    for pk, ouvertes in siennes.items():
        retenue = choisir_appartenance(ouvertes)
        fiches[pk].foyer_id = retenue.foyer_id if retenue else None
    membres: defaultdict[int, set[int]] = defaultdict(set)
    foyers = Ids(f.foyer_id for f in fiches.values() if f.foyer_id)
    tous = Appartenance.objects.filter(fin__isnull=True, foyer__parmi=foyers)
    for foyer, pk, canonique in tous.values_list("foyer_id", "personne_id", "personne__canonique_id"):
        membres[foyer].add(canonique or pk)
    return membres


def _adresses(fiches: dict[int, Coordonnees], qui: dict[int, int], au: date) -> None:
    par_foyer: defaultdict[int, list[Coordonnees]] = defaultdict(list)
    for fiche in fiches.values():
        if fiche.foyer_id:
            par_foyer[fiche.foyer_id].append(fiche)
    lignes = Adresse.objects.filter(
        en_cours(au), Q(personne__parmi=Ids(qui)) | Q(foyer__parmi=Ids(par_foyer))
    ).select_related("domiciliataire", "domiciliataire__commune", "commune")
    connues: defaultdict[int, list[Adresse]] = defaultdict(list)
    for adresse in lignes:
        vises = par_foyer[adresse.foyer_id] if adresse.foyer_id else [fiches[qui[adresse.personne_id]]]  # type: ignore[index]
        for fiche in vises:
            connues[fiche.personne.pk].append(adresse)
    for pk, adresses in connues.items():
        fiches[pk].adresse = max(
            adresses, key=lambda a: (a.debut, -(a.personne_id or float("inf")), -a.rang, a.pk)
        )  # fmt: skip


def _contacts(fiches: dict[int, Coordonnees], qui: dict[int, int], membres: dict[int, set[int]], au: date) -> None:
    """Her contacts, and which of their values other people have."""
    valeurs: defaultdict[str, set[int]] = defaultdict(set)
    for contact in Contact.objects.filter(en_cours(au), personne__parmi=Ids(qui)):
        fiches[qui[contact.personne_id]].contacts.append(contact)
        valeurs[contact.valeur].add(qui[contact.personne_id])
    memes = Contact.objects.filter(en_cours(au), valeur__in=list(valeurs))
    for valeur, pk, canonique in memes.values_list("valeur", "personne_id", "personne__canonique_id"):
        autre = canonique or pk
        for vise in valeurs[valeur] - {autre}:
            fiche = fiches[vise]
            du_foyer = autre in membres.get(fiche.foyer_id or 0, ())
            (fiche.du_foyer if du_foyer else fiche.d_un_tiers).add(valeur)
