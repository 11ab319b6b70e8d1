"""The orientation interview: drafts that survive a cut, versions that never overwrite, a detail of each author."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import Impact, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import (
    Constat,
    DetailDiagnostic,
    Diagnostic,
    ExperienceEmploi,
    ProjetEmploi,
    VersionDiagnostic,
)
from cordee.metier.orientation.regles.contenu import (
    COMPETENCES_MAX,
    EXPERIENCES_MAX,
    PROJETS_MAX,
    Contenu,
    Detail,
)
from cordee.metier.orientation.regles.vocabulaire import vocabulaire
from cordee.metier.orientation.selectors.diagnostic import brouillon_de, contenu_de, detail_de
from cordee.metier.orientation.services.constats import tenir_constats
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle import horloge
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier

Themes = Mapping[ThemeDiagnostic, Impact] | Mapping[str, str]
REPRISE_APRES = timedelta(minutes=30)
"""A draft resumed after that long is another sitting (R7): what it said before is kept as a version."""
_CHAMPS = tuple(nom for nom in Contenu.__dataclass_fields__ if nom not in ("themes", "projets", "experiences",
                                                                           "competences"))  # fmt: skip


class DiagnosticRefuse(ErreurMetier):
    """The diagnosis cannot be recorded this way."""


@transaction.atomic
def enregistrer_diagnostic(
    *, personne: Personne, situation_pro: SituationPro, niveau: NiveauFormation, par: Agent, le: datetime,
    projection: bool | None = None, themes: Themes | None = None, metier_vise: str = "", notes: str = "",
    brouillon: bool = False, diagnostic: Diagnostic | None = None, version: int | None = None,
) -> Diagnostic:  # fmt: skip
    """The short form of ``enregistrer_entretien``: the two first questions, the themes, a wish and notes."""
    contenu = Contenu(
        situation_pro=str(SituationPro(situation_pro)), niveau=str(NiveauFormation(niveau)), projection=projection,
        themes={str(t): str(i) for t, i in (themes or {}).items()}, metier_vise=metier_vise,
    )  # fmt: skip
    return enregistrer_entretien(
        personne=personne, contenu=contenu, detail=Detail(notes=notes) if notes else None, brouillon=brouillon,
        diagnostic=diagnostic, version=version, par=par, le=le,
    )  # fmt: skip


@transaction.atomic
def enregistrer_entretien(
    *, personne: Personne, contenu: Contenu, par: Agent, le: datetime, detail: Detail | None = None,
    brouillon: bool = False, diagnostic: Diagnostic | None = None, version: int | None = None,
    vus: Collection[str] = (), seance: UUID | None = None,
) -> Diagnostic:  # fmt: skip
    """Record the interview, or keep it as a draft to resume (R7, R16).

    Args:
        contenu: the shared answers; a theme left out is « non abordé », a refusal to speak is an answer of its own.
        detail: what this agent wrote; ``None`` leaves hers as it stands. Nobody else's is ever touched (V3).
        diagnostic: the draft, or the finished diagnosis to correct, with the ``version`` the agent had on screen.
        vus: codes of standing situations and objectives that were on her screen: only those may end here.
        seance: the page she writes on. The page that saved last goes on, whatever version it knows: when the
            connection is cut, what was saved may never have been answered (R16).

    A draft moves nothing. A finished interview writes the event and opens its situations and objectives. A finished
    diagnosis is never rewritten: its correction is a new row that replaces it; the same answers again change nothing.

    Raises:
        DonneesPerimees: somebody saved or began it meanwhile.
        DiagnosticRefuse: it belongs to somebody else, or is finished without its first two answers.
        TransitionInterdite: the person is no longer accompanied.
    """
    personne = verrouiller(personne)
    contenu = _verifie(contenu, detail)
    ids = ids_du_groupe(personne)
    if diagnostic is None:
        ligne = _nouveau(personne, ids, le, brouillon=brouillon, seance=seance)
    else:
        ligne = _repris(diagnostic, ids, version, seance)
    if ligne.pk and ligne.brouillon:
        if brouillon and _deja_garde(ligne, contenu, detail, par, seance):
            return ligne
        _archiver(ligne, par, le)
    elif ligne.pk:
        if _inchange(ligne, contenu, detail, par):
            return ligne
        ligne = _correction(ligne, personne, le)
    if not brouillon and not (contenu.situation_pro and contenu.niveau):
        raise DiagnosticRefuse(
            "Dites au moins où en est la personne avec le travail et sa formation, ou gardez un brouillon."
        )
    ligne.seance = seance
    _ecrire(ligne, contenu, par, le, brouillon=brouillon)
    if detail is not None:
        _ecrire_detail(ligne, detail, par, le)
    if not brouillon:
        _finir(ligne, personne, par, le, vus)
    return ligne


@transaction.atomic
def abandonner_brouillon(*, diagnostic: Diagnostic, version: int, par: Agent, le: datetime) -> None:
    """Set a draft aside for good: an interview opened by mistake. A finished one is never removed.

    Raises:
        DiagnosticRefuse: it is finished, cited, or a colleague wrote in it.
        DonneesPerimees: somebody saved it meanwhile.
    """
    verrouiller(diagnostic.personne)
    ligne = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
    if not ligne.brouillon:
        raise DiagnosticRefuse("Cet entretien est enregistré : il se corrige, il ne s'efface pas.")
    if ligne.version != version:
        raise DonneesPerimees("Ce brouillon a été modifié entre-temps : relisez-le avant de l'effacer.")
    if ligne.details.exclude(par=par).exists():
        raise DiagnosticRefuse("Un collègue a écrit dans ce brouillon : lui seul peut effacer ce qu'il a noté.")
    if ligne.orientations.exists() or Diagnostic.objects.filter(remplace=ligne).exists():
        raise DiagnosticRefuse("Une décision ou une correction s'appuie sur cet entretien : il ne s'efface pas.")
    Constat.objects.filter(diagnostic=ligne, fin__isnull=True).update(fin=horloge.jour(le))
    ligne.delete()


def _verifie(contenu: Contenu, detail: Detail | None) -> Contenu:
    try:
        complet = contenu.complet()
    except ValueError as erreur:
        raise DiagnosticRefuse("Une réponse n'est pas dans la liste proposée.") from erreur
    if (
        len(complet.projets) > PROJETS_MAX
        or len(complet.experiences) > EXPERIENCES_MAX
        or len(complet.competences) > COMPETENCES_MAX
    ):
        raise DiagnosticRefuse("Il y a trop de métiers, d'emplois ou de compétences : gardez les principaux.")
    if detail is not None:
        vocab = vocabulaire()
        if not (set(detail.situations) <= vocab.situations.keys() and set(detail.objectifs) <= vocab.objectifs.keys()):
            raise DiagnosticRefuse("Une situation ou un objectif n'est pas dans la liste proposée.")
    return complet


def _nouveau(personne: Personne, ids: list[int], le: datetime, *, brouillon: bool, seance: UUID | None) -> Diagnostic:
    autre = brouillon_de(ids) if brouillon or seance else None
    if autre is not None and seance is not None and autre.seance == seance:
        return autre
    if autre is not None:
        heure = autre.mene_le.astimezone(horloge.PARIS)
        raise DonneesPerimees(
            f"{autre.mene_par} a commencé cet entretien à {heure:%H:%M} : votre saisie est gardée, comparez avant "
            "d'enregistrer."
        )
    return Diagnostic(personne=personne, commence_le=le, version=0)


def _repris(diagnostic: Diagnostic, ids: list[int], version: int | None, seance: UUID | None) -> Diagnostic:
    ligne = Diagnostic.objects.select_for_update(of=("self",)).select_related("mene_par").get(pk=diagnostic.pk)
    if ligne.personne_id not in ids:
        raise DiagnosticRefuse("Ce diagnostic concerne une autre personne.")
    sienne = ligne.brouillon and seance is not None and ligne.seance == seance
    if (ligne.version != version and not sienne) or Diagnostic.objects.filter(remplace=ligne).exists():
        raise DonneesPerimees(f"{ligne.mene_par} a modifié cet entretien entre-temps : comparez avant d'enregistrer.")
    return ligne


def _inchange(ligne: Diagnostic, contenu: Contenu, detail: Detail | None, par: Agent) -> bool:
    if contenu_de(ligne).complet() != contenu:
        return False
    return detail is None or detail == detail_de(ligne, par=par)


def _deja_garde(ligne: Diagnostic, contenu: Contenu, detail: Detail | None, par: Agent, seance: UUID | None) -> bool:
    """The same page sends the same answers again: nothing to write."""
    memes = seance is not None and ligne.seance == seance and ligne.mene_par_id == par.pk
    return memes and _inchange(ligne, contenu, detail, par)


def _correction(ligne: Diagnostic, personne: Personne, le: datetime) -> Diagnostic:
    return Diagnostic(
        personne=personne, remplace=ligne, version=ligne.version, commence_le=le,
        entretien_commun=ligne.entretien_commun,
    )  # fmt: skip


def _archiver(ligne: Diagnostic, par: Agent, le: datetime) -> None:
    """Keep what the draft said, when another agent or another sitting goes on with it."""
    if ligne.mene_par_id == par.pk and le - ligne.mene_le < REPRISE_APRES:
        return
    VersionDiagnostic.objects.update_or_create(
        diagnostic=ligne, version=ligne.version,
        defaults={"par": ligne.mene_par, "le": ligne.mene_le, "contenu": contenu_de(ligne).vers_json()},
    )  # fmt: skip


def _ecrire(ligne: Diagnostic, contenu: Contenu, par: Agent, le: datetime, *, brouillon: bool) -> None:
    avant = contenu_de(ligne) if ligne.pk else Contenu()
    for nom in _CHAMPS:
        valeur = getattr(contenu, nom)
        setattr(ligne, nom, list(valeur) if isinstance(valeur, tuple) else valeur)
    ligne.themes = dict(contenu.themes)
    ligne.competences = [{"code": c.code, "libelle": c.libelle} for c in contenu.competences]
    ligne.mene_le, ligne.mene_par, ligne.brouillon = le, par, brouillon
    ligne.version += 1
    ligne.save()
    if contenu.projets != avant.projets:
        ligne.projets.all().delete()
        ProjetEmploi.objects.bulk_create(
            ProjetEmploi(
                diagnostic=ligne, rang=rang, libelle=p.libelle[:150], appellation=p.appellation, rome=p.rome,
                rayon_km=p.rayon_km, heures=p.heures, contrats=list(p.contrats), salaire_horaire=p.salaire_horaire,
            )
            for rang, p in enumerate(contenu.projets, start=1)
        )  # fmt: skip
    if contenu.experiences != avant.experiences:
        ligne.experiences.all().delete()
        ExperienceEmploi.objects.bulk_create(
            ExperienceEmploi(
                diagnostic=ligne, rang=rang, libelle=e.libelle[:150], appellation=e.appellation, rome=e.rome,
                annee_fin=e.annee_fin, duree_mois=e.duree_mois,
            )
            for rang, e in enumerate(contenu.experiences, start=1)
        )  # fmt: skip


def _ecrire_detail(ligne: Diagnostic, detail: Detail, par: Agent, le: datetime) -> None:
    DetailDiagnostic.objects.update_or_create(
        diagnostic=ligne, par=par,
        defaults={
            "notes": detail.notes, "contraintes": detail.contraintes, "situations": list(detail.situations),
            "objectifs": list(detail.objectifs), "ecrit_le": le,
        },
    )  # fmt: skip


def _finir(ligne: Diagnostic, personne: Personne, par: Agent, le: datetime, vus: Collection[str]) -> None:
    """The event, and what the agents who led this interview said stands from that day on."""
    details = list(ligne.details.all())
    tenir_constats(
        personne=personne, diagnostic=ligne, situations={c for d in details for c in d.situations},
        objectifs={c for d in details for c in d.objectifs}, vus=vus, par=par, le=le,
    )  # fmt: skip
    consigner_un(
        genre=GenreEvenement.DIAGNOSTIC, personne=personne, par=par, le=le, donnees={"diagnostic": ligne.pk},
        objet_type="diagnostic", objet_id=ligne.pk,
    )  # fmt: skip
