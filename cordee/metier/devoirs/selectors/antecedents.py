"""Past decisions as the law counts them: the rank of a breach, and whether a suppression is open (E17)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from cordee.metier.devoirs.enums import MotifMesure, NatureMesure, StatutMesure, TypeManquement
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.devoirs.selectors.mesures import mesures_de
from cordee.metier.orientation.selectors.rang import rang_compte_depuis
from cordee.metier.personnes.models import Personne
from cordee.reglementation.regimes import Antecedent, MesureAnterieure, Rang, rang_du_manquement

_TYPES: Final = {
    MotifMesure.CONTRAT_NON_ETABLI: TypeManquement.REFUS_CONTRAT,
    MotifMesure.CONTRAT_NON_RESPECTE: TypeManquement.NON_RESPECT_CONTRAT,
    MotifMesure.CONTROLE_REFUSE: TypeManquement.REFUS_CONTROLE,
}
_CENT: Final = Decimal(100)


def type_de(mesure: MesureDecidee) -> TypeManquement | None:
    """The nature of the breach of a decision; that of the former tool is read from its reason."""
    if mesure.type:
        return TypeManquement(mesure.type)
    return _TYPES.get(MotifMesure(mesure.motif))


def notification_de(mesure: MesureDecidee) -> date | None:
    """The certain date of its notification. The former tool kept none: the day of the decision stands for it."""
    if mesure.notifiee_le is not None or mesure.procedure_id is not None:
        return mesure.notifiee_le
    return mesure.decidee_le


def antecedents(personne: Personne) -> tuple[Antecedent, ...]:
    """Every decision that may count. One whose nature the former tool did not tell counts for nothing."""
    trouves = []
    for m in mesures_de(personne):
        nature = type_de(m)
        if nature is None:
            continue
        trouves.append(
            Antecedent(
                nature=nature, mesure=NatureMesure(m.nature), notifiee_le=notification_de(m), fin=m.fin,
                levee_le=_levee(m), annulee=m.statut == StatutMesure.ANNULEE, identifiant=m.pk,
            )
        )  # fmt: skip
    return tuple(trouves)


def anterieures(personne: Personne) -> tuple[MesureAnterieure, ...]:
    """The same decisions as the engine reads them when it checks a measure."""
    trouvees = []
    for m in mesures_de(personne):
        nature = type_de(m)
        if nature is None:
            continue
        trouvees.append(
            MesureAnterieure(
                nature=NatureMesure(m.nature), manquement=nature, notifiee_le=notification_de(m),
                quotite=Decimal(m.taux) / _CENT if m.taux is not None else None, mois=m.mois or 0, fin=m.fin,
                levee_le=_levee(m), annulee=m.statut == StatutMesure.ANNULEE,
            )
        )  # fmt: skip
    return tuple(trouvees)


def rang_de(
    personne: Personne, *, type: TypeManquement, faits_le: date, regime: str | None = None, persistance: bool = False
) -> Rang:
    """The rank of a breach, the decisions counted and the article (E17: a new orientation starts it again)."""
    return rang_du_manquement(
        antecedents(personne), nature=type, faits_le=faits_le, compte_depuis=rang_compte_depuis(personne),
        regime=regime, persistance=persistance,
    )  # fmt: skip


def _levee(m: MesureDecidee) -> date | None:
    """The former tool said « levée » of any measure that was over: only a lifting before the term is one."""
    if m.statut != StatutMesure.LEVEE:
        return None
    return m.levee_le or (m.fin if m.procedure_id is not None else None)
