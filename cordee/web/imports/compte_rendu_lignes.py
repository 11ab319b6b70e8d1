"""The report of a file of lines: contacts, employment operator, partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse

from cordee.echanges.fichiers.models import FichierRecu
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.fichiers.selectors import fichier_precedent
from cordee.web.composants.balises.marques import accord
from cordee.web.imports.apparences import AVERTISSEMENTS, nombre, titre
from cordee.web.imports.compte_rendu import Chiffre, duree
from cordee.web.imports.controle import ecart
from cordee.web.socle.export import en_csv

# What a kind counts besides (``RapportLignes.compteurs``), « singulier|pluriel ».
COMPTEURS: Final = {
    "telephones_ajoutes": "premier numéro de téléphone|premiers numéros de téléphone",
    "telephones_changes": "numéro de téléphone changé|numéros de téléphone changés",
    "courriels_ajoutes": "premier courriel|premiers courriels",
    "telephones_retires": "numéro qui n'est plus donné|numéros qui ne sont plus donnés",
    "courriels_retires": "courriel qui n'est plus donné|courriels qui ne sont plus donnés",
    "courriels_changes": "courriel changé|courriels changés",
    "refus": "refus d'un moyen de contact|refus d'un moyen de contact",
    "numeros_de_tiers": "numéro ou courriel partagé, non utilisé|numéros ou courriels partagés, non utilisés",
    "propositions": "contact à décider|contacts à décider",
    "plus_recents_connus": "ligne plus ancienne que ce qui est connu|lignes plus anciennes que ce qui est connu",
    "sans_contact": "ligne sans téléphone ni courriel|lignes sans téléphone ni courriel",
    "contrats_connus": "contrat connu|contrats connus",
    "contrats_date_incomplete": "contrat à la date incomplète|contrats à la date incomplète",
    "contacts_connus": "dernier contact connu|derniers contacts connus",
    "suivies": "personne suivie par ce partenaire|personnes suivies par ce partenaire",
    "premieres_informations": "première information reçue|premières informations reçues",
    "suivies_ailleurs": "personne suivie ailleurs, à vérifier|personnes suivies ailleurs, à vérifier",
    "hors_parcours": "personne hors des droits et devoirs|personnes hors des droits et devoirs",
    "deja_connues": "information déjà connue|informations déjà connues",
    "plus_anciennes": "information plus ancienne que la nôtre|informations plus anciennes que la nôtre",
    "identites_a_preciser": "identité à préciser|identités à préciser",
    "identifiants_retenus": "identifiant retenu|identifiants retenus",
}


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What the page shows."""

    rapport: RapportLignes
    resume: str
    phrases: tuple[str, ...]
    chiffres: tuple[Chiffre, ...]
    compteurs: tuple[tuple[str, int], ...]
    avertissements: tuple[tuple[str, int], ...]
    precedent: FichierRecu | None
    comparaison: tuple[tuple[str, int, int, str], ...]


def composer(fichier: FichierRecu) -> CompteRendu:
    """The report stored with the file, in words. One query: the file before."""
    r = RapportLignes.de_json(fichier.rapport)
    precedent = fichier_precedent(fichier)
    return CompteRendu(
        rapport=r,
        resume=_resume(r),
        phrases=tuple(r.phrases[1:]),  # the first one says what the summary says
        chiffres=(
            Chiffre(r.pris, "ligne a changé quelque chose|lignes ont changé quelque chose", "echange"),
            Chiffre(r.inchanges, "ligne n'apporte rien de nouveau|lignes n'apportent rien de nouveau", "succes"),
            Chiffre(r.introuvables, "ligne ne concerne personne ici|lignes ne concernent personne ici", "personne"),
            Chiffre(
                len(r.rejets), "ligne mise de côté|lignes mises de côté", "echec", "danger" if r.rejets else "",
                "#mis-de-cote" if r.rejets else "",
            ),
        ),
        compteurs=tuple(
            (accord(n, COMPTEURS[code]) if code in COMPTEURS else code.replace("_", " "), n)
            for code, n in r.compteurs.items()
            if n
        ),
        avertissements=tuple(
            (AVERTISSEMENTS.get(code, code.replace("_", " ")), n) for code, n in r.avertissements.items()
        ),
        precedent=precedent,
        comparaison=tuple(_comparer(r, precedent)) if precedent else (),
    )  # fmt: skip


def en_tableau(fichier: FichierRecu) -> HttpResponse:
    """The figures as a table. No person is in it."""
    vu = composer(fichier)
    lignes: list[tuple[str, Any]] = [("Lignes lues", vu.rapport.lus)]
    lignes += [(c.texte, c.valeur) for c in vu.chiffres]
    lignes += [*vu.compteurs, *vu.avertissements, ("Durée", duree(vu.rapport.duree_s))]
    return en_csv(f"rapport-{fichier.pk}", [titre(fichier), "Nombre"], lignes)


def _resume(r: RapportLignes) -> str:
    """One sentence.

    >>> _resume(RapportLignes(lus=12, pris=3, inchanges=8, introuvables=1))
    "12 lignes lues : 3 ont changé quelque chose, 8 n'apportent rien de nouveau, 1 ne concerne personne ici."
    >>> _resume(RapportLignes())
    'Aucune ligne lue.'
    """
    if not r.lus:
        return "Aucune ligne lue."
    morceaux = [
        (r.pris, "a changé quelque chose|ont changé quelque chose"),
        (r.inchanges, "n'apporte rien de nouveau|n'apportent rien de nouveau"),
        (r.introuvables, "ne concerne personne ici|ne concernent personne ici"),
        (len(r.rejets), "est mise de côté|sont mises de côté"),
    ]
    suite = ", ".join(f"{nombre(n)} {accord(n, formes)}" for n, formes in morceaux if n)
    return f"{nombre(r.lus)} {accord(r.lus, 'ligne lue|lignes lues')} : {suite}."


def _comparer(r: RapportLignes, precedent: FichierRecu) -> list[tuple[str, int, int, str]]:
    avant = RapportLignes.de_json(precedent.rapport)
    paires = (
        ("Lignes lues", avant.lus, r.lus),
        ("Lignes qui ont changé quelque chose", avant.pris, r.pris),
        ("Lignes qui ne concernent personne ici", avant.introuvables, r.introuvables),
        ("Lignes mises de côté", len(avant.rejets), len(r.rejets)),
    )
    return [(nom, x, y, ecart(y, x) if x else ("autant" if x == y else f"+{y}")) for nom, x, y in paires]
