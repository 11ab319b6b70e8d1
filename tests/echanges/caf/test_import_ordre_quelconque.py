"""Files of one body in any order, any number of times: the same rights now, the same dated history (E01, R33)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import Adresse, Appartenance, DroitFoyer, DroitPersonne, Foyer, Personne
from cordee.socle.horloge import PARIS
from tests.echanges.caf.blocs import foyer
from tests.echanges.caf.scenes import (
    AILLEURS,
    CONJOINT,
    ENFANT,
    FEVRIER,
    FLAG_A_ZERO,
    JANVIER,
    MARS,
    SANS_FLAG,
    autre_personne,
    avec,
    clos,
    entete,
    importer,
    suspendu,
)

pytestmark = pytest.mark.django_db

NOMBRE = 3
_DROITS = ((), clos("ECH"), suspendu("06"), suspendu("DI", "3"))
_DRAPEAUX = ((), (FLAG_A_ZERO,), (SANS_FLAG,))
_ADRESSES = ("une", "ailleurs", "deux")


@dataclass(frozen=True)
class Etat:
    """What one file says of one household."""

    droit: int
    drapeau: int
    adresse: str
    conjoint: str
    enfant: bool

    def bloc(self, n: int) -> str:
        remplacements = [*autre_personne(n), *_DROITS[self.droit], *_DRAPEAUX[self.drapeau]]
        conjoint = _a_lui(CONJOINT, n, 1)
        membres = [_a_lui(ENFANT, n, 2)] if self.enfant else []
        if self.conjoint:
            membres.append(conjoint)
        texte = foyer(f"0000001{n:04d}", *remplacements, *([avec(*membres)] if membres else ()))
        if self.conjoint == "echange":  # the conjoint takes the request, the former demandeur becomes the conjoint
            texte = texte.replace(">DEM<", ">XXX<").replace(">CJT<", ">DEM<").replace(">XXX<", ">CJT<")
            texte = texte.replace("<NATPREST>PFA</NATPREST><ROLEPERS>DEM<", "<NATPREST>PFA</NATPREST><ROLEPERS>CJT<")
        if self.adresse == "ailleurs":
            texte = texte.replace(*AILLEURS)
        if self.adresse == "deux":
            debut, fin = texte.index("<Adresse>"), texte.index("</Adresse>") + len("</Adresse>")
            seconde = texte[debut:fin].replace("<RGADR>01<", "<RGADR>02<").replace("DU PITON", "DU LAC")
            texte = texte[:fin] + seconde + texte[fin:]
        return texte


def _a_lui(personne: str, n: int, rang: int) -> str:
    lettre = "ABCDEFGH"[n]
    return (
        personne.replace("ILYAS", f"ILYAS{lettre}").replace("ROCHEVERT", f"ROCHEVERT{lettre}")
        .replace("1851199123002", f"18511991230{rang}{n}").replace("LOU", f"LOU{lettre}")
        .replace("2150699023457", f"21506990234{rang}{n}")
        .replace("<DDRATDOS>2023-02-14<", "<DDRATDOS>2026-02-05<" if rang == 2 else "<DDRATDOS>2023-02-14<")
    )  # fmt: skip


@dataclass(frozen=True)
class Fichier:
    """One file: its header, and the households it carries."""

    reference: date
    cree: datetime
    genre: str
    foyers: tuple[Etat | None, ...]

    def ecrire(self, chemin: Path) -> None:
        blocs = [etat.bloc(n) for n, etat in enumerate(self.foyers) if etat is not None]
        tete = entete(self.reference, cree=self.cree, genre=self.genre)
        fin = f"<TransmissionFlux><NBTOTDOSRSATRANSM>{len(blocs):08d}</NBTOTDOSRSATRANSM></TransmissionFlux>"
        corps = "\n".join((tete, *blocs, fin))
        chemin.write_text(f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<Racine>\n{corps}\n</Racine>\n', "latin-1")


_etats = st.builds(
    Etat,
    droit=st.integers(0, len(_DROITS) - 1),
    drapeau=st.integers(0, len(_DRAPEAUX) - 1),
    adresse=st.sampled_from(_ADRESSES),
    conjoint=st.sampled_from(("", "present", "echange")),
    enfant=st.booleans(),
)
_foyers = st.tuples(*[st.none() | _etats] * NOMBRE).filter(any)


def _mois(mois: int, jour: int, heure: int) -> datetime:
    return datetime(2026, mois, jour, heure, tzinfo=PARIS).replace(tzinfo=None)


_TETES = (
    (JANVIER, _mois(2, 2, 1), "M"),
    (JANVIER, _mois(2, 9, 1), "M"),  # corrected
    (FEVRIER, _mois(3, 5, 1), "M"),
    (MARS, _mois(4, 2, 1), "M"),
    (date(2026, 1, 30), _mois(1, 30, 3), "I"),  # between the photo of January and its sending
    (FEVRIER, _mois(2, 28, 3), "I"),  # the very day of the photo of February
    (date(2026, 3, 10), _mois(3, 10, 3), "I"),
)
_plans = st.tuples(*[_foyers] * len(_TETES)).map(
    lambda contenus: [Fichier(*tete, foyers) for tete, foyers in zip(_TETES, contenus, strict=True)]
)
_ordres = st.permutations(range(len(_TETES))).flatmap(
    lambda ordre: st.lists(st.sampled_from(ordre), max_size=2).map(lambda encore: [*ordre, *encore])
)


def tout() -> dict[str, list[tuple[object, ...]]]:
    """Every dated row and every presence, whatever files wrote them."""
    return {
        "foyers": sorted(
            Foyer.objects.values_list(
                "numdemrsa", "presence", "absences", "reference_le", "transmis_le", "situation_familiale"
            ), key=str,
        ),
        "droits": sorted(DroitFoyer.objects.values_list("foyer__numdemrsa", "etat", "motif", "debut", "fin"), key=str),
        "personnes": sorted(
            DroitPersonne.objects.values_list("foyer__numdemrsa", "personne__prenom", "sdd", "debut", "fin"), key=str
        ),
        "adresses": sorted(Adresse.objects.values_list("foyer__numdemrsa", "rang", "voie", "debut", "fin"), key=str),
        "membres": sorted(
            Appartenance.objects.values_list("foyer__numdemrsa", "personne__prenom", "role", "debut", "fin"), key=str
        ),
        "qui": sorted(Personne.objects.values_list("nom", "prenom", "date_naissance"), key=str),
    }  # fmt: skip


def charger_dans_l_ordre(chemins: list[Path], ordre: Sequence[int]) -> dict[str, list[tuple[object, ...]]]:
    """The rows that this order leaves, and nothing left behind."""
    with transaction.atomic():
        for rang in ordre:
            importer(chemins[rang], confirmer=True)
        rangees = tout()
        assert not reconstruire(verifier=True)
        transaction.set_rollback(True)
    return rangees


def comparer(plan: list[Fichier], ordre: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as dossier:
        chemins = [Path(dossier) / f"{rang}.xml" for rang in range(len(plan))]
        for fichier, chemin in zip(plan, chemins, strict=True):
            fichier.ecrire(chemin)
        chronologique = sorted(range(len(plan)), key=lambda rang: (plan[rang].reference, plan[rang].cree))
        attendu = charger_dans_l_ordre(chemins, chronologique)
        obtenu = charger_dans_l_ordre(chemins, ordre)
    for quoi, rangees in attendu.items():
        assert obtenu[quoi] == rangees, (quoi, ordre)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(plan=_plans, ordre=_ordres)
def test_any_order_and_any_repetition_give_the_same_rights_and_the_same_history(
    plan: list[Fichier], ordre: list[int]
) -> None:
    comparer(plan, ordre)
