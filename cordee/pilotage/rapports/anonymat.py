"""No person is named in what is published (V8, V9): what a note may not hold. Reads names, keeps and logs none."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from django.db.models import Q

from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.models.bases import CleRecherche
from cordee.metier.suivi.regles.lexique import aplatir

_FORMES: Final = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.I), "une adresse électronique"),
    (re.compile(r"(?<!\d)[1-37-8](?:[ .]?\d){12,14}(?!\d)"), "un numéro de sécurité sociale"),
    (re.compile(r"(?<!\d)(?:\+33|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}(?!\d)"), "un numéro de téléphone"),
    (re.compile(r"(?<!\d)\d{7,}(?!\d)"), "un numéro de dossier ou d'allocataire"),
    (re.compile(r"\bn[ée]+e?\s+le\s+\d", re.I), "une date de naissance"),
    (re.compile(r"\b(?:M\.|Mme|Mlle|Mr|Monsieur|Madame|Mademoiselle)\s+[A-ZÀ-Ý][\w'’-]*"), "une personne par son nom"),
)
_MOT: Final = re.compile(r"[A-ZÀ-Ý][\w'’-]+")
_SUITE: Final = re.compile(r"\w[\w'’-]*")


def ce_qui_designe(texte: str) -> list[str]:
    """What in a text points at somebody, by its form. Pure.

    >>> ce_qui_designe("Mme Dupont dit que le rendez-vous du 12 mars est passé vite."), ce_qui_designe("06 12 34 56 78")
    (['une personne par son nom'], ['un numéro de téléphone'])
    >>> ce_qui_designe("En 2025, 12 500 personnes ont signé ; la Madame du guichet a aidé.")
    []
    """
    return [quoi for motif, quoi in _FORMES if motif.search(texte)]


def paires_de_noms(texte: str) -> set[tuple[str, str]]:
    """Words with a capital that follow one another: what a first name and a family name look like. Pure.

    >>> sorted(paires_de_noms("À Créteil, Awa Diallo est venue"))
    [('awa', 'diallo')]
    """
    paires = set()
    for ligne in re.split(r"[.,;:!?\n()«»\"]", texte):
        mots = _SUITE.findall(ligne)
        paires |= {(aplatir(a), aplatir(b)) for a, b in pairwise(mots) if _MOT.fullmatch(a) and _MOT.fullmatch(b)}
    return paires


def personnes_nommees(texte: str) -> bool:
    """Whether two neighbouring words are the names of somebody known here, person or agent. Says yes or no, not who."""
    paires = paires_de_noms(texte)
    if not paires:
        return False
    voulu = Q(pk__in=[])
    for a, b in paires:
        voulu |= Q(cle_nom=a, cle_prenom=b) | Q(cle_nom=b, cle_prenom=a)
    cles = {"cle_nom": CleRecherche("nom"), "cle_prenom": CleRecherche("prenom")}
    return Personne.objects.alias(**cles).filter(voulu).exists() or Agent.objects.alias(**cles).filter(voulu).exists()
