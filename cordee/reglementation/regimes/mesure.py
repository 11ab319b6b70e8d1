"""Whether a measure is lawful: every reason why it is not, in French, with its article. Nothing is suggested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.reglementation.regimes.cadre import Cadre, Niveau, cadre
from cordee.reglementation.regimes.enums import NatureMesure, TypeManquement
from cordee.reglementation.regimes.modele import TOUT, Foyer
from cordee.reglementation.regimes.plafonds import MesureDuFoyer, foyer_du_mois, mois_de, plafonds_par_mois
from cordee.reglementation.regimes.registre import regime as regime_nomme

POUR_CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjetMesure:
    """What somebody means to decide. ``quotite`` is a share of 1; ``montant`` serves the regime of 2009 only."""

    nature: NatureMesure
    quotite: Decimal | None = None
    montant: Decimal | None = None
    mois: int = 0
    debut: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MesureAnterieure:
    """An earlier measure of the same file or an earlier one. ``fin``: first day after it as it was decided."""

    nature: NatureMesure
    manquement: TypeManquement
    notifiee_le: date | None
    quotite: Decimal | None = None
    mois: int = 0
    fin: date | None = None
    levee_le: date | None = None
    annulee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """Everything the law looks at before a measure.

    ``foyers``: first day of month → household from that month on. ``contradictoire_jusquau``: last day to answer,
    counted from the reception of the letter. ``faits_le``: day the breach was observed. ``manifestee``: she gave a sign
    of life since the notification of the measure before.
    """

    regime: str
    decision_le: date
    faits_le: date
    foyers: Mapping[date, Foyer]
    rang: int
    nature: TypeManquement
    motif_examine: bool
    motif_legitime_retenu: bool
    griefs_recus_le: date | None
    contradictoire_jusquau: date | None
    audition_demandee: bool = False
    entendue_le: date | None = None
    manifestee: bool = False
    avis_ep: bool = False
    protegee: bool = False
    representant_connu: bool = False
    autres_mesures: tuple[MesureDuFoyer, ...] = ()
    anterieures: tuple[MesureAnterieure, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Refus:
    """Why a measure is unlawful."""

    code: str
    phrase: str
    article: str


def verifier_mesure(projet: ProjetMesure, contexte: Contexte) -> tuple[Refus, ...]:
    """Every reason why the measure may not be decided; empty: it is lawful.

    Checks, in order: the breach and its scale (E18), the legitimate reason, the contradictory phase (E27), the silence
    a local scale asks for, the opinion of the équipe pluridisciplinaire (E24), the representative (E28), the kind
    (E17), share, length, ceiling month by month (E21), or the path to an end of right (E26).

    Raises:
        RegimeInconnu: the regime has no such name.
    """
    foyer = foyer_du_mois(contexte.foyers, projet.debut)
    if foyer is None:
        phrase = "Le foyer du premier mois de la mesure est inconnu : le plafond ne peut pas être vérifié."
        return (Refus(code="foyer_inconnu", phrase=phrase, article="CASF R262-68-6"), *_garanties(contexte, None))
    permis = _cadre(projet, contexte, foyer)
    if permis.blocages:
        return tuple(Refus(code=b.code, phrase=b.phrase, article=b.article) for b in permis.blocages)
    if projet.nature is NatureMesure.FIN_DE_DROIT:
        return (*_garanties(contexte, None), *_fin(permis, contexte))
    niveau = permis.niveau(projet.nature)
    refus = [*_garanties(contexte, niveau), *_debut(projet, contexte)]
    if niveau is None:
        return (*refus, _nature_refusee(projet, permis))
    return (*refus, *_part(projet, niveau), *_duree(projet, niveau), *_cumul(projet, contexte))


def _cadre(projet: ProjetMesure, contexte: Contexte, foyer: Foyer) -> Cadre:
    return cadre(
        regime=contexte.regime, au=contexte.decision_le, foyer=foyer, rang=contexte.rang, nature=contexte.nature,
        apres_suspension=any(_ouvre_la_suppression(m, contexte) for m in contexte.anterieures),
        total_quatre_mois_acheve=any(_totale_achevee(m, contexte) for m in contexte.anterieures),
    )  # fmt: skip


def _ouvre_la_suppression(m: MesureAnterieure, c: Contexte) -> bool:
    """E17: persistence at the end of a suspension, or repetition of a breach for which one was decided and notified."""
    return (
        m.nature is NatureMesure.SUSPENSION and not m.annulee and m.manquement is c.nature
        and m.notifiee_le is not None and m.notifiee_le <= c.faits_le
    )  # fmt: skip


def _totale_achevee(m: MesureAnterieure, c: Contexte) -> bool:
    """E26: a total suppression of four months that ran to its end."""
    mois = regime_nomme(c.regime).fin_de_droit.mois
    return (
        m.nature is NatureMesure.SUPPRESSION and not m.annulee and m.levee_le is None and m.quotite == TOUT
        and m.mois >= mois and m.fin is not None and m.fin <= c.decision_le and m.notifiee_le is not None
    )  # fmt: skip


def _garanties(c: Contexte, niveau: Niveau | None) -> Iterator[Refus]:
    """What must have been done for the person before anything is decided."""
    if not c.motif_examine:
        yield Refus(
            code="motif_non_examine", article="CASF L262-37 I",
            phrase="Le motif légitime reste à examiner : c'est la première question, avant toute mesure.",
        )  # fmt: skip
    if c.motif_legitime_retenu:
        yield Refus(
            code="motif_legitime", article="CASF L262-37 I",
            phrase="Un motif légitime a été retenu : aucune mesure n'est possible pour ces faits.",
        )  # fmt: skip
    yield from _contradictoire(c)
    yield from _silence(c)
    if niveau is not None and niveau.ep_requise and not c.avis_ep:
        yield Refus(
            code="avis_ep", article="CASF L262-37 III",
            phrase="L'avis de l'équipe pluridisciplinaire sur ces faits manque : il précède cette mesure.",
        )  # fmt: skip
    if c.protegee and not c.representant_connu:
        yield Refus(
            code="representant", article="C. trav. R5412-7",
            phrase="La personne est protégée ou mineure et son représentant n'est pas connu : il doit être avisé.",
        )  # fmt: skip


def _contradictoire(c: Contexte) -> Iterator[Refus]:
    regle = regime_nomme(c.regime).contradictoire
    if c.griefs_recus_le is None:
        yield Refus(
            code="griefs_non_recus", article=regle.article,
            phrase="La réception de la lettre des griefs n'a pas de date certaine : le délai n'a pas commencé.",
        )  # fmt: skip
        return
    terme = c.griefs_recus_le + timedelta(days=regle.jours)
    jusquau = max(terme, c.contradictoire_jusquau or terme)
    if c.decision_le <= jusquau:
        yield Refus(
            code="contradictoire", article=regle.article,
            phrase=f"La personne peut encore répondre jusqu'au {date_en_toutes_lettres(jusquau)} inclus.",
        )  # fmt: skip
    if c.audition_demandee and (c.entendue_le is None or c.entendue_le > c.decision_le):
        yield Refus(
            code="audition", article="CRPA L122-1",
            phrase="La personne a demandé à être entendue : l'audition doit avoir eu lieu avant la décision.",
        )  # fmt: skip


def _silence(c: Contexte) -> Iterator[Refus]:
    """The local scale until June 2025: « sans manifestation de la personne », then only the next rung."""
    local = regime_nomme(c.regime).bareme_du_silence(c.faits_le, c.rang)
    if local is not None and c.manifestee:
        yield Refus(
            code="manifestation", article=local.reference,
            phrase=f"La personne s'est manifestée depuis la mesure précédente : « {local.libelle} » ne permet la "
            "suivante que sans manifestation de sa part.",
        )  # fmt: skip


def _debut(projet: ProjetMesure, c: Contexte) -> Iterator[Refus]:
    if projet.debut < c.decision_le:
        yield Refus(
            code="retroactive", article="CRPA L221-8",
            phrase="Une mesure ne s'applique pas à des jours passés : son premier mois suit la décision.",
        )  # fmt: skip


def _nature_refusee(projet: ProjetMesure, permis: Cadre) -> Refus:
    if projet.nature is NatureMesure.SUPPRESSION and any(
        n.type is NatureMesure.SUPPRESSION for n in permis.regime.niveaux
    ):
        phrase = (
            "Une suppression n'est possible qu'après une suspension notifiée pour un manquement de même nature, en cas "
            "de persistance ou de réitération."
        )
        return Refus(code="sans_suspension", phrase=phrase, article="CASF L262-37 II")
    possibles = ", ".join(n.type.libelle.lower() for n in permis.niveaux)
    phrase = (
        f"« {projet.nature.libelle} » n'existe pas à ce rang sous « {permis.regime.libelle} ». Possible : {possibles}."
    )
    return Refus(code="nature", phrase=phrase, article=permis.regime.reference)


def _part(projet: ProjetMesure, niveau: Niveau) -> Iterator[Refus]:
    if niveau.montant_max is not None:
        if projet.montant is None or not 0 < projet.montant <= niveau.montant_max:
            phrase = f"Le montant retiré va jusqu'à {niveau.montant_max} € par mois."
            yield Refus(code="montant", phrase=phrase, article=niveau.articles[-1])
        return
    minimum, maximum, part = niveau.quotite_min or Decimal(0), niveau.quotite_max or TOUT, projet.quotite
    if part is None or part <= 0 or not minimum <= part <= maximum:
        phrase = (
            f"La part retirée va de {pour_cent(minimum)} à {pour_cent(maximum)} pour ce foyer"
            f"{' (plafond du foyer)' if niveau.plafond_foyer is not None else ''}."
        )
        yield Refus(code="quotite", phrase=phrase, article=niveau.articles[-1 if niveau.plafond_foyer else 0])


def _duree(projet: ProjetMesure, niveau: Niveau) -> Iterator[Refus]:
    if not niveau.duree_min_mois <= projet.mois <= niveau.duree_max_mois:
        yield Refus(
            code="duree", article=niveau.articles[0],
            phrase=f"La durée va de {niveau.duree_min_mois} à {niveau.duree_max_mois} mois entiers.",
        )  # fmt: skip


def _cumul(projet: ProjetMesure, c: Contexte) -> Iterator[Refus]:
    """The ceiling over the months of the project, all measures of the household together."""
    if projet.quotite is None or projet.mois < 1:
        return
    nouvelle = MesureDuFoyer(quotite=projet.quotite, debut=projet.debut, mois=projet.mois)
    siens = set(mois_de(projet.debut, projet.mois))
    for mois in plafonds_par_mois(c.foyers, [nouvelle], regime=c.regime):
        autres = sum((m.part_du_mois(mois.mois) for m in c.autres_mesures), Decimal(0))
        if mois.mois in siens and autres + mois.cumul > mois.maximum:
            deja = f" dont {pour_cent(autres)} déjà retirés par une autre mesure" if autres else ""
            phrase = (
                f"En {mois.mois:%m/%Y}, le foyer perdrait {pour_cent(autres + mois.cumul)} de son allocation{deja} : "
                f"le plafond est de {pour_cent(mois.maximum)}, toutes mesures ensemble."
            )
            yield Refus(code="plafond", phrase=phrase, article=mois.article or "CASF L262-37")


def _fin(permis: Cadre, c: Contexte) -> Iterator[Refus]:
    if not permis.fin_de_droit.possible:
        yield Refus(code="fin_de_droit", phrase=permis.fin_de_droit.motif, article=permis.fin_de_droit.article)


def pour_cent(part: Decimal) -> str:
    """A share as it is read.

    >>> pour_cent(Decimal("0.3")), pour_cent(Decimal(1)), pour_cent(Decimal("0.125"))
    ('30 %', '100 %', '12,5 %')
    """
    texte = f"{(part * POUR_CENT).normalize():f}".replace(".", ",")
    return f"{texte} %"
