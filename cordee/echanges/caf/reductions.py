"""Our decisions against what a file applies of them: applied, not applied, otherwise, still withheld (E21–E23).

Read on the level, like every disagreement (``constats``): what the households say now against what was asked last. The
verdict is a pure rule (``devoirs.regles.transmission.comparer``); only the few households that bear a decision are
looked at. Four things follow: the echo of each decision, the state of the lines sent, the line that brings a measure
down to the cap of a household that changed (E21), and the disagreements somebody must settle (``caf_desaccord``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from cordee.echanges.caf.fusion import Contexte, executer, lire
from cordee.echanges.caf.rapprochement import RACINES
from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, GenreLigne, NatureMesure, StatutMesure
from cordee.metier.devoirs.models import LigneCaisse, MesureDecidee
from cordee.metier.devoirs.regles.transmission import (
    EN_COURS,
    ENTIER,
    Attendu,
    Comparaison,
    Effet,
    Reduction,
    Vu,
    comparer,
    premier_du_mois,
)
from cordee.metier.devoirs.selectors.transmission import (
    DEFONT,
    DEMANDENT,
    ATransmettre,
    base_du_mois,
    lignes_par_mesure,
    parts_permises,
)
from cordee.metier.devoirs.services.constats import ConstatLu, noter_constats
from cordee.metier.devoirs.services.transmission import ligne_de
from cordee.metier.personnes.models import Foyer
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import decimale

C, S = ConstatCaisse, EtatTransmission
PLAFOND, MAINTENUE, VUE, DIFFERENTE, ABSENTE = "plafond", "maintenue", "vue", "differente", "absente"
#: What a disagreement is about, the one that costs the person most first: one is open per person.
ORDRE: Final = (PLAFOND, MAINTENUE, VUE, DIFFERENTE, ABSENTE)
_DES_LIGNES: Final = {
    C.APPLIQUEE: S.APPLIQUEE, C.DIFFERENTE: S.PARTIELLEMENT, C.NON_APPLIQUEE: S.NON_APPLIQUEE,
    C.MAINTENUE: S.PARTIELLEMENT,
}  # fmt: skip

_COURANTES: Final = frozenset({StatutMesure.DECIDEE, StatutMesure.TERMINEE})
_TABLE: Final = """
CREATE TEMP TABLE caf_desaccord (
    personne_id bigint, foyer_id bigint, objets jsonb, sens text, mesure bigint, depuis text, peut_revenir boolean
)
"""
# The decisions that may show in the file, on the household of whoever they bear on: that of a sanction first.
_MESURES: Final = f"""
WITH racines AS ({RACINES})
SELECT DISTINCT ON (m.id) m.id, c.personne_id, c.foyer_id, d.etat, d.montant,
       d.detail #> '{{DetailDroitRSA,AvisPCGDroitRSA,ReductionRSA}}',
       d.detail #>> '{{DetailDroitRSA,MontantsCalculDroitRSA,MTREDCGRSA}}', coalesce(s.objets, '[]')
FROM devoirs_mesuredecidee m LEFT JOIN racines r ON r.id = m.personne_id
JOIN caf_constat_face c ON c.personne_id = coalesce(r.racine, m.personne_id)
JOIN personnes_droitfoyer d ON d.foyer_id = c.foyer_id AND d.fin IS NULL
LEFT JOIN caf_sanction s ON s.foyer_id = c.foyer_id
WHERE m.statut IN ('{StatutMesure.DECIDEE}', '{StatutMesure.TERMINEE}') AND m.debut <= %(ref)s
      AND coalesce(m.fin + interval '4 months' > %(ref)s, true)
   OR m.statut IN ('{StatutMesure.LEVEE}', '{StatutMesure.ANNULEE}')
      AND coalesce(m.levee_le, m.annulee_le) > %(ref)s::date - interval '12 months'
      AND (m.vue_le IS NOT NULL OR m.transmise_le IS NOT NULL)
