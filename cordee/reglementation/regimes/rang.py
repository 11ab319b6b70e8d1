"""The rank of a breach: which past decisions count (E17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.reglementation.regimes.enums import FormeRang, NatureMesure, TypeManquement
from cordee.reglementation.regimes.modele import RegleRang
from cordee.reglementation.regimes.registre import regime as regime_nomme
from cordee.reglementation.regimes.registre import regime_au


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """A past decision. Lifted, it still counts; cancelled (withdrawal, appeal, judge), it does not."""

    nature: TypeManquement
    mesure: NatureMesure
    notifiee_le: date | None
    fin: date | None = None  # first day after the measure, or the day it was lifted
    levee_le: date | None = None
    annulee: bool = False
    identifiant: int | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """The rank and why, with the decisions that count."""

    numero: int
    forme: FormeRang
    motif: str
    retenus: tuple[Antecedent, ...]
    article: str


def rang_du_manquement(
    antecedents: Iterable[Antecedent], *, nature: TypeManquement, faits_le: date, compte_depuis: date | None = None,
    regime: str | None = None, persistance: bool = False,
) -> Rang:  # fmt: skip
    """The rank of a breach observed on a day.

    Under the regime of 2025: per nature of breach (protective reading), within 24 months of the *notification* of the
    earlier decision; a lifted suspension counts, a cancelled one does not; after a new orientation only what was
    sanctioned since counts. Facts before the notification of a decision do not repeat what it sanctioned.

    Args:
        compte_depuis: day of the last decision of orientation.
        persistance: the same breach still lasts: it is observed at the end of the measure (R5412-3-4 2°), which must
            then have run to its end.

    >>> p = Antecedent(nature=TypeManquement.NON_RESPECT_CONTRAT, mesure=NatureMesure.SUSPENSION,
    ...                notifiee_le=date(2026, 1, 10))
    >>> r = rang_du_manquement([p], nature=TypeManquement.NON_RESPECT_CONTRAT, faits_le=date(2026, 6, 1))
    >>> r.numero, r.forme.value
    (2, 'reiteration')
    >>> rang_du_manquement([p], nature=TypeManquement.REFUS_CONTRAT, faits_le=date(2026, 6, 1)).numero
    1
    """
    regle = (regime_nomme(regime) if regime else regime_au(faits_le)).rang
    dates = {
        a: a.notifiee_le for a in antecedents
        if a.notifiee_le and _compte(a, regle, nature, faits_le, compte_depuis, persistance=persistance)
    }  # fmt: skip
    retenus = tuple(sorted(dates, key=lambda a: dates[a]))
    if not retenus:
        return Rang(
            numero=1, forme=FormeRang.PREMIER, motif=_motif_premier(regle, nature), retenus=(), article=regle.article
        )
    forme = FormeRang.PERSISTANCE if persistance else FormeRang.REITERATION
    dernier = dates[retenus[-1]]
    motif = (
        f"{forme.libelle} : une décision de même nature a été notifiée le {date_en_toutes_lettres(dernier)}."
        if regle.par_nature
        else f"Une décision a déjà été notifiée le {date_en_toutes_lettres(dernier)}."
    )
    return Rang(numero=1 + len(retenus), forme=forme, motif=motif, retenus=retenus, article=regle.article)


def _compte(
    a: Antecedent, regle: RegleRang, nature: TypeManquement, faits_le: date, compte_depuis: date | None, *,
    persistance: bool,
) -> bool:  # fmt: skip
    if a.annulee or a.notifiee_le is None or a.notifiee_le > faits_le:
        return False
    if a.mesure is NatureMesure.FIN_DE_DROIT or (regle.par_nature and a.nature is not nature):
        return False
    if regle.nouvelle_orientation and compte_depuis is not None and a.notifiee_le < compte_depuis:
        return False
    if persistance:
        return a.levee_le is None and a.fin is not None and a.fin <= faits_le
    return regle.fenetre_mois is None or faits_le <= ajouter_mois(a.notifiee_le, regle.fenetre_mois)


def _motif_premier(regle: RegleRang, nature: TypeManquement) -> str:
    if regle.fenetre_mois is None:
        return "Premier manquement : aucune décision antérieure ne compte."
    return (
        f"Premier manquement : aucune décision pour « {nature.libelle.lower()} » n'a été notifiée dans les "
        f"{regle.fenetre_mois} mois qui précèdent, depuis la dernière orientation."
    )
