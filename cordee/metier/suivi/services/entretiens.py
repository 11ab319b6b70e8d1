"""Interviews of the accompaniment: prepared, drafted while the person speaks, finished as a contact (R16, R36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import foyer_courant, ids_du_groupe
from cordee.metier.rendezvous.enums import ModaliteRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi.enums import GenreContactSuivi, QuiFait, ResultatContact, ThemeNote
from cordee.metier.suivi.models import DecisionEntretien, EntretienSuivi
from cordee.metier.suivi.services.accompagnement import noter_contact
from cordee.metier.suivi.services.appui import SuiviRefuse, structure_de
from cordee.metier.suivi.services.notes import LONGUEUR_MAX, ecrire_note
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import jour

SUJETS_MAX = DECISIONS_MAX = 12
_GENRES = {
    ModaliteRendezVous.TELEPHONE: GenreContactSuivi.APPEL,
    ModaliteRendezVous.DOMICILE: GenreContactSuivi.VISITE,
}


@dataclass(frozen=True, slots=True)
class Sujet:
    """One point of the agenda. ``aborde``: it was spoken of."""

    sujet: str
    aborde: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom, by when."""

    quoi: str
    qui: QuiFait = QuiFait.PERSONNE
    avant_le: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContenuEntretien:
    """What the screen of an interview holds."""

    debut: datetime
    modalite: ModaliteRendezVous = ModaliteRendezVous.PHYSIQUE
    ordre_du_jour: Sequence[Sujet] = ()
    theme: ThemeNote = ThemeNote.PARCOURS
    texte: str = ""
    detail: str = ""
    decisions: Sequence[Decision] = ()
    prochain_le: date | None = None
    rendez_vous: RendezVous | None = None

    def champs(self) -> dict[str, Any]:
        """As they are stored in a draft."""
        return {
            "debut": self.debut, "modalite": str(self.modalite), "theme": str(self.theme), "texte": self.texte.strip(),
            "detail": self.detail.strip(), "prochain_le": self.prochain_le, "rendez_vous": self.rendez_vous,
            "ordre_du_jour": [{"sujet": s.sujet.strip(), "aborde": s.aborde} for s in self.ordre_du_jour if s.sujet],
            "decisions": [
                {"quoi": d.quoi.strip(), "qui": str(d.qui), "avant_le": d.avant_le.isoformat() if d.avant_le else None}
                for d in self.decisions
                if d.quoi.strip()
            ],
        }  # fmt: skip


@transaction.atomic
def garder_entretien(
    *, personne: Personne, contenu: ContenuEntretien, version: int = 0, seance: UUID | None = None, par: Agent,
    le: datetime,
) -> EntretienSuivi:  # fmt: skip
    """Keep the draft of this agent for this person: a preparation, or an interview cut short. It moves nothing.

    Args:
        version: the one on the screen (0: none yet). ``seance``: the page that saved last goes on whatever version it
            knows, since a cut may have lost the answer (R16).

    Raises:
        DonneesPerimees: saved from another page meanwhile.
        SuiviRefuse: too long.
    """
    personne = verrouiller(personne)
    _mesurer(contenu)
    ligne = brouillon_de(personne, par)
    if ligne is None:
        ligne = EntretienSuivi(personne=personne, par=par, structure_id=structure_de(par, personne, le=le))
    elif ligne.version != version and (seance is None or ligne.seance != seance):
        raise DonneesPerimees("Cet entretien a été modifié sur un autre écran.")
    return _ecrire(ligne, contenu, seance=seance, le=le)


@transaction.atomic
def finir_entretien(
    *, personne: Personne, contenu: ContenuEntretien, version: int = 0, seance: UUID | None = None, par: Agent,
    le: datetime,
) -> EntretienSuivi:  # fmt: skip
    """The interview took place: it counts as a contact, its note is written, its decisions are followed.

    Raises:
        SuiviRefuse: nothing was noted at all, it is still to come, or a date that is past.
        DonneesPerimees: saved from another page meanwhile.
        TransitionInterdite: the person is no longer accompanied.
    """
    if not (contenu.texte.strip() or contenu.detail.strip() or contenu.champs()["decisions"]):
        raise SuiviRefuse("Notez au moins une phrase ou une décision, ou gardez un brouillon.")
    ligne = garder_entretien(personne=personne, contenu=contenu, version=version, seance=seance, par=par, le=le)
    ligne.contact = noter_contact(
        personne=ligne.personne, genre=_GENRES.get(ModaliteRendezVous(contenu.modalite), GenreContactSuivi.ENTRETIEN),
        resultat=ResultatContact.JOINTE, prochain_le=contenu.prochain_le, contact_le=contenu.debut, par=par, le=le,
    )  # fmt: skip
    ligne.brouillon = False
    ligne.save(update_fields=["contact", "brouillon"])
    DecisionEntretien.objects.bulk_create(
        DecisionEntretien(entretien=ligne, quoi=d.quoi.strip(), qui=QuiFait(d.qui), avant_le=d.avant_le)
        for d in contenu.decisions
        if d.quoi.strip()
    )
    if ligne.texte or ligne.detail:
        ecrire_note(
            personne=ligne.personne, theme=ThemeNote(ligne.theme), texte=ligne.texte, detail=ligne.detail,
            entretien=ligne, par=par, le=le,
        )  # fmt: skip
    return ligne


