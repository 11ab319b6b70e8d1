"""The people behind one figure of a report: named, in the agent's perimeter, read and exported under log."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.echanges.caf.rapport import Mouvement, Rapport, Sens
from cordee.echanges.caf.selectors import personnes_du_mouvement
from cordee.echanges.fichiers.models import FichierRecu
from cordee.echanges.fichiers.selectors import personnes_de_l_evenement
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.socle import horloge
from cordee.web.composants.tableaux import lire_tri
from cordee.web.imports.apparences import titre
from cordee.web.personnes import liste as tableau
from cordee.web.socle.acces import acces, agent_courant, journaliser_export
from cordee.web.socle.export import en_csv

EVENEMENT = "evenement"
COLONNES = [c for c in tableau.COLONNES if c.cle in ("nom", "commune", "situation", "risque", "referent")]


@acces(Permission.IMPORTER)
def personnes(request: HttpRequest, pk: int, sens: str, motif: str) -> HttpResponse:
    """Exactly the people a movement of the report counts, with their next step."""
    recu = get_object_or_404(FichierRecu.objects.select_related("organisme", "emetteur"), pk=pk)
    mouvement = _mouvement(recu, sens, motif)
    au = horloge.aujourdhui()
    tri = lire_tri(request.GET, COLONNES, "nom")
    trouvees = _personnes(request, recu, mouvement)
    ids = tableau.ordonner(trouvees, tri).values_list("pk", flat=True)
    page = Paginator(ids, tableau.PAR_PAGE).get_page(request.GET.get("page"))
    contexte: dict[str, Any] = {
        "fichier": recu,
        "titre": titre(recu),
        "mouvement": mouvement,
        "sens": Sens(mouvement.sens).libelle if mouvement.sens in set(Sens) else "",
        "colonnes": COLONNES,
        "tri": tri,
        "page": page,
        "lignes": tableau.lignes(list(page), au),
        "manquent": max(mouvement.nombre - page.paginator.count, 0),
        "au": au,
        "fil": [("Fichiers reçus", reverse("imports")), (titre(recu), reverse("import", args=[pk])),
                (mouvement.libelle, "")],
    }  # fmt: skip
    return render(request, "imports/personnes.html", contexte)


@acces(Permission.IMPORTER, finalite=Finalite.SUIVI)
def exporter(request: HttpRequest, pk: int, sens: str, motif: str) -> HttpResponse:
    """The same people as a file; each read written in the log."""
    recu = get_object_or_404(FichierRecu, pk=pk)
    mouvement = _mouvement(recu, sens, motif)
    portee = personnes_visibles(pour=agent_courant(request), au=horloge.aujourdhui(), permission=Permission.EXPORTER)
    trouvees = _personnes(request, recu, mouvement).filter(pk__in=portee.values("pk"))
    tri = lire_tri(request.GET, COLONNES, "nom")
    journaliser_export(
        request, trouvees.values_list("pk", flat=True), finalite=Finalite.SUIVI, page="export d'un mouvement"
    )
    lignes = tableau.lignes_export(tableau.ordonner(trouvees, tri))
    return en_csv(f"fichier-{pk}-{sens}-{motif}".lower(), tableau.ENTETES_EXPORT, lignes)


def _mouvement(recu: FichierRecu, sens: str, motif: str) -> Mouvement:
    """The line of the report asked for, or one kind of event (``sens`` « evenement », ``motif`` its kind)."""
    if sens == EVENEMENT:
        nombre = Rapport.de_json(recu.rapport).evenements.get(motif, 0)
        if nombre and motif in set(GenreEvenement):
            return Mouvement(EVENEMENT, motif, GenreEvenement(motif).libelle, nombre)
        raise Http404
    for mouvement in Rapport.de_json(recu.rapport).mouvements:
        if (mouvement.sens, mouvement.motif) == (sens, motif):
            return mouvement
    raise Http404


def _personnes(request: HttpRequest, recu: FichierRecu, m: Mouvement) -> QuerySet[Personne]:
    pour, au = agent_courant(request), horloge.aujourdhui()
    if m.sens == EVENEMENT:
        return personnes_de_l_evenement(fichier=recu, genre=GenreEvenement(m.motif), pour=pour, au=au)
    return personnes_du_mouvement(fichier=recu, sens=m.sens, motif=m.motif, pour=pour, au=au)
