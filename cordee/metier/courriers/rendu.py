"""Letters as PDF/UA files: one at a time, or in batches ready for the post room.

Typst compiles the templates of ``modeles/`` with data passed as JSON, never by building source. The compiler is made
once per process. What proves a letter is its data, the version of its template and the digest of both: the same three
give the same file, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cordee.metier.courriers.composition import MESSAGE, MODELES, atelier
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.regles import KIND_COURRIER, date_fr, date_heure_fr
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier

TAILLE_LOT = 500

_COMMUN = ("departement.nom", "reference")
_POSTAL = ("destinataire.appel", "destinataire.adresse")
_RECOURS = (
    "departement.autorite",
    "departement.adresse_recours",
    "departement.tribunal.nom",
    "departement.tribunal.adresse",
)
_RDV = ("rdv.quand", "rdv.lieu.nom")
_PAROLES = "textes.corps ou message_court.texte"
_JOINDRE = "deplacer.telephone ou deplacer.courriel ou deplacer.lien ou deplacer.sur_place"
_DES_DECISIONS = (
    GenreCourrier.DECISION_SUSPENSION, GenreCourrier.DECISION_SUPPRESSION, GenreCourrier.DECISION_FIN_DE_DROIT,
)  # fmt: skip
_DE_LA_PROCEDURE = (
    GenreCourrier.GRIEFS, GenreCourrier.AUDITION, GenreCourrier.COMMUNICATION_DOSSIER, GenreCourrier.CLASSEMENT,
    GenreCourrier.LEVEE_MESURE, GenreCourrier.ACCUSE_RECOURS, GenreCourrier.REPONSE_RECOURS,
)  # fmt: skip
CHAMPS_REQUIS: Mapping[GenreCourrier, tuple[str, ...]] = {
    GenreCourrier.CONVOCATION: (*_POSTAL, *_RDV, "rdv.pourquoi", _JOINDRE),
    GenreCourrier.NOTIFICATION_ORIENTATION: (
        *_POSTAL, *_RECOURS, "destinataire.nom", "decision.le", "decision.decideur", "decision.parcours",
        "decision.organisme.nom", "decision.motifs", "signataire.nom",
    ),
    GenreCourrier.NOMINATION_REFERENT: (*_POSTAL, "depuis", "referent.nom", "referent.structure", "referent.telephone"),
    GenreCourrier.CONTRAT_ENGAGEMENT: (
        *_RECOURS, "departement.decideur", "personne.nom", "organisme.nom", "referent.nom", "objectifs",
        "engagements_organisme", "engagements_personne", "actions",
        "heures.hebdomadaire ou heures.sans_duree", "prochaine_actualisation",
    ),
    GenreCourrier.INVITATION: ("destinataire.appel", "deplacer.lien ou lien", "invitation.jusquau", _PAROLES),
    GenreCourrier.RAPPEL: ("destinataire.appel", "message_court.texte"),
    GenreCourrier.RENDEZ_VOUS_DEPLACE: ("destinataire.appel", *_RDV, _PAROLES),
    GenreCourrier.RENDEZ_VOUS_ANNULE: ("destinataire.appel", "rdv.quand", _PAROLES),
    GenreCourrier.EXCUSES: ("destinataire.appel", "excuses.le", "excuses.courrier", "excuses.erreur", _PAROLES),
    GenreCourrier.PRISE_DE_NOUVELLES: ("destinataire.appel", "nouvelles.referent", _PAROLES),
    GenreCourrier.FEUILLE_DE_ROUTE: ("destinataire.nom", "qui.nom", *_RDV, "pourquoi"),
    GenreCourrier.ATTESTATION_ACCOMPAGNEMENT: ("personne.nom", "depuis", "organisme.nom", "referent.nom"),
    GenreCourrier.REFUS_REORIENTATION: (
        *_POSTAL, *_RECOURS, "demande.le", "reponse.le", "reponse.decideur", "reponse.motif", "reponse.organisme.nom",
    ),
    GenreCourrier.CONVOCATION_EP: (*_POSTAL, *_RDV, "composition", _JOINDRE),
    GenreCourrier.SUITE_EP: (*_POSTAL, "seance.le", "avis.sens", "suite", _JOINDRE),
    GenreCourrier.EXPLICATION_PROPOSITION: (
        *_POSTAL, *_RECOURS, "demandee_le", "regle.nom", "regle.reference", "regle.version", "donnees", "raisons",
        "proposition.parcours", "proposition.organisme", "decision.le", "decision.decideur", "decision.parcours",
        "decision.organisme", "decision.motifs",
    ),
    **dict.fromkeys(_DE_LA_PROCEDURE, (*_POSTAL, "ouverture", "sections", "regle.textes")),
    **dict.fromkeys(_DES_DECISIONS, (*_POSTAL, *_RECOURS, "ouverture", "sections", "regle.textes",
                                     "recours", "signataire.nom")),
}  # fmt: skip


# Kinds whose whole text is the Département's share one template; those of a procedure share another.
_PROPRES = dict.fromkeys((*_DE_LA_PROCEDURE, *_DES_DECISIONS), "procedure")
GABARITS: Mapping[GenreCourrier, str] = _PROPRES | dict.fromkeys(
    (
        GenreCourrier.INVITATION,
        GenreCourrier.RAPPEL,
        GenreCourrier.RENDEZ_VOUS_DEPLACE,
        GenreCourrier.RENDEZ_VOUS_ANNULE,
        GenreCourrier.EXCUSES,
        GenreCourrier.PRISE_DE_NOUVELLES,
    ),
    "lettre_courte",
)


class DonneesManquantes(ErreurMetier):
    """The letter cannot be written yet."""


@dataclass(frozen=True, slots=True)
class Lettre:
    """One letter of a batch. ``reference`` is printed on it and finds its pages again.

    ``ordre``: its place among those of the same postal code. ``le``: its own instant, when it is not the batch's.
    """

    reference: str
    modele: str
    donnees: Mapping[str, Any]
    code_postal: str = ""
    commune: str = ""
    grands_caracteres: bool = False
    ordre: int = 0
    le: datetime | None = None


@dataclass(frozen=True, slots=True)
class LotPdf:
    """A batch to print.

    ``pages`` gives, by reference, the first and last page in the file (from 1), to print one letter again.
    ``plis`` counts the envelopes by postal code, for franking.
    """

    numero: int
    sur: int
    pdf: bytes
    pages: dict[str, tuple[int, int]]
    plis: dict[str, int]
    nombre_pages: int = 0


def rendre_pdf(modele: str, donnees: Mapping[str, Any], *, le: datetime, grands_caracteres: bool = False) -> bytes:
    """One letter as a tagged PDF (PDF/UA-1).

    Args:
        modele: value of a `GenreCourrier`.
        donnees: what the template prints; dates and instants are written in French. See ``modeles/`` for the keys.
        le: the instant of the letter, printed as its date unless ``donnees["date"]`` says otherwise.
        grands_caracteres: large print (18 points) for those who ask for it.

    Raises:
        DonneesManquantes: a value without which the letter would mislead is absent.
    """
    lettre = _completer(GenreCourrier(modele), donnees, le=le, grands_caracteres=grands_caracteres)
    entree = {"titre": lettre["titre"], "auteur": lettre["departement"]["nom"], "lettres": [lettre]}
    return atelier().composer(entree, le=le).pdf


def lot_pdf(
    lettres: Iterable[Lettre], *, le: datetime, taille: int = TAILLE_LOT, recto_verso: bool = True
) -> Iterator[LotPdf]:
    """Batches of at most ``taille`` letters sorted by postal code, each behind a page that counts the envelopes.

    Letters without a postal code (abroad) come last. With ``recto_verso`` every letter starts on a front page.

    Raises:
        DonneesManquantes: before anything is composed, with the reference of the letter.
        ValueError: two letters carry the same reference.
    """
    triees = sorted(lettres, key=lambda c: (not c.code_postal, c.code_postal, c.commune, c.ordre, c.reference))
    if len({c.reference for c in triees}) < len(triees):
        raise ValueError("two letters of a batch carry the same reference")
    completes = [
        _completer(
            GenreCourrier(c.modele),
            {**c.donnees, "reference": c.reference},
            le=c.le or le,
            grands_caracteres=c.grands_caracteres,
        )
        for c in triees
    ]
    nombre = -(-len(triees) // taille)
    for numero in range(1, nombre + 1):
        tranche = slice((numero - 1) * taille, numero * taille)
        yield _composer_lot(
            triees[tranche], completes[tranche], numero=numero, sur=nombre, le=le, recto_verso=recto_verso
        )


def _composer_lot(
    lettres: Sequence[Lettre],
    completes: list[dict[str, Any]],
    *,
    numero: int,
    sur: int,
    le: datetime,
    recto_verso: bool,
) -> LotPdf:
    plis = dict(Counter(c.code_postal or "sans code postal" for c in lettres))
    entree = {
        "titre": f"Lot de courriers {numero} sur {sur}",
        "auteur": completes[0]["departement"]["nom"],
        "recto_verso": recto_verso,
        "lot": {
            "numero": numero,
            "sur": sur,
            "date": date_fr(horloge.jour(le)),
            "codes": [c.code_postal for c in lettres],
        },
        "lettres": completes,
    }
    document = atelier().composer(entree, le=le)
    pages = {lettre.reference: borne for lettre, borne in zip(lettres, document.bornes, strict=True)}
    dernieres = document.bornes[-1][1]
    return LotPdf(numero=numero, sur=sur, pdf=document.pdf, pages=pages, plis=plis, nombre_pages=dernieres)


def version_modele(modele: str) -> str:
    """Digest of the template and of all it uses: kept with the letter as proof of what was printed.

    >>> len(version_modele("convocation"))
    12
    """
    somme = hashlib.sha256()
    propre = GABARITS.get(GenreCourrier(modele), str(modele))
    for fichier in (MODELES / "principal.typ", MODELES / "commun.typ", MODELES / f"{propre}.typ"):
        somme.update(fichier.read_bytes())
    return somme.hexdigest()[:12]


def empreinte(
    modele: str, donnees: Mapping[str, Any], *, le: datetime, grands_caracteres: bool = False, version: str = ""
) -> str:
    """Digest of all that makes the letter: template, data, instant. Same digest, same letter.

    ``version``: ``version_modele(modele)``, when it is known already.
    """
    lettre = _completer(GenreCourrier(modele), donnees, le=le, grands_caracteres=grands_caracteres)
    preuve = [version or version_modele(modele), int(le.timestamp()), lettre]
    contenu = json.dumps(preuve, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(contenu.encode()).hexdigest()


def _completer(
    genre: GenreCourrier, donnees: Mapping[str, Any], *, le: datetime, grands_caracteres: bool
) -> dict[str, Any]:
    """The data of one letter as the template reads it: checked, in French, without unprintable characters."""
    exiges = (*_COMMUN, *CHAMPS_REQUIS[genre], *(f"delais.{d}" for d in KIND_COURRIER[genre].delais))
    manquants = [champ for champ in exiges if not any(_valeur(donnees, c) for c in champ.split(" ou "))]
    if manquants:
        reference = donnees.get("reference") or "sans référence"
        raise DonneesManquantes(f"« {genre.libelle} » ({reference}) : complétez d'abord {', '.join(manquants)}.")
    lettre = en_francais(donnees)
    return {
        "date": date_fr(horloge.jour(le)),
        "delais": {},
        **lettre,
        "modele": MESSAGE if _est_un_message(donnees) else genre.value,
        "titre": KIND_COURRIER[genre].titre,
        "grands_caracteres": grands_caracteres or bool(donnees.get("grands_caracteres")),
    }


def _est_un_message(donnees: Mapping[str, Any]) -> bool:
    """Whether what was sent is the message itself, not a document joined to it."""
    message = donnees.get("message_court")
    return isinstance(message, Mapping) and not message.get("piece_jointe")


def _valeur(donnees: Any, chemin: str) -> Any:
    for cle in chemin.split("."):
        donnees = donnees.get(cle) if isinstance(donnees, Mapping) else None
    return donnees


def en_francais(valeur: Any) -> Any:
    """JSON-ready copy, to be kept as proof: dates in words, text composed (NFC) and free of control characters.

    A copy of a copy is the same: what was kept prints the same letter again.

    >>> en_francais({"le": date(2026, 2, 17), "nom": "Zoe\\u0301\\x00"})
    {'le': 'mardi 17 février 2026', 'nom': 'Zoé'}
    """
    if isinstance(valeur, datetime):
        return date_heure_fr(valeur.astimezone(horloge.PARIS) if valeur.tzinfo else valeur)
    if isinstance(valeur, date):
        return date_fr(valeur)
    if isinstance(valeur, str):
        return _texte(valeur)
    if isinstance(valeur, Mapping):
        return {str(cle): en_francais(v) for cle, v in valeur.items()}
    if isinstance(valeur, Iterable):
        return [en_francais(v) for v in valeur]
    return valeur


def _texte(valeur: str) -> str:
    if valeur.isprintable() and unicodedata.is_normalized("NFC", valeur):  # nothing to take out: nine texts in ten
        return str(valeur)
    texte = unicodedata.normalize("NFC", str(valeur).replace("\r\n", "\n"))
    return "".join(c for c in texte if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
