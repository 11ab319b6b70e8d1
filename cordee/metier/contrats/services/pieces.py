"""The scan of a signed paper: checked, encrypted at rest, read back for those who may."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cordee.metier.contrats.models import PieceSignee
from cordee.metier.contrats.regles.signature import verifier_numerisation
from cordee.metier.organismes.models import Agent
from cordee.socle.chiffrement import chiffrer_octets, dechiffrer_octets

CONTEXTE = "contrats.piece"


def garder_piece(contenu: bytes, *, par: Agent, le: datetime) -> PieceSignee:
    """Keep a scan, within the transaction of its signature.

    Raises:
        SignatureRefusee: it is no scan, or holds something that runs.
    """
    genre = verifier_numerisation(contenu)
    return PieceSignee.objects.create(
        contenu=chiffrer_octets(contenu, contexte=CONTEXTE), genre=genre, taille=len(contenu),
        empreinte=hashlib.sha256(contenu).hexdigest(), depose_le=le, depose_par=par,
    )  # fmt: skip


def lire_piece(piece: PieceSignee) -> bytes:
    """The bytes that were given."""
    return dechiffrer_octets(piece.contenu, contexte=CONTEXTE)
