"""The household as the ceilings look at it, month by month, and the other measures that weigh on it (E21)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cordee.metier.devoirs.enums import NatureMesure, StatutMesure
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Appartenance, DroitFoyer, Personne
from cordee.metier.personnes.selectors import foyer_courant, ids_des_groupes, ids_du_groupe
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.regimes import Foyer, MesureDuFoyer, premier_du_mois

_MAJORE: Final = re.compile(r"^R[SC](I|[UB][ND]1)")
_CENT: Final = Decimal(100)


def foyers_par_mois(personne: Personne, *, du: date, mois: int = 1) -> dict[date, Foyer]:
    """First day of month → the household that the allowance counts, from the files.

    Everybody the files put there counts, a child not said to be dependent apart: where they are silent the larger
    household is the protective reading. Empty before any file: the engine then refuses to decide.
    """
    foyer = foyer_courant(personne)
    if foyer is None:
        return {}
    places = list(Appartenance.objects.filter(foyer=foyer))
    droits = list(DroitFoyer.objects.filter(foyer=foyer))
    foyers: dict[date, Foyer] = {}
    for n in range(max(mois, 1)):
        debut = ajouter_mois(premier_du_mois(du), n)
        fin = ajouter_mois(debut, 1)
        gens = {
            a.personne_id for a in places if a.debut < fin and (a.fin is None or a.fin > debut) and _compte(a)
        }  # fmt: skip
        majore = any(_majore(d.detail) for d in _en_vigueur(droits, debut))
        foyers[debut] = Foyer(max(len(gens), 1), majore=majore)
    return foyers


def plus_protecteur(lu: Foyer | None, verifie: Foyer | None) -> Foyer | None:
    """The household the ceilings are held to: checked by hand, it may add to that of the files, never take from it.

    Somebody gone from the household is first told to the payer; its next file then says so.
    """
    if lu is None or verifie is None:
        return lu or verifie
    return Foyer(max(lu.personnes, verifie.personnes), majore=lu.majore or verifie.majore)


def mesures_du_foyer(personne: Personne, *, sauf: int | None = None) -> tuple[MesureDuFoyer, ...]:
    """Measures that weigh on the same household, hers and those of the others: decided, not lifted nor undone."""
    foyer = foyer_courant(personne)
    gens = set(ids_du_groupe(personne))
    if foyer is not None:
        autres = Appartenance.objects.filter(foyer=foyer, fin__isnull=True).values_list("personne_id", flat=True)
        for groupe in ids_des_groupes(set(autres)).values():
            gens |= set(groupe)
    lignes = MesureDecidee.objects.filter(personne__in=gens, statut=StatutMesure.DECIDEE).exclude(
        nature=NatureMesure.FIN_DE_DROIT
    )
    return tuple(_pese(m) for m in lignes.exclude(pk=sauf or 0) if m.taux is not None)


def _pese(m: MesureDecidee) -> MesureDuFoyer:
    mois = m.mois or _mois_entre(m.debut, m.fin)
    return MesureDuFoyer(quotite=Decimal(m.taux or 0) / _CENT, debut=m.debut, mois=mois, identifiant=m.pk)


def _mois_entre(debut: date, fin: date | None) -> int:
    """Months of a measure taken over from the former tool; one without an end weighs for four months at least."""
    if fin is None:
        return 4
    return max(1, (fin.year - debut.year) * 12 + fin.month - debut.month)


def _compte(a: Appartenance) -> bool:
    if a.role in (RoleFoyer.DEM, RoleFoyer.CJT):
        return True
    return bool(a.a_charge) or (a.role == RoleFoyer.ENF and a.a_charge is None)


def _en_vigueur(droits: Iterable[DroitFoyer], mois: date) -> list[DroitFoyer]:
    """The right of a month, else the last one known before it."""
    connus = [d for d in droits if d.debut <= mois and (d.fin is None or d.fin > mois)]
    return connus or sorted(droits, key=lambda d: d.debut)[-1:]


def _majore(detail: Any) -> bool:
    """Whether the allowance is increased for a lone parent or a lone pregnant woman, as the file says it."""
    if isinstance(detail, list):
        return any(_majore(v) for v in detail)
    if not isinstance(detail, dict):
        return False
    if detail.get("NATPF") in ("RSI", "RCI") or _MAJORE.match(str(detail.get("SOUSNATPF", ""))):
        return True
    return any(_majore(v) for v in detail.values() if isinstance(v, dict | list))
