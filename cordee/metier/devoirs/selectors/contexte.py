"""What the law looks at, gathered from the rows: regime, rank, household, steps taken. The engine judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cordee.metier.devoirs.enums import StatutManquement, TypeManquement
from cordee.metier.devoirs.models import DroitsVerifies, ExamenMotif, Manquement, Procedure
from cordee.metier.devoirs.selectors.antecedents import anterieures, rang_de
from cordee.metier.devoirs.selectors.ep import avis_utilisable
from cordee.metier.devoirs.selectors.foyers import foyers_par_mois, mesures_du_foyer, plus_protecteur
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import representants_courants
from cordee.metier.suivi.selectors import manifestations
from cordee.reglementation.parametres import entier
from cordee.reglementation.regimes import (
    Cadre,
    ChoixRegime,
    Contexte,
    Foyer,
    ProjetMesure,
    Rang,
    cadre,
    choisir_regime,
    foyer_du_mois,
    premier_du_mois,
)
from cordee.reglementation.regimes import regime as regime_nomme

MOIS_DU_PROJET = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """What the law says of one breach on one day: regime, rank, and what may be decided."""

    regime: ChoixRegime
    rang: Rang
    foyer: Foyer | None
    cadre: Cadre | None


def qualifier(
    *, personne: Personne, type: TypeManquement, faits_le: date, au: date, persistance: bool = False,
    foyer: Foyer | None = None,
) -> Qualification:  # fmt: skip
    """Regime (E20), rank (E17) and legal frame of a breach. No frame when the household is unknown.

    Args:
        foyer: the household as it was checked by hand; it may only add to that of the files.
    """
    connu = plus_protecteur(foyer_du_mois(foyers_par_mois(personne, du=au), au), foyer)
    choix = choisir_regime(faits_le=faits_le, decision_le=max(au, faits_le), foyer=connu, nature=type)
    rang = rang_de(personne, type=type, faits_le=faits_le, regime=choix.retenu, persistance=persistance)
    permis = None
    if connu is not None:
        avant = anterieures(personne)
        permis = cadre(
            regime=choix.retenu, au=au, foyer=connu, rang=rang.numero, nature=type,
            apres_suspension=any(
                m.nature == "suspension" and not m.annulee and m.manquement is type and m.notifiee_le is not None
                and m.notifiee_le <= faits_le for m in avant
            ),
            total_quatre_mois_acheve=any(
                m.nature == "suppression" and not m.annulee and m.levee_le is None and m.quotite == 1
                and m.fin is not None and m.fin <= au for m in avant
            ),
        )  # fmt: skip
    return Qualification(regime=choix, rang=rang, foyer=connu, cadre=permis)


def manquements_de(procedure: Procedure) -> list[Manquement]:
    """The breaches of a procedure that still stand, oldest facts first."""
    clos = (StatutManquement.MOTIF_LEGITIME, StatutManquement.REGULARISE, StatutManquement.SANS_SUITE)
    lignes = Manquement.objects.filter(procedure=procedure).exclude(statut__in=clos)
    return list(lignes.select_related("engagement", "contrat", "persistance_de").order_by("faits_du", "pk"))


def faits_le(manquements: list[Manquement]) -> date:
    """The day of the facts: the last one on which the breach was observed."""
    return max(m.faits_au or m.faits_du for m in manquements)


def qualifier_procedure(procedure: Procedure, *, au: date, foyer: Foyer | None = None) -> Qualification | None:
    """``qualifier`` for the breaches of a procedure; ``None`` once none stands."""
    manquements = manquements_de(procedure)
    if not manquements:
        return None
    return qualifier(
        personne=procedure.personne, type=TypeManquement(procedure.type), faits_le=faits_le(manquements), au=au,
        persistance=any(m.persistance_de_id is not None for m in manquements), foyer=foyer,
    )  # fmt: skip


def examen_du_moment(procedure: Procedure, manquement: Manquement) -> ExamenMotif | None:
    """The examination made *after* she could answer: not older than her letter received nor than her last words."""
    if procedure.griefs_recus_le is None:
        return None
    lignes = ExamenMotif.objects.filter(
        manquement=manquement, procedure=procedure, le__date__gte=procedure.griefs_recus_le
    )
    derniere = procedure.observations.order_by("-notee_le").values_list("notee_le", flat=True).first()
    if derniere is not None:
        lignes = lignes.filter(le__gte=derniere)
    return lignes.order_by("-le", "-pk").first()


def droits_verifies(manquements: list[Manquement]) -> bool:
    """Whether rights not used were looked at for one of these breaches."""
    return DroitsVerifies.objects.filter(manquement__in=[m.pk for m in manquements]).exists()


def protegee(personne: Personne, au: date) -> tuple[bool, bool]:
    """(she is protected or a minor, her representative is known) on a day (E28)."""
    lignes = list(representants_courants(personne, au))
    attendu = Echeance.objects.filter(
        personne=personne, genre=GenreEcheance.IDENTIFIER_REPRESENTANT, fermee_le__isnull=True
    ).exists()
    return bool(lignes) or attendu, bool(lignes) and not attendu and all(r.nom.strip() for r in lignes)


def contexte_de(
    procedure: Procedure, projet: ProjetMesure, *, au: date, foyer: Foyer | None = None
) -> Contexte | None:  # fmt: skip
    """Everything the engine needs to judge a measure; ``None`` once no breach stands."""
    manquements = manquements_de(procedure)
    question = qualifier_procedure(procedure, au=au, foyer=foyer)
    if question is None:
        return None
    foyers: Mapping[date, Foyer] = foyers_par_mois(procedure.personne, du=projet.debut, mois=MOIS_DU_PROJET)
    if foyer is not None:
        lus = foyers or {premier_du_mois(projet.debut): foyer}
        foyers = {mois: plus_protecteur(lu, foyer) or lu for mois, lu in lus.items()}
    est_protegee, connu = protegee(procedure.personne, au)
    examens = [examen_du_moment(procedure, m) for m in manquements]
    return Contexte(
        regime=question.regime.retenu, decision_le=au, faits_le=faits_le(manquements), foyers=foyers,
        rang=question.rang.numero, nature=TypeManquement(procedure.type),
        motif_examine=all(e is not None for e in examens),
        motif_legitime_retenu=any(e is not None and e.retenu for e in examens)
        or ExamenMotif.objects.filter(manquement__in=manquements, retenu=True).exists(),
        griefs_recus_le=procedure.griefs_recus_le, contradictoire_jusquau=procedure.contradictoire_jusquau,
        audition_demandee=procedure.audition_demandee_le is not None and procedure.absente_le is None,
        entendue_le=procedure.entendue_le, manifestee=_manifestee(procedure, question, faits_le(manquements)),
        avis_ep=avis_utilisable(procedure=procedure, au=au) is not None,
        protegee=est_protegee, representant_connu=connu, autres_mesures=mesures_du_foyer(procedure.personne),
        anterieures=anterieures(procedure.personne),
    )  # fmt: skip


def _manifestee(procedure: Procedure, question: Qualification, faits: date) -> bool:
    """Whether she gave a sign of life since the last decision that counts; looked for only where a scale asks."""
    notifiees = [a.notifiee_le for a in question.rang.retenus if a.notifiee_le]
    local = regime_nomme(question.regime.retenu).bareme_du_silence(faits, question.rang.numero)
    return bool(local and notifiees and manifestations(procedure.personne, max(notifiees)))


def quotite(taux: int | None) -> Decimal | None:
    """A share in percent as the engine counts it."""
    return None if taux is None else Decimal(taux) / 100


def jours_pour_repondre(*, regime: str, au: date) -> int:
    """Days to answer: those of the regime, or more where the local rule gives more (E27)."""
    return max(regime_nomme(regime).contradictoire.jours, entier("contradictoire_jours_local", au=au))
