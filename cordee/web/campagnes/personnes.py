"""The people of a campaign, by what became of them: the list behind every number, and its export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.rendezvous.enums import EtatLigne, RefusCampagne
from cordee.metier.rendezvous.models import Campagne, CampagneLigne
from cordee.metier.rendezvous.selectors.campagne import lignes_de
from cordee.socle import horloge
from cordee.web.campagnes.commun import contexte, ouvrir
from cordee.web.composants.formulaires import FormulaireFiltres
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export, peut
from cordee.web.socle.export import en_csv, en_xlsx
from cordee.web.socle.identites import communes_de, nom_court

P = Permission
PAR_PAGE = 50
COLONNES = [
    Colonne("personne", "Personne", champs=("personne__nom", "personne__prenom")),
    Colonne("etat", "État", champs=("etat", "refus")),
    Colonne("quand", "Rendez-vous", champs=("debut",)),
    Colonne("ou", "Où", champs=("structure__nom",)),
    Colonne("canal", "Prévenue par", champs=("canal",)),
]
ENTETES = ("Nom", "Prénom", "Commune", "État", "Raison", "Rendez-vous", "Structure", "Prévenue par")


class FiltresLignes(FormulaireFiltres):
    """What narrows the list; it stands in the address."""

    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *EtatLigne.choices()])
    refus = forms.ChoiceField(label="Raison", required=False, choices=[("", "Toutes"), *RefusCampagne.choices()])
    canal = forms.ChoiceField(label="Prévenue par", required=False, choices=[("", "Tous"), *Canal.choices()])
    structure = forms.ChoiceField(label="Structure qui reçoit", required=False)

    def __init__(self, *args: Any, campagne: Campagne, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        structures = Structure.objects.filter(pk__in=campagne.lignes.values("structure")).order_by("nom")
        self.fields["structure"].choices = [  # type: ignore[attr-defined]
            ("", "Toutes"),
            *((str(pk), nom) for pk, nom in structures.values_list("pk", "nom")),
        ]


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def personnes(request: HttpRequest, pk: int) -> HttpResponse:
    """One page of them; before the sending, people may be taken out."""
    campagne = ouvrir(request, pk)
    filtres = FiltresLignes(request.GET, campagne=campagne)
    tri = lire_tri(request.GET, COLONNES, "quand")
    trouvees = _trouvees(request, campagne, filtres.lus)
    page = Paginator(trouvees.order_by(*champs_de_tri(tri, COLONNES), "rang"), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    communes = communes_de(x.personne_id for x in page)
    lignes = [
        {
            "ligne": x, "qui": nom_court(x.personne.prenom, x.personne.nom), "etat": EtatLigne(x.etat),
            "canal": Canal(x.canal) if x.canal else None, "commune": communes.get(x.personne_id, ""),
            "refus": RefusCampagne(x.refus) if x.refus else None,
        }
        for x in page
    ]  # fmt: skip
    donnees = {
        **contexte(campagne, "verifier"), "filtres": filtres, "colonnes": COLONNES, "tri": tri, "page": page,
        "lignes": lignes, "peut_exporter": peut(request, P.EXPORTER), "parametres": request.GET.urlencode(),
        "fil": [("Campagnes", reverse("campagnes")), (campagne.libelle, reverse("campagne", args=[pk])),
                ("Personnes", "")],
    }  # fmt: skip
    return render(request, "campagnes/personnes.html", donnees)


@acces(P.EXPORTER, finalite=Finalite.ORIENTATION)
def exporter(request: HttpRequest, pk: int) -> HttpResponse:
    """The same list as a file, each read written in the log."""
    campagne = ouvrir(request, pk)
    portee = personnes_visibles(
        pour=agent_courant(request), au=horloge.aujourdhui(), permission=P.EXPORTER, droits=habilitation_de(request)
    )
    trouvees = _trouvees(request, campagne, FiltresLignes(request.GET, campagne=campagne).lus)
    lignes = list(trouvees.filter(personne__in=portee.values("pk")))
    ids = [x.personne_id for x in lignes]
    journaliser_export(request, ids, finalite=Finalite.ORIENTATION, page=f"export/campagne/{pk}")
    communes = communes_de(ids)
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    return fabrique(
        f"campagne-{pk}", ENTETES,
        (
            (x.personne.nom, x.personne.prenom, communes.get(x.personne_id, ""), EtatLigne(x.etat).libelle, x.raison,
             x.debut, x.structure.nom if x.structure else "", Canal(x.canal).libelle if x.canal else "")
            for x in lignes
        ),
    )  # fmt: skip


def _trouvees(request: HttpRequest, campagne: Campagne, lus: dict[str, Any]) -> QuerySet[CampagneLigne]:
    return lignes_de(
        campagne, pour=agent_courant(request), au=horloge.aujourdhui(), droits=habilitation_de(request),
        etat=EtatLigne(lus["etat"]) if lus.get("etat") else None, refus=lus.get("refus", ""),
        structure=int(lus["structure"]) if lus.get("structure") else None, canal=lus.get("canal", ""),
    )  # fmt: skip
