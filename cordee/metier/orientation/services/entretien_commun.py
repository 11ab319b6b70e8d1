"""A couple heard together: two interviews, each her own; what is said of the home is asked once (R36)."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import Impact, ThemeDiagnostic
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.orientation.regles.contenu import Contenu
from cordee.metier.orientation.selectors.diagnostic import brouillon_de, diagnostic_courant
from cordee.metier.orientation.services.diagnostic import DiagnosticRefuse
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import foyer_courant, ids_du_groupe

DU_MENAGE = (ThemeDiagnostic.LOGEMENT, ThemeDiagnostic.FINANCES)
"""One home, one budget (R36). Everything else belongs to each of them: health, project, notes, what she refuses."""
_DITS = (Impact.FORT, Impact.FAIBLE, Impact.AUCUN)


@transaction.atomic
def ouvrir_entretien_commun(*, diagnostic: Diagnostic, conjoint: Personne, par: Agent, le: datetime) -> Diagnostic:
    """The draft of the spouse, begun in the same interview: the impact of the home and of the budget is taken over, to
    be confirmed; no note, situation nor objective crosses from one file to the other.

    Called again, the same draft. The spouse's own draft or last interview stays as it is and only gets the mark.

    Raises:
        DiagnosticRefuse: not of the same household now, or one of them must not be met with the other (R38).

    """
    premiere = verrouiller(diagnostic.personne)
    autre = verrouiller(conjoint)
    if premiere.pk == autre.pk or not _meme_foyer(premiere, autre):
        raise DiagnosticRefuse("Ces deux personnes ne sont pas dans le même foyer aujourd'hui : menez deux entretiens.")
    if premiere.contact_discret or autre.contact_discret:
        raise DiagnosticRefuse("Ces deux personnes se reçoivent séparément : menez deux entretiens.")
    ligne = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
    if ligne.entretien_commun is None:
        ligne.entretien_commun = uuid4()
        ligne.save(update_fields=["entretien_commun"])
    ids = ids_du_groupe(autre)
    sienne = brouillon_de(ids)
    if sienne is not None:
        sienne.entretien_commun = ligne.entretien_commun
        sienne.save(update_fields=["entretien_commun"])
        return sienne
    return _brouillon(ligne, autre, ids, par, le)


def _brouillon(ligne: Diagnostic, autre: Personne, ids: list[int], par: Agent, le: datetime) -> Diagnostic:
    connu = diagnostic_courant(ids)
    themes = dict(connu.themes) if connu is not None else {}
    for theme in DU_MENAGE:
        if ligne.themes.get(theme) in _DITS:
            themes[str(theme)] = ligne.themes[theme]
    contenu = Contenu(themes=themes).complet()
    return Diagnostic.objects.create(
        personne=autre, mene_le=le, mene_par=par, commence_le=le, brouillon=True, themes=dict(contenu.themes),
        situation_pro=connu.situation_pro if connu else "", niveau=connu.niveau if connu else "",
        diplome=connu.diplome if connu else "", entretien_commun=ligne.entretien_commun,
    )  # fmt: skip


def _meme_foyer(une: Personne, autre: Personne) -> bool:
    sien, lautre = foyer_courant(une), foyer_courant(autre)
    return sien is not None and lautre is not None and sien.pk == lautre.pk
