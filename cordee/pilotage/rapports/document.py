"""The report of a year put together: figures, notes, milestones, what it rests on. Frozen when it is published."""

from __future__ import annotations

from typing import Final

from cordee.metier.courriers.expediteurs import expediteur
from cordee.pilotage.enums_rapports import Chapitre, GenreNote
from cordee.pilotage.models import Bilan
from cordee.pilotage.rapports import blocs
from cordee.pilotage.rapports.blocs import Document
from cordee.pilotage.rapports.contenu import Note, assembler
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.horloge import jour

PROJET: Final = "Projet, non publié"
TITRE: Final = "L'insertion dans le département"


def document_du_bilan(bilan: Bilan) -> Document:
    """All that the report says today; once published, what was sealed.

    Charts are drawn already: the same document gives the same page, the same PDF, the same data.
    """
    if bilan.document is not None:
        return dict(bilan.document)
    return blocs.document(
        TITRE, assembler(bilan.chiffres or {"chapitres": {}}, notes_de(bilan)), sous_titre=f"Bilan {bilan.annee}",
        departement=expediteur().get("nom", ""), mention="" if bilan.publie else PROJET, reperes=reperes(bilan),
    )  # fmt: skip


def notes_de(bilan: Bilan) -> list[Note]:
    """The notes that are in, in the order they were written. Who wrote them: her name, never whom she heard."""
    if bilan.pk is None:
        return []
    return [
        Note(Chapitre(n.chapitre), GenreNote(n.genre), n.texte, n.source, n.recueillie_le, str(n.par))
        for n in bilan.notes.filter(retiree_le=None).select_related("par")
    ]


def reperes(bilan: Bilan) -> list[tuple[str, str]]:
    """The dates of a report and what it rests on, printed on its cover."""
    etat = bilan.instantane
    lus = [("Chiffres au", date_en_toutes_lettres(bilan.au))]
    if etat is not None:
        lus.append(("Faits connus le", date_en_toutes_lettres(jour(etat.connu_le))))
        lus.append(("Instantané", f"{etat.libelle}, sceau {etat.sceau[:16]}"))
    if bilan.version > 1:
        lus.append((f"Version {bilan.version}", bilan.raison))
    if bilan.objectifs_valides_le is not None:
        lus.append(("Objectifs de l'année validés le", _quand(bilan.objectifs_valides_le, bilan.objectifs_par)))
    if bilan.resultats_presentes_le is not None:
        lus.append(("Résultats présentés le", _quand(bilan.resultats_presentes_le, bilan.resultats_a)))
    if bilan.publie_le is not None:
        lus.append(("Publié le", date_en_toutes_lettres(jour(bilan.publie_le))))
    return lus


def _quand(le: object, ou: str) -> str:
    return f"{date_en_toutes_lettres(le)}{f', {ou}' if ou else ''}"  # type: ignore[arg-type]
