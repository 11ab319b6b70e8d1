"""Batches of paper letters: gathered and sorted, put into a file, given to the post in one act, or undone (R10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import Canal, EtatRemise, MoyenRemise, StatutLot
from cordee.metier.courriers.models import Courrier, LotImpression, PliDeLot, SuiviRemise
from cordee.metier.courriers.regles import MOYENS_POSTAUX, cle_de_tri
from cordee.metier.courriers.selectors import blocages
from cordee.metier.courriers.services.emission import verifier_preuve
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

_PAR_REQUETE = 1000
FEUILLES_20_G = 3  # an A4 sheet of 80 g/m² weighs 5 g, so does the envelope


class LotImpossible(ErreurMetier):
    """The batch cannot be made, posted or cancelled this way."""


@dataclass(frozen=True, slots=True)
class Partie:
    """One part of the file of a batch, small enough to hold in memory and in a printer's tray.

    Pages are those of the whole file. ``page_blanche``: a blank page is to be added after it in the whole file, so
    that the next part starts on a front (``derniere_page`` counts it).
    """

    numero: int
    sur: int
    pdf: bytes
    premiere_page: int
    derniere_page: int
    plis: int
    page_blanche: bool = False


@dataclass(frozen=True, slots=True)
class Depart:
    """What ``poster`` did: letters noted as sent, and those that must not leave, with the reason of each."""

    envoyes: int
    retires: dict[int, str]


@transaction.atomic
def preparer_lot(
    *, courriers: QuerySet[Courrier], moyen: MoyenRemise, par: Agent, le: datetime, recto_verso: bool = True
) -> LotImpression:
    """Gather the waiting paper letters of one means, sorted by postal code then name.

    Letters already in a batch, gone or cancelled are left out, whatever the list says.

    Raises:
        LotImpossible: no letter is left to print.
    """
    moyen = MoyenRemise(moyen)
    if moyen not in MOYENS_POSTAUX:
        raise LotImpossible("Seuls les courriers qui partent par La Poste s'impriment en lot.")
    lignes = list(
        Courrier.objects.select_for_update(of=("self",))
        .filter(pk__in=courriers.order_by().values("pk"), etat="", annule_le__isnull=True, canal=Canal.COURRIER)
        .filter(moyen=moyen, pli__isnull=True)
        .only("pk", "code_postal", "destinataire")
    )
    if not lignes:
        raise LotImpossible("Aucun courrier à imprimer : ils sont déjà dans un lot, partis ou annulés.")
    lot = LotImpression.objects.create(
        moyen=moyen, recto_verso=recto_verso, plis=len(lignes), cree_le=le, cree_par=par
    )  # fmt: skip
    lignes.sort(key=lambda c: (*cle_de_tri(c.code_postal, c.destinataire), c.pk))
    PliDeLot.objects.bulk_create(
        [PliDeLot(lot=lot, courrier=c, rang=rang) for rang, c in enumerate(lignes, start=1)], batch_size=_PAR_REQUETE
    )
    return lot


def composer_lot(*, lot: LotImpression, le: datetime, taille: int = rendu.TAILLE_LOT) -> Iterator[Partie]:
    """The parts of the file, one at a time, each at most ``taille`` envelopes behind the page that counts them.

    Where each letter stands is stored once the last part is out.

    Raises:
        LotImpossible: posted or cancelled, or every letter of it was cancelled.
        CourrierAltere: a letter no longer matches its proof; nothing is put in the file.
    """
    if lot.statut == StatutLot.ANNULE:
        raise LotImpossible("Ce lot a été annulé : ses courriers attendent de nouveau.")
    plis = list(lot.lignes.select_related("courrier").filter(courrier__annule_le__isnull=True).order_by("rang"))
    if not plis:
        raise LotImpossible("Tous les courriers de ce lot ont été annulés : annulez le lot.")
    verifier_preuve([pli.courrier for pli in plis])
    lettres = [
        rendu.Lettre(
            reference=pli.courrier.donnees["reference"], modele=pli.courrier.genre, donnees=pli.courrier.donnees,
            code_postal=pli.courrier.code_postal, ordre=pli.rang, le=pli.courrier.cree_le,
        )
        for pli in plis
    ]  # fmt: skip
    pages: dict[str, tuple[int, int]] = {}
    decoupe: list[list[int]] = []
    total = 0
    for partie in rendu.lot_pdf(lettres, le=le, taille=taille, recto_verso=lot.recto_verso):
        pages |= {ref: (total + debut, total + fin) for ref, (debut, fin) in partie.pages.items()}
        blanche = lot.recto_verso and partie.nombre_pages % 2 == 1
        debut, total = total + 1, total + partie.nombre_pages + blanche
        decoupe.append([debut, total, len(partie.pages)])
        yield Partie(partie.numero, partie.sur, partie.pdf, debut, total, len(partie.pages), blanche)
    _noter_les_pages(lot, plis, pages, decoupe, le=le)


@transaction.atomic
def _noter_les_pages(
    lot: LotImpression, plis: Sequence[PliDeLot], pages: dict[str, tuple[int, int]], decoupe: list[list[int]],
    *, le: datetime,
) -> None:  # fmt: skip
    for pli in plis:
        pli.page_debut, pli.page_fin = pages[pli.courrier.donnees["reference"]]
    PliDeLot.objects.bulk_update(plis, ["page_debut", "page_fin"], batch_size=_PAR_REQUETE)
    frais = LotImpression.objects.select_for_update().get(pk=lot.pk)
    frais.pages, frais.decoupe, frais.compose_le, frais.erreur = decoupe[-1][1], decoupe, le, ""
    if frais.statut == StatutLot.A_COMPOSER:
        frais.statut = StatutLot.COMPOSE
    frais.save(update_fields=["pages", "decoupe", "compose_le", "erreur", "statut"])
    lot.refresh_from_db()


def noter_l_echec(*, lot: LotImpression, raison: str) -> None:
    """Why the files of a batch could not be made: told on its page."""
    LotImpression.objects.filter(pk=lot.pk).update(erreur=raison[:300])


@transaction.atomic
def poster(*, lot: LotImpression, le_jour: date, par: Agent, le: datetime) -> Depart:
    """The whole batch was given to the post that day: every letter of it is sent, in one act.

    A letter cancelled since the printing, or whose person may no longer be written to (death, identity in doubt), is
    left out and named: its envelope must be taken out of the pile.

    Raises:
        LotImpossible: already posted or cancelled, not printed yet, or the day is not possible.
    """
    frais = _ouvert(lot)
    if frais.statut != StatutLot.COMPOSE:
        raise LotImpossible("Le fichier de ce lot n'est pas encore prêt.")
    if not jour(frais.cree_le) <= le_jour <= jour(le):
        raise LotImpossible("Indiquez un jour entre celui du lot et aujourd'hui.")
    courriers = list(
        Courrier.objects.select_for_update(of=("self",))
        .filter(pli__lot=frais, etat="")
        .defer("donnees")
        .order_by("pli__rang")
    )
    retires = a_retirer(courriers)
    partis = [c for c in courriers if c.pk not in retires]
    SuiviRemise.objects.bulk_create(
        [SuiviRemise(courrier=c, etat=EtatRemise.ENVOYEE, le=le_jour, note_le=le, note_par=par) for c in partis],
        batch_size=_PAR_REQUETE,
    )
    Courrier.objects.filter(pk__in=[c.pk for c in partis]).update(etat=EtatRemise.ENVOYEE)
    PliDeLot.objects.filter(courrier__in=[c.pk for c in courriers if c.pk in retires]).delete()
    frais.statut, frais.poste_le, frais.poste_par, frais.plis = StatutLot.POSTE, le_jour, par, len(partis)
    frais.save(update_fields=["statut", "poste_le", "poste_par", "plis"])
    return Depart(len(partis), retires)


@transaction.atomic
def annuler_lot(*, lot: LotImpression, par: Agent, le: datetime) -> int:
    """Undo a batch that was not posted: its letters wait again. Returns how many.

    Raises:
        LotImpossible: already posted or cancelled.
    """
    frais = _ouvert(lot)
    liberes, _ = PliDeLot.objects.filter(lot=frais).delete()
    frais.statut, frais.annule_le = StatutLot.ANNULE, le
    frais.save(update_fields=["statut", "annule_le"])
    return liberes


def a_retirer(courriers: Iterable[Courrier]) -> dict[int, str]:
    """Letters already printed that must not leave, by id, with the reason."""
    courriers = list(courriers)
    bloquees = blocages(personnes={c.personne_id for c in courriers})
    annules = {c.pk: "Ce courrier a été annulé." for c in courriers if c.annule_le is not None}
    return {c.pk: bloquees[c.personne_id] for c in courriers if c.personne_id in bloquees} | annules


def compter_feuilles(lot: LotImpression) -> dict[int, int]:
    """How many envelopes hold one sheet, two sheets…: what the franking depends on (R10)."""
    par_feuille = 2 if lot.recto_verso else 1
    pages = lot.lignes.filter(page_debut__isnull=False).annotate(n=F("page_fin") - F("page_debut") + 1)
    return dict(sorted(Counter(-(-n // par_feuille) for n in pages.values_list("n", flat=True)).items()))


def _ouvert(lot: LotImpression) -> LotImpression:
    frais = LotImpression.objects.select_for_update().get(pk=lot.pk)
    if frais.statut == StatutLot.POSTE:
        raise LotImpossible(f"Ce lot a été remis à La Poste le {frais.poste_le:%d/%m/%Y}.")
    if frais.statut == StatutLot.ANNULE:
        raise LotImpossible("Ce lot a été annulé.")
    return frais
