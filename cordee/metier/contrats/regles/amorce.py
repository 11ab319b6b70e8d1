"""The first words of a contract, from what the diagnosis established: aims, actions, both sides' promises. Pure.

A proposal to talk about, never a text to sign: the référent and the person keep, change or strike out each line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.regles.contenu import Ligne
from cordee.metier.contrats.regles.familles import familles
from cordee.metier.orientation.regles.vocabulaire import vocabulaire

OBJECTIFS_AU_PLUS: Final = 4
JOURS_POUR_NOUS, JOURS_POUR_ELLE = 21, 60
ORGANISME: Final = (
    "Vous recevoir régulièrement et répondre à vos messages",
    "Vous informer de vos droits et vous aider dans vos démarches",
    "Chercher avec vous des solutions aux difficultés que vous rencontrez",
)
PERSONNE: Final = ("Venir aux rendez-vous ou prévenir", "Participer aux actions décidées ensemble")
_SENSIBLES: Final = frozenset({"sante", "famille", "finances", "confiance"})
_SENSIBLES_AUSSI: Final = frozenset(
    {"demarches.judiciaire", "demarches.point_justice", "demarches.aide_juridictionnelle"}
)


@dataclass(frozen=True, slots=True)
class Amorce:
    """``objectifs``: whole codes of the vocabulary, the most pressing first."""

    projet: str
    objectifs: tuple[str, ...]
    lignes: tuple[Ligne, ...]


def amorcer(
    *, projets: Iterable[str], objectifs: Iterable[str], situations: Iterable[str], referent: int | None, au: date
) -> Amorce:
    """The lines to begin with.

    Args:
        projets: jobs the person looks for, the most wanted first.
        objectifs, situations: whole codes of the open findings.
        referent: who keeps the body's promises.

    >>> amorce = amorcer(projets=["Aide à domicile"], objectifs=[], situations=["mobilite.sans_moyen"], referent=None,
    ...     au=date(2026, 2, 17))
    >>> amorce.projet, amorce.objectifs
    ('Travailler comme : Aide à domicile', ('mobilite.point', 'mobilite.solution'))
    >>> [(x.texte, x.famille.value) for x in amorce.lignes if x.famille]
    [('Rencontrer un conseiller en mobilité', 'acces_droits'), ('Demander le tarif solidarité des transports', \
'acces_droits')]
    """
    vocab = vocabulaire()
    codes = [c for c in dict.fromkeys([*objectifs, *vocab.objectifs_pour(situations)]) if c in vocab.objectifs]
    retenus = tuple(codes[:OBJECTIFS_AU_PLUS])
    lignes = [Ligne(engage=Engage.PERSONNE, texte=texte) for texte in PERSONNE]
    lignes += [Ligne(engage=Engage.ORGANISME, texte=texte, responsable=referent) for texte in ORGANISME]
    for code in retenus:
        lignes += _du_but(code, referent=referent, au=au)
    return Amorce("\n".join(f"Travailler comme : {p}" for p in list(projets)[:2]), retenus, tuple(lignes))


def _du_but(code: str, *, referent: int | None, au: date) -> list[Ligne]:
    """The first action of an aim, and what the body does for it within three weeks."""
    vocab = vocabulaire()
    but = vocab.objectifs[code]
    action = next((vocab.actions[a] for a in but.liens if a in vocab.actions and vocab.actions[a].en_vigueur(au)), None)
    nous = Ligne(
        engage=Engage.ORGANISME, texte=f"Vous aider à avancer : {_minuscule(but.libelle)}", code=code, objectif=code,
        avant_le=au + timedelta(days=JOURS_POUR_NOUS), responsable=referent,
    )  # fmt: skip
    if action is None:
        return [nous]
    famille = familles().de(action.code)
    elle = Ligne(
        engage=Engage.PERSONNE, texte=action.libelle, code=action.code, objectif=code,
        famille=famille.activite if famille else None, avant_le=au + timedelta(days=JOURS_POUR_ELLE),
    )  # fmt: skip
    return [nous, elle]


def objectif_de(code: str) -> str:
    """The aim an action serves, by code; an aim is its own.

    >>> objectif_de("mobilite.conseiller"), objectif_de("mobilite.point"), objectif_de("")
    ('mobilite.point', 'mobilite.point', '')
    """
    vocab = vocabulaire()
    if code in vocab.objectifs:
        return code
    return next((but.code for but in vocab.objectifs.values() if code in but.liens), "")


def sensible(code: str) -> bool:
    """Whether a line says something that is masked at first on the person's own screen (V4).

    >>> sensible("sante.bilan"), sensible("mobilite.permis"), sensible("")
    (True, False, False)
    """
    return code.partition(".")[0] in _SENSIBLES or code in _SENSIBLES_AUSSI


def libelles(codes: Sequence[str]) -> list[str]:
    """The words of aims, in their order; an unknown code is left out."""
    connus = vocabulaire().objectifs
    return [connus[c].libelle for c in codes if c in connus]


def _minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