ORDER BY m.id, s.foyer_id IS NULL, c.foyer_id DESC
"""


@dataclass(slots=True)
class _Suites:
    """What reading a file leads to."""

    constats: list[ConstatLu] = field(default_factory=list)
    plafonds: list[LigneCaisse] = field(default_factory=list)
    desaccords: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Lue:
    """One decision and its household in the file."""

    mesure: MesureDecidee
    personne_id: int
    foyer_id: int
    vu: Vu
    demande: LigneCaisse | None
    arret: LigneCaisse | None


def comparer_les_mesures(contexte: Contexte) -> None:
    """Fill ``caf_desaccord``; a constant number of statements, one when no decision is concerned."""
    executer(_TABLE, contexte)
    rangs = lire(_MESURES, contexte)
    if not rangs:
        return
    mesures = MesureDecidee.objects.in_bulk([rang[0] for rang in rangs])
    lignes = lignes_par_mesure(mesures)
    suites = _Suites()
    lues = [_lire(rang, mesures[rang[0]], lignes.get(rang[0], []), contexte.reference) for rang in rangs]
    for lue in lues:
        _juger(lue, contexte, suites)
    _plafonner(lues, lignes, contexte, suites)
    _ecrire(suites, contexte)


# Reading ------------------------------------------------------------------------------------------------------------
def _lire(rang: tuple[Any, ...], mesure: MesureDecidee, lignes: Iterable[LigneCaisse], reference: date) -> _Lue:
    _, personne_id, foyer_id, etat, total, reductions, retenu, objets = rang
    dites = [x for x in lignes if S(x.etat) in EN_COURS]
    ouvert = etat in {"2", "3", "4"}
    codes = _json(objets) or []
    ote = _euros(retenu) or Decimal(0)
    vu = Vu(
        mois=premier_du_mois(reference),
        reductions=tuple(_reductions(_json(reductions))) if ouvert else (),
        retenu=ote if ote and ouvert else None,
        droit=total + ote if total is not None and etat in {"2", "3"} else None,
        arret=any(code.startswith(("versement_", "droit_")) for code in codes),
        clos="cloture_PCG" in codes,
        note="condition_NR" in codes,
    )
    return _Lue(
        mesure, personne_id, foyer_id, vu,
        demande=next((x for x in reversed(dites) if x.genre in DEMANDENT), None),
        arret=next((x for x in reversed(dites) if x.genre in DEFONT), None),
    )  # fmt: skip


def _reductions(blocs: Any) -> Iterable[Reduction]:
    """The ``ReductionRSA`` blocks that can be read; an unreadable one says nothing."""
    for bloc in blocs if isinstance(blocs, list) else [blocs] if blocs else []:
        montant, debut = _euros(bloc.get("MTREDRSA")), _jour(bloc.get("DDREDRSA"))
        if montant is not None and debut is not None:
            yield Reduction(montant, debut, _jour(bloc.get("DFREDRSA")))


def _json(valeur: Any) -> Any:
    return json.loads(valeur) if isinstance(valeur, str) else valeur


def _euros(texte: Any) -> Decimal | None:
    try:
        return Decimal(str(texte)) if texte not in (None, "") else None
    except ArithmeticError:
        return None


def _jour(texte: Any) -> date | None:
    try:
        return date.fromisoformat(texte) if texte else None
    except (TypeError, ValueError):
        return None


# Judging ------------------------------------------------------------------------------------------------------------
def _juger(lue: _Lue, contexte: Contexte, suites: _Suites) -> None:
    verdict = _verdict(lue, tolerance=decimale("reduction_tolerance", au=contexte.reference))
    if verdict is None or verdict.constat is None:
        return
    if verdict.constat is C.NON_APPLIQUEE and not contexte.mensuel:
        return  # a daily file carries a household for another reason: nothing is concluded from a silence
    ligne, etat = _ligne_visee(lue, verdict.constat)
    suites.constats.append(ConstatLu(lue.mesure.pk, lue.foyer_id, verdict.constat, verdict.ecarts, ligne, etat))
    if verdict.constat is C.MAINTENUE:
        suites.desaccords.append(_desaccord(lue, [lue.mesure.nature], MAINTENUE))
    elif verdict.constat is C.DIFFERENTE:
        suites.desaccords.append(_desaccord(lue, sorted(e.quoi for e in verdict.ecarts), DIFFERENTE))
    elif verdict.constat is C.NON_APPLIQUEE and lue.mesure.vue_le is not None and lue.demande is not None:
        # it was applied, is asked for longer, and no longer is
        suites.desaccords.append(_desaccord(lue, [lue.mesure.nature], ABSENTE))


def _verdict(lue: _Lue, *, tolerance: Decimal) -> Comparaison | None:
    m, attendu, mois = lue.mesure, attendu_de(lue.mesure, lue.demande), lue.vu.mois
    if m.statut in _COURANTES:
        finie = attendu.fin is not None and mois >= premier_du_mois(attendu.fin)
        if not finie:
            return comparer(attendu, lue.vu, tolerance=tolerance)
        verdict = comparer(attendu, lue.vu, tolerance=tolerance, finie=True)
        return verdict if verdict.constat is C.MAINTENUE else None
    fin = m.annulee_le if m.statut == StatutMesure.ANNULEE else m.levee_le
    if fin is None:
        return None
    liste = lue.arret.liste.mois if lue.arret is not None and lue.arret.liste is not None else None
    attendue = liste or ajouter_mois(premier_du_mois(fin), 1)
    verdict = comparer(attendu, lue.vu, tolerance=tolerance, finie=True)
    if mois < attendue or (verdict.constat is C.APPLIQUEE and lue.arret is None):
        return None
    return verdict


def _ligne_visee(lue: _Lue, constat: ConstatCaisse) -> tuple[LigneCaisse | None, EtatTransmission]:
    """Which line the file answers, and how."""
    if lue.mesure.statut not in _COURANTES:
        return lue.arret, S.APPLIQUEE if constat is C.APPLIQUEE else S.NON_APPLIQUEE
    return lue.demande, _DES_LIGNES[constat]


def attendu_de(mesure: MesureDecidee, demande: LigneCaisse | None) -> Attendu:
    """What the body was asked last; what was decided when nothing was asked from here."""
    part = mesure.taux if demande is None else demande.part
    return Attendu(
        debut=mesure.debut if demande is None else demande.effet,
        fin=mesure.fin if demande is None else demande.jusquau,
        part=part,
        montant=mesure.montant if demande is None else demande.montant,
        base_du_mois=base_du_mois(mesure),
        total=mesure.nature == NatureMesure.FIN_DE_DROIT or (part in (None, ENTIER) and mesure.montant is None),
        premier=mesure.debut if demande is not None and demande.genre == GenreLigne.PLAFONNER else None,
    )


def _desaccord(lue: _Lue, objets: list[str], sens: str, depuis: date | None = None) -> tuple[Any, ...]:
    le = (depuis or lue.mesure.debut).isoformat()
    return lue.personne_id, lue.foyer_id, json.dumps(objets), sens, lue.mesure.pk, le, True


# The household changed ----------------------------------------------------------------------------------------------
def _plafonner(lues: list[_Lue], lignes: Mapping[int, list[LigneCaisse]], contexte: Contexte, suites: _Suites) -> None:
    """E21: a birth or an arrival brings the measure down to the cap from that month; a separation never raises it."""
    en_cours = [x for x in lues if _court(x, premier_du_mois(contexte.reference))]
    if not en_cours:
        return
    foyers = Foyer.objects.in_bulk([x.foyer_id for x in en_cours])
    des_mesures = {x.mesure.personne_id: foyers[x.foyer_id] for x in en_cours}
    permises = parts_permises([x.mesure for x in en_cours], foyers=des_mesures)
    for lue in en_cours:
        toutes = lignes.get(lue.mesure.pk, [])
        attend = next((x for x in toutes if x.genre == GenreLigne.PLAFONNER and x.etat == S.PREPAREE), None)
        permise = permises.get(lue.mesure.pk)
        demandee = lue.demande.part if lue.demande is not None else lue.mesure.taux
        if attend is None and permise is not None and demandee is not None and permise[0] < demandee:
            attend = _ligne_plafond(lue, foyers[lue.foyer_id], permise, contexte)
            suites.plafonds.append(attend)
        if attend is not None:
            suites.desaccords.append(_desaccord(lue, [PLAFOND], PLAFOND, attend.effet))


def _court(lue: _Lue, mois: date) -> bool:
    """In force, told to the body (or applied by it), and not over."""
    m, attendu = lue.mesure, attendu_de(lue.mesure, lue.demande)
    dite = lue.demande is not None or m.procedure_id is None
    return m.statut == StatutMesure.DECIDEE and dite and (attendu.fin is None or mois < premier_du_mois(attendu.fin))


def _ligne_plafond(lue: _Lue, foyer: Foyer, permise: tuple[int, date | None], contexte: Contexte) -> LigneCaisse:
    attendu = attendu_de(lue.mesure, lue.demande)
    debut = max(permise[1] or attendu.debut, premier_du_mois(attendu.debut))
    prochaine = premier_du_mois(contexte.recu_le)
    x = ATransmettre(
        lue.mesure, foyer, GenreLigne.PLAFONNER, permise[0], None,
        Effet(debut, None if attendu.fin is None else premier_du_mois(attendu.fin)),
        rappel_du=debut if debut < prochaine else None,
    )  # fmt: skip
    return ligne_de(x, liste=None, le=contexte.le)


# Writing ------------------------------------------------------------------------------------------------------------
def _ecrire(suites: _Suites, contexte: Contexte) -> None:
    noter_constats(constats=suites.constats, reference=contexte.reference, flux_id=contexte.fichier_id)
    LigneCaisse.objects.bulk_create(suites.plafonds)
    with connection.cursor() as curseur:
        curseur.executemany("INSERT INTO caf_desaccord VALUES (%s, %s, %s::jsonb, %s, %s, %s, %s)", suites.desaccords)
