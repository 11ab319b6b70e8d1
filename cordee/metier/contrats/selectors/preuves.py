"""The proofs of a contract's signatures, and whether they still hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cordee.metier.contrats.enums import MoyenSignature, PartieSignature
from cordee.metier.contrats.models import Contrat, PreuveSignature
from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import date_heure_fr
from cordee.socle.horloge import PARIS


@dataclass(frozen=True, slots=True)
class Verification:
    """What the stored text gives when it is made again.

    Attributes:
        texte: its digest is the one recorded.
        fichier: the PDF has the bytes of the day; ``None`` when the layout has changed since (the text still counts).
        preuves: every signature in force bears on that text.
    """

    texte: bool
    fichier: bool | None
    preuves: bool

    @property
    def tient(self) -> bool:
        return self.texte and self.preuves and self.fichier is not False


def preuves_de(contrat: Contrat) -> list[PreuveSignature]:
    """Signatures in force, the body's first, the bytes of the scans left aside."""
    lignes = contrat.preuves.filter(retiree_le__isnull=True).select_related("recueillie_par", "piece")
    return list(lignes.defer("piece__contenu").order_by("recueillie_le", "pk"))


def lignes_de_preuve(contrat: Contrat) -> list[str]:
    """How each signature was given, as the copy of each side prints it."""
    return [_ligne(p) for p in preuves_de(contrat)]


def exemplaire_signe(contrat: Contrat) -> Courrier | None:
    """The signed copy, as it was handed to both sides."""
    return Courrier.objects.filter(
        objet_type="contrat", objet_id=contrat.pk, genre=GenreCourrier.CONTRAT_ENGAGEMENT
    ).order_by("-cree_le", "-pk").first()  # fmt: skip


def verifier(contrat: Contrat) -> Verification | None:
    """Make the proposed text again and compare; ``None``: it was signed on paper, nothing was proposed on a screen."""
    if contrat.propose_le is None or not contrat.texte_propose:
        return None
    genre, le = GenreCourrier.CONTRAT_ENGAGEMENT, contrat.propose_le
    texte = rendu.empreinte(genre, contrat.texte_propose, le=le, version=contrat.version_modele) == contrat.empreinte
    fichier = None
    if rendu.version_modele(genre) == contrat.version_modele:
        pdf = rendu.rendre_pdf(genre, contrat.texte_propose, le=le)
        fichier = hashlib.sha256(pdf).hexdigest() == contrat.empreinte_pdf
    return Verification(texte, fichier, all(p.empreinte == contrat.empreinte for p in preuves_de(contrat)))


def _ligne(p: PreuveSignature) -> str:
    quand = date_heure_fr(p.recueillie_le.astimezone(PARIS))
    comment = {
        MoyenSignature.CODE: f"par un code envoyé au {p.contact_masque}",
        MoyenSignature.TRACE: "à la main, sur l'écran",
        MoyenSignature.PAPIER: "sur papier",
        MoyenSignature.SESSION: "depuis son compte d'agent",
    }[MoyenSignature(p.moyen)]
    pour = "" if p.partie == PartieSignature.PERSONNE else f" ({PartieSignature(p.partie).libelle.lower()})"
    return f"{p.nom}{pour} : {comment}, le {quand}. Empreinte {p.empreinte[:16]}."