@transaction.atomic
def abandonner_entretien(*, entretien: EntretienSuivi, par: Agent, le: datetime) -> None:
    """Set aside one's own draft for good.

    Raises:
        SuiviRefuse: somebody else's, or finished.
    """
    ligne = EntretienSuivi.objects.select_for_update().get(pk=entretien.pk)
    if ligne.par_id != par.pk or not ligne.brouillon:
        raise SuiviRefuse("Seul son auteur efface un brouillon. Un entretien enregistré se corrige par une note.")
    ligne.delete()


@transaction.atomic
def ouvrir_entretien_du_conjoint(
    *, entretien: EntretienSuivi, conjoint: Personne, par: Agent, le: datetime
) -> EntretienSuivi:
    """A couple met together: the interview of the other adult, with its own notes. When and how pass, nothing else.

    Called again, the same draft (R36).

    Raises:
        SuiviRefuse: not of the same household now, or one of them must not be met with the other (R38).
    """
    premiere, autre = verrouiller(entretien.personne), verrouiller(conjoint)
    if premiere.pk == autre.pk or not _meme_foyer(premiere, autre):
        raise SuiviRefuse("Ces deux personnes ne sont pas dans le même foyer aujourd'hui : menez deux entretiens.")
    if premiere.contact_discret or autre.contact_discret:
        raise SuiviRefuse("Ces deux personnes se reçoivent séparément : menez deux entretiens.")
    ligne = EntretienSuivi.objects.select_for_update().get(pk=entretien.pk)
    if ligne.par_id != par.pk:
        raise SuiviRefuse("Cet entretien est celui d'un collègue.")
    if ligne.commun is None:
        ligne.commun = uuid4()
        ligne.save(update_fields=["commun"])
    sienne = brouillon_de(autre, par)
    if sienne is None:
        sienne = EntretienSuivi(
            personne=autre, par=par, structure_id=structure_de(par, autre, le=le), debut=ligne.debut,
            modalite=ligne.modalite, ecrit_le=le,
        )  # fmt: skip
    sienne.commun = ligne.commun
    sienne.save()
    return sienne


@transaction.atomic
def tenir_decision(*, decision: DecisionEntretien, faite: bool = True, par: Agent, le: datetime) -> DecisionEntretien:
    """What was decided is done, or not after all."""
    ligne = DecisionEntretien.objects.select_for_update().get(pk=decision.pk)
    ligne.faite_le = (ligne.faite_le or jour(le)) if faite else None
    ligne.save(update_fields=["faite_le"])
    return ligne


def brouillon_de(personne: Personne, par: Agent) -> EntretienSuivi | None:
    """The draft of this agent for this person: nobody else's is ever opened."""
    siens = EntretienSuivi.objects.filter(personne__in=ids_du_groupe(personne), par=par, brouillon=True)
    return siens.order_by("-ecrit_le").first()


def _ecrire(ligne: EntretienSuivi, contenu: ContenuEntretien, *, seance: UUID | None, le: datetime) -> EntretienSuivi:
    champs = contenu.champs()
    if ligne.pk and all(getattr(ligne, nom) == valeur for nom, valeur in champs.items()) and ligne.seance == seance:
        return ligne
    for nom, valeur in champs.items():
        setattr(ligne, nom, valeur)
    ligne.seance, ligne.ecrit_le, ligne.version = seance, le, ligne.version + 1
    ligne.save()
    return ligne


def _mesurer(contenu: ContenuEntretien) -> None:
    if max(len(contenu.texte), len(contenu.detail)) > LONGUEUR_MAX:
        raise SuiviRefuse("Quatre mille caractères au plus par partie : gardez ce qui sert à la suite.")
    if len(contenu.ordre_du_jour) > SUJETS_MAX or len(contenu.decisions) > DECISIONS_MAX:
        raise SuiviRefuse("Douze sujets et douze décisions au plus : retenez l'essentiel.")
    if any(len(s.sujet) > 200 for s in contenu.ordre_du_jour) or any(len(d.quoi) > 200 for d in contenu.decisions):
        raise SuiviRefuse("Un sujet ou une décision tient en deux cents caractères.")


def _meme_foyer(une: Personne, autre: Personne) -> bool:
    sien, lautre = foyer_courant(une), foyer_courant(autre)
    return sien is not None and lautre is not None and sien.pk == lautre.pk
