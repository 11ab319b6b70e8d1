"""The steps of a procedure, in their order, each with its article: what the simulator and the dossier both show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cordee.reglementation.redaction import NOMBRES
from cordee.reglementation.regimes.cadre import Cadre
from cordee.reglementation.regimes.enums import VoieFinDeDroit
from cordee.socle.enums import EnumLibelle


class CleEtape(EnumLibelle):
    """The steps, in their order."""

    MOTIF = "motif", "Examiner s'il y a un motif légitime"
    DROITS = "droits", "Vérifier les droits qui ne sont pas utilisés"
    GRIEFS = "griefs", "Exposer les faits à la personne"
    CONTRADICTOIRE = "contradictoire", "Recevoir ses observations"
    AVIS = "avis", "Recueillir l'avis de l'équipe pluridisciplinaire"
    DECISION = "decision", "Décider, avec des motifs"
    NOTIFICATION = "notification", "Notifier la décision et les recours"
    TRANSMISSION = "transmission", "Transmettre à l'organisme payeur"
    LEVEE = "levee", "Lever la suspension"
    TERME = "terme", "Constater le terme"


_MOTIF = "C'est la première question. S'il y en a un, tout s'arrête là."
_DROITS = "Santé, logement, prime d'activité… : ce qui peut débloquer la situation passe d'abord."
_GRIEFS = (
    "La lettre dit les faits, la mesure envisagée et le droit de répondre. Seule sa réception à une date certaine fait "
    "courir le délai."
)
_REPONDRE = (
    "jours au moins à compter de la réception, par écrit ou de vive voix, avec l'aide de qui elle veut. Se taire n'est "
    "pas reconnaître les faits."
)
_AVIS = "La personne y est invitée et peut être assistée. Ce n'est qu'un avis : il ne décide pas."
_DECIDER = (
    "Une personne décide, pas un calcul. La durée et la part tiennent compte de la situation et de la composition du "
    "foyer. Les motifs sont écrits en phrases."
)
_NOTIFIER = (
    "La lettre donne les motifs, la durée, la part et les recours : deux mois pour saisir le président du conseil "
    "départemental, puis le tribunal."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EtapeLegale:
    """One step: what it asks, under which articles, and whether it is always there."""

    cle: CleEtape
    phrase: str
    articles: tuple[str, ...]
    toujours: bool = True

    @property
    def titre(self) -> str:
        return self.cle.libelle


def etapes_legales(cadre: Cadre) -> tuple[EtapeLegale, ...]:
    """The steps the law asks for in this frame; nothing when it is blocked, since nothing may be decided.

    >>> from cordee.reglementation.regimes import Foyer, cadre
    >>> [e.cle.value for e in etapes_legales(cadre(au=date(2026, 11, 2), foyer=Foyer(1), rang=1))]
    ['motif', 'droits', 'griefs', 'contradictoire', 'decision', 'notification', 'transmission', 'levee', 'terme']
    """
    if cadre.blocages:
        return ()
    regle = cadre.regime.contradictoire
    jours = NOMBRES.get(regle.jours, str(regle.jours))
    etapes = [
        _etape(CleEtape.MOTIF, _MOTIF, "CASF L262-37"),
        _etape(CleEtape.DROITS, _DROITS),
        _etape(CleEtape.GRIEFS, _GRIEFS, regle.article, "CRPA L122-2"),
        _etape(CleEtape.CONTRADICTOIRE, f"{jours.capitalize()} {_REPONDRE}", regle.article, "CRPA L122-1"),
    ]
    requises = [n for n in cadre.niveaux if n.ep_requise]
    if requises:
        quand = "avant toute mesure" if len(requises) == len(cadre.niveaux) else "avant une suppression"
        article = "CASF L262-37" if cadre.regime.manquement_nouveau else "CASF L262-37 (avant 2025)"
        toujours = len(requises) == len(cadre.niveaux)
        etapes.append(_etape(CleEtape.AVIS, f"L'avis est obligatoire {quand}. {_AVIS}", article, toujours=toujours))
    etapes += [
        _etape(CleEtape.DECISION, _DECIDER, "CASF L262-37", "CRPA L211-2"),
        _etape(CleEtape.NOTIFICATION, _NOTIFIER, "CASF L262-47"),
        _etape(CleEtape.TRANSMISSION, "La caisse applique ; ses fichiers disent si elle l'a fait.", "CASF L262-16"),
    ]
    return (*etapes, *_fin(cadre))


def premier_jour_de_decision(griefs_recus_le: date, *, jours: int) -> date:
    """The first day on which a decision may be taken: the last day to answer is still hers (E27).

    >>> premier_jour_de_decision(date(2026, 11, 2), jours=10)
    datetime.date(2026, 11, 13)
    """
    return griefs_recus_le + timedelta(days=jours + 1)


def _etape(cle: CleEtape, phrase: str, *articles: str, toujours: bool = True) -> EtapeLegale:
    return EtapeLegale(cle=cle, phrase=phrase, articles=articles, toujours=toujours)


def _fin(cadre: Cadre) -> tuple[EtapeLegale, ...]:
    manquement = cadre.regime.manquement(cadre.nature) if cadre.nature else None
    levee = manquement.levee if manquement else (
        "Il est mis fin à la suspension dès que la personne fait ce qui manquait. C'est une obligation, pas une faveur."
    )  # fmt: skip
    articles = manquement.articles if manquement else ("CASF L262-37",)
    terme = "À son terme, le versement reprend. "
    if cadre.regime.fin_de_droit.voie is VoieFinDeDroit.SUPPRESSION_TOTALE:
        terme += "Une suppression ne se lève pas : elle finit à son terme, par un retrait, un recours ou un juge."
    return (
        _etape(CleEtape.LEVEE, levee, *articles, toujours=False),
        _etape(CleEtape.TERME, terme, *articles),
    )
