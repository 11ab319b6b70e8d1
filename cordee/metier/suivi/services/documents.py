"""Documents kept for the path, and papers only seen (V11)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.suivi.enums import EtatAnalyse, GenreDocument, NaturePiece
from cordee.metier.suivi.models import Document, PieceVue
from cordee.metier.suivi.regles.documents import (
    DATEES,
    SANS_DATE_GARDEE,
    TAILLE_MAX,
    conserver_jusquau,
    est_actif,
    format_de,
)
from cordee.metier.suivi.services import coffre
from cordee.metier.suivi.services.appui import SuiviRefuse, exiger_passee, structure_de
from cordee.socle.chiffrement import empreinteur
from cordee.socle.horloge import jour

E = GenreEvenement
OBJET_PIECE = "piece"


def deposer_document(
    *, personne: Personne, genre: GenreDocument, octets: bytes, titre: str = "", par: Agent, le: datetime
) -> Document:
    """Keep a document: what it is, is read in its bytes; it is scanned, encrypted, dated for its end.

    Raises:
        SuiviRefuse: a medical paper (V11), empty or too heavy, of another type, a PDF that acts, already there.
    """
    if GenreDocument(genre) is GenreDocument.MEDICAL:
        raise SuiviRefuse(
            "Aucun document médical ne se garde ici. Notez une pièce vue : votre nom, la date et sa nature suffisent."
        )
    format = _verifier(octets)
    analyse = coffre.analyser(octets)
    nom = coffre.ecrire(octets)
    try:
        with transaction.atomic():
            return _enregistrer(
                personne, par=par, le=le, genre=str(genre), titre=titre.strip()[:120], fichier=nom, format=str(format),
                taille=len(octets), empreinte=_empreinte(octets), analyse=str(analyse),
                analyse_le=None if analyse is EtatAnalyse.NON_ANALYSE else le,
                conserver_jusquau=conserver_jusquau(GenreDocument(genre), depuis=jour(le)),
            )  # fmt: skip
    except BaseException:
        coffre.effacer(nom)
        raise


@transaction.atomic
def effacer_document(*, document: Document, par: Agent, le: datetime) -> Document:
    """Erase a document for good; that there was one, of which kind, and who erased it stays."""
    ligne = Document.objects.select_for_update().get(pk=document.pk)
    if ligne.efface_le is not None:
        raise SuiviRefuse("Ce document est déjà effacé.")
    ligne.efface_le, ligne.efface_par, ligne.titre = le, par, ""
    ligne.save(update_fields=["efface_le", "efface_par", "titre"])
    transaction.on_commit(lambda: coffre.effacer(ligne.fichier))
    return ligne


def lire_document(document: Document) -> bytes:
    """The bytes of a document that may be given back.

    Raises:
        SuiviRefuse: erased, in quarantine, or its file cannot be read.
    """
    if document.efface_le is not None:
        raise SuiviRefuse("Ce document a été effacé.")
    if document.analyse == EtatAnalyse.QUARANTAINE:
        raise SuiviRefuse("Ce document est en quarantaine : l'antivirus y a trouvé un risque. Il ne s'ouvre pas.")
    try:
        return coffre.lire(document.fichier)
    except FileNotFoundError as erreur:
        raise SuiviRefuse("Le fichier de ce document est introuvable. Signalez-le à l'administrateur.") from erreur


@transaction.atomic
def analyser_document(*, document: Document, par: Agent, le: datetime) -> Document:
    """Scan again: a document deposited while the antivirus was out, or with signatures of today."""
    ligne = Document.objects.select_for_update().get(pk=document.pk, efface_le=None)
    etat = coffre.analyser(coffre.lire(ligne.fichier))
    if etat is EtatAnalyse.NON_ANALYSE:
        raise SuiviRefuse("L'antivirus ne répond pas, ou aucun n'est réglé pour cette installation.")
    ligne.analyse, ligne.analyse_le = str(etat), le
    ligne.save(update_fields=["analyse", "analyse_le"])
    return ligne


@transaction.atomic
def effacer_documents_echus(*, par: Agent, le: datetime) -> int:
    """Erase what has been kept long enough. Returns how many. May be called any number of times."""
    echus = list(
        Document.objects.select_for_update(skip_locked=True).filter(
            efface_le=None, conserver_jusquau__lt=jour(le)
        )[:1000]
    )  # fmt: skip
    for ligne in echus:
        effacer_document(document=ligne, par=par, le=le)
    return len(echus)


# Papers only seen ---------------------------------------------------------------------------------------------------
@transaction.atomic
def noter_piece_vue(
    *, personne: Personne, nature: NaturePiece, vue_le: date, expire_le: date | None = None, par: Agent, le: datetime
) -> PieceVue:
    """A paper was shown and handed back (V11). When its end matters, an échéance opens three months before (R77).

    The former paper of that nature is closed.

    Raises:
        SuiviRefuse: seen later than today, the date missing where it is all that counts, or before it was seen.
    """
    personne = verrouiller(personne)
    nature = NaturePiece(nature)
    exiger_passee(vue_le, le)
    if nature in DATEES and expire_le is None:
        raise SuiviRefuse("Pour cette pièce, la date de fin est la seule chose à noter : indiquez-la.")
    if nature in SANS_DATE_GARDEE:
        expire_le = None
    if expire_le is not None and expire_le < vue_le - timedelta(days=3650):
        raise SuiviRefuse("La date de fin est trop ancienne : vérifiez-la.")
    PieceVue.objects.filter(personne__in=ids_du_groupe(personne), nature=nature, close_le=None).update(
        close_le=jour(le)
    )
    piece = PieceVue.objects.create(
        personne=personne, nature=nature, vue_le=vue_le, vue_par=par, expire_le=expire_le,
        structure_id=structure_de(par, personne, le=le),
    )  # fmt: skip
    if nature in DATEES:
        _consigner(personne, piece, par=par, le=le)
    return piece


@transaction.atomic
def clore_piece(*, piece: PieceVue, par: Agent, le: datetime) -> PieceVue:
    """The paper no longer matters (naturalised, recognition not asked again…): there is nothing to renew."""
    personne = verrouiller(Personne.objects.get(pk=piece.personne_id))
    ligne = PieceVue.objects.select_for_update().get(pk=piece.pk)
    if ligne.close_le is not None:
        raise SuiviRefuse("Cette pièce est déjà remplacée ou sans objet.")
    ligne.close_le = jour(le)
    ligne.save(update_fields=["close_le"])
    if NaturePiece(ligne.nature) in DATEES:
        _consigner(personne, ligne, par=par, le=le)
    return ligne


# Parts --------------------------------------------------------------------------------------------------------------
def _verifier(octets: bytes) -> str:
    if not octets:
        raise SuiviRefuse("Ce fichier est vide.")
    if len(octets) > TAILLE_MAX:
        raise SuiviRefuse("Ce fichier dépasse 10 Mo : photographiez une page à la fois, ou réduisez-le.")
    format = format_de(octets)
    if format is None:
        raise SuiviRefuse("Seuls les PDF et les images (JPEG, PNG, HEIC) se déposent, quel que soit leur nom.")
    if est_actif(octets, format):
        raise SuiviRefuse("Ce PDF contient un programme ou un fichier joint : imprimez-le en PDF, ou scannez-le.")
    return str(format)


def _enregistrer(personne: Personne, *, par: Agent, le: datetime, empreinte: bytes, **champs: object) -> Document:
    personne = verrouiller(personne)
    if Document.objects.filter(personne__in=ids_du_groupe(personne), empreinte=empreinte, efface_le=None).exists():
        raise SuiviRefuse("Ce document est déjà dans le dossier.")
    return Document.objects.create(
        personne=personne, depose_par=par, depose_le=le, structure_id=structure_de(par, personne, le=le),
        empreinte=empreinte, **champs,
    )  # fmt: skip


def _empreinte(octets: bytes) -> bytes:
    """Keyed, so that nobody can ask whether somebody gave a known document."""
    return empreinteur(contexte="suivi.documents.empreinte")(hashlib.sha256(octets).hexdigest())


def _consigner(personne: Personne, piece: PieceVue, *, par: Agent, le: datetime) -> None:
    ouvertes = PieceVue.objects.filter(
        personne__in=ids_du_groupe(personne), nature__in=[str(n) for n in DATEES], close_le=None
    )
    premiere = ouvertes.exclude(expire_le=None).order_by("expire_le", "pk").first()
    consigner_un(
        genre=E.PIECE_NOTEE, personne=personne, par=par, le=le, objet_type=OBJET_PIECE, objet_id=piece.pk,
        donnees={
            "expire_le": piece.expire_le.isoformat() if piece.expire_le and piece.close_le is None else None,
            "prochaine_le": premiere.expire_le.isoformat() if premiere and premiere.expire_le else None,
            "piece": premiere.pk if premiere else None,
        },
    )  # fmt: skip
