"""The first lines of a file as a mapping would understand them: looked at, never written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cordee.echanges.fichiers.depot import FichierRefuse, lieu_de
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.operateur_emploi import lecture as operateur
from cordee.echanges.partenaires.champs import Champ
from cordee.echanges.partenaires.chargement import Lue
from cordee.echanges.partenaires.identites import reconnaitre as reconnaitre_personnes
from cordee.echanges.partenaires.valeurs import CorrespondanceInadaptee, LigneEcartee, LigneLue
from cordee.echanges.tableurs import lecture as tableurs
from cordee.socle.horloge import jour

LIGNES = 8
_IDENTITE = (Champ.NOM, Champ.NOM_NAISSANCE, Champ.PRENOM, Champ.NAISSANCE)
_NUMEROS = {Champ.NIR: "n° de sécurité sociale", Champ.OPERATEUR: "identifiant", Champ.NUMDEMRSA: "n° de demande",
            Champ.MATRICULE: "n° allocataire"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exemple:
    """One line in words. ``ton`` and ``verdict``: what would become of it. Numbers are told, never shown (V12)."""

    ligne: int
    qui: str
    contrat: str
    contact: str
    referent: str
    verdict: str
    ton: str


@dataclass(frozen=True, slots=True)
class Exemples:
    """The lines shown, or why they cannot be."""

    lignes: tuple[Exemple, ...] = ()
    faute: str = ""


def fichier_lisible(pk: str, *types: str) -> FichierRecu | None:
    """The file of an address, when it waits and its copy is there."""
    if not pk.isascii() or not pk.isdigit() or len(pk) > 9:
        return None
    trouve = FichierRecu.objects.filter(pk=int(pk), type__in=types, statut=StatutFichier.RECU).first()
    return trouve if trouve is not None and lieu_de(trouve).exists() else None


def du_tableau(fichier: FichierRecu, plan: tableurs.Plan, *, organisme: str = "") -> Exemples:
    """The first lines of a table with a mapping that may not be saved yet."""
    return _montrer(tableurs.lire(lieu_de(fichier), plan, limite=jour(fichier.depose_le)), organisme)


def de_l_operateur(fichier: FichierRecu, chemins: dict[str, str]) -> Exemples:
    """The first dossiers of the operator's file with paths that may not be saved yet."""
    ou: Path = lieu_de(fichier)
    return _montrer(operateur.lire(ou, chemins=chemins, limite=jour(fichier.depose_le)), "")


def _montrer(lues: Iterator[Lue], organisme: str) -> Exemples:
    try:
        premieres = [x for x in islice(lues, LIGNES) if isinstance(x, LigneLue | LigneEcartee)]
    except (FichierRefuse, CorrespondanceInadaptee) as refus:
        return Exemples(faute=str(refus))
    reconnues = reconnaitre_personnes([x for x in premieres if isinstance(x, LigneLue)], organisme=organisme)
    exemples = []
    for x in premieres:
        if isinstance(x, LigneEcartee):
            verdict, ton = x.motif, "danger"
        elif x.rang in reconnues.sures:
            verdict, ton = "Personne reconnue", "succes"
        elif x.rang in reconnues.douteuses:
            verdict, ton = "Identité à préciser", "attention"
        else:
            verdict, ton = "Personne inconnue ici", "neutre"
        exemples.append(_exemple(x, verdict, ton))
    return Exemples(tuple(exemples))


def _exemple(x: LigneLue | LigneEcartee, verdict: str, ton: str) -> Exemple:
    dits = [x.textes[champ] for champ in _IDENTITE if x.textes.get(champ)]
    numeros = [nom for champ, nom in _NUMEROS.items() if x.textes.get(champ)]
    contrat, contact = x.textes.get(Champ.CONTRAT, ""), x.textes.get(Champ.CONTACT, "")
    if isinstance(x, LigneLue):
        contrat, contact = x.contrat.en_mots, x.contact.en_mots
    return Exemple(
        ligne=x.ligne, qui=" ".join(dits) or (", ".join(numeros) if numeros else "—"),
        contrat=contrat, contact=contact, referent=x.textes.get(Champ.REFERENT, ""), verdict=verdict, ton=ton,
    )  # fmt: skip
