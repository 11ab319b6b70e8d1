"""The criteria in the words of their reader, and what an arrêté changes to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cordee.metier.orientation.enums import NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.criteres_orientation import Criteres, LigneOrganisme

_CONDITIONS = {
    "difficultes_bloquantes": "Une difficulté empêche pour l'instant de chercher un emploi",
    "difficultes_a_traiter": "Des difficultés sont à traiter en même temps que l'emploi",
    "atout": "Un travail récent, ou un projet à court terme avec une formation qualifiante",
    "toujours": "Dans tous les autres cas",
}


def questions(criteres: Criteres) -> list[dict[str, Any]]:
    """The questions in their order, with what each answer does."""
    details = {
        "activite": [f"Réponses qui comptent : {_liste(SituationPro, criteres.situations_actives)}."],
        "projection": [f"Formations qui comptent : {_liste(NiveauFormation, criteres.niveaux_qualifiants)}."],
        "difficultes": [
            f"Empêchent à elles seules, quand elles pèsent fortement : "
            f"{_liste(ThemeDiagnostic, criteres.themes_bloquants)}.",
            f"À partir de {criteres.forts_bloquants} difficultés fortes, quel que soit leur thème, le parcours "
            "d'insertion sociale est proposé.",
            f"{_admises(criteres.faibles_toleres)} dans le parcours emploi.",
            f"Jamais opposées à une personne qui travaille : {_liste(SituationPro, criteres.jamais_bloquee)}.",
        ],
    }
    return [{"q": q, "details": details[q.id]} for q in criteres.questions]


def parcours(criteres: Criteres) -> list[dict[str, Any]]:
    """The table of the paths: first line that applies."""
    return [
        {"quand": _CONDITIONS[li.si], "voie": Voie(li.voie).libelle, "reference": li.reference,
         "confiance": li.confiance}
        for li in criteres.parcours
    ]  # fmt: skip


def organismes(lignes: tuple[LigneOrganisme, ...]) -> list[dict[str, Any]]:
    """The table of the bodies: first line that applies."""
    return [
        {"quand": _public(li), "voies": ", ".join(v.libelle for v in Voie if v in li.voies),
         "organisme": li.organisme.libelle, "reference": li.reference, "confiance": li.confiance}
        for li in lignes
    ]  # fmt: skip


def precisions(contenu: Mapping[str, Any], nationaux: Criteres) -> list[str]:
    """What an arrêté changes, one sentence each."""
    phrases = []
    if themes := contenu.get("themes_bloquants"):
        phrases.append(f"Peut aussi empêcher de chercher un emploi : {_liste(ThemeDiagnostic, frozenset(themes))}.")
    if (forts := contenu.get("forts_bloquants")) is not None:
        phrases.append(f"{forts} difficultés fortes bloquent ({nationaux.forts_bloquants} au plan national).")
    if (faibles := contenu.get("faibles_toleres")) is not None:
        phrases.append(f"{_admises(faibles)} dans le parcours emploi ({nationaux.faibles_toleres} au plan national).")
    if voies := contenu.get("delegataire"):
        noms = ", ".join(Voie(v).libelle.lower() for v in voies)
        phrases.append(f"Proposés vers un organisme délégataire plutôt que vers le Département : {noms}.")
    return phrases


def _admises(n: int) -> str:
    if n == 0:
        return "Aucune difficulté légère n'est admise"
    return f"{n} difficulté{'s' if n > 1 else ''} légère{'s' if n > 1 else ''} {'sont' if n > 1 else 'est'} " + (
        "admises" if n > 1 else "admise"
    )


def _public(ligne: LigneOrganisme) -> str:
    morceaux = []
    if ligne.handicap:
        morceaux.append("travailleur handicapé reconnu")
    if ligne.age_min is not None:
        morceaux.append(f"{ligne.age_min} ans ou plus")
    if ligne.age_moins_de is not None:
        morceaux.append(f"moins de {ligne.age_moins_de} ans")
    if ligne.rsa is not None:
        morceaux.append("bénéficiaire du RSA" if ligne.rsa else "ne perçoit pas le RSA")
    texte = ", ".join(morceaux) or "toute personne"
    return texte[0].upper() + texte[1:]


def _liste(genre: Any, codes: frozenset[str]) -> str:
    return ", ".join(_dans_la_phrase(m.libelle) for m in genre if m in codes)


def _dans_la_phrase(libelle: str) -> str:
    """Small first letter, but for an acronym.

    >>> _dans_la_phrase("Santé"), _dans_la_phrase("CAP, BEP ou titre professionnel")
    ('santé', 'CAP, BEP ou titre professionnel')
    """
    return libelle if libelle[1:2].isupper() else libelle[0].lower() + libelle[1:]
