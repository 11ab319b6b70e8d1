"""The short diagnosis of the orientation interview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import Impact, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier

Themes = Mapping[ThemeDiagnostic, Impact] | Mapping[str, str]


class DiagnosticRefuse(ErreurMetier):
    """The diagnosis cannot be recorded this way."""


@transaction.atomic
def enregistrer_diagnostic(
    *, personne: Personne, situation_pro: SituationPro, niveau: NiveauFormation, par: Agent, le: datetime,
    projection: bool | None = None, themes: Themes | None = None, metier_vise: str = "", notes: str = "",
    brouillon: bool = False, diagnostic: Diagnostic | None = None, version: int | None = None,
) -> Diagnostic:  # fmt: skip
    """Record the interview, or keep it as a draft to resume (R7).

    Args:
        themes: impact by theme; a theme left out is « non abordé »: nobody has to answer.
        diagnostic: the draft (or the diagnosis to correct) with the ``version`` the agent had on screen.

    A finished diagnosis writes the event; a draft moves nothing. What a decision already cites is not changed: a new
    diagnosis is.

    Raises:
        DonneesPerimees: somebody saved it meanwhile.
        DiagnosticRefuse: a decision cites it, or it belongs to somebody else.
        TransitionInterdite: the person is no longer accompanied.
    """
    personne = verrouiller(personne)
    ligne = Diagnostic(personne=personne) if diagnostic is None else _repris(diagnostic, personne, version)
    ligne.situation_pro, ligne.niveau = SituationPro(situation_pro), NiveauFormation(niveau)
    ligne.projection, ligne.metier_vise, ligne.notes = projection, metier_vise.strip(), notes
    dits = {ThemeDiagnostic(theme): Impact(impact) for theme, impact in (themes or {}).items()}
    ligne.themes = {str(theme): str(dits.get(theme, Impact.NON_ABORDE)) for theme in ThemeDiagnostic}
    ligne.mene_le, ligne.mene_par, ligne.brouillon = le, par, brouillon
    ligne.save()
    if not brouillon:
        consigner_un(
            genre=GenreEvenement.DIAGNOSTIC, personne=personne, par=par, le=le, donnees={"diagnostic": ligne.pk},
            objet_type="diagnostic", objet_id=ligne.pk,
        )  # fmt: skip
    return ligne


def _repris(diagnostic: Diagnostic, personne: Personne, version: int | None) -> Diagnostic:
    ligne = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
    if ligne.personne_id not in ids_du_groupe(personne):
        raise DiagnosticRefuse("Ce diagnostic concerne une autre personne.")
    if ligne.version != version:
        raise DonneesPerimees("Ce diagnostic a été modifié entre-temps : comparez avant d'enregistrer.")
    if ligne.orientations.exists():
        raise DiagnosticRefuse("Une décision s'appuie sur ce diagnostic : faites-en un nouveau.")
    ligne.version += 1
    return ligne
