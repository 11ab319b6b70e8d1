"""Search by name with its typos, birth date, CAF or RSA number. Silent about anybody outside the perimeter (V5)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import rechercher
from cordee.socle import horloge
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, peut
from cordee.web.socle.identites import age, communes_de, naissance_en_mots, nom_complet

LIMITE = 20
COLONNES = [
    Colonne("nom", "Personne", triable=False),
    Colonne("naissance", "Naissance", triable=False),
    Colonne("commune", "Commune", triable=False),
    Colonne("situation", "Situation", triable=False),
    Colonne("referent", "Référent", triable=False),
]


@acces(Permission.VOIR_PERSONNES, finalite=Finalite.IDENTIFICATION)
def recherche(request: HttpRequest) -> HttpResponse:
    """The people found; one alone opens at once when her number was typed."""
    texte = request.GET.get("q", "").strip()[:120]
    au = horloge.aujourdhui()
    trouvees = (
        rechercher(pour=agent_courant(request), au=au, texte=texte, limite=LIMITE, droits=habilitation_de(request))
        if texte
        else []
    )
    if len(trouvees) == 1 and texte.replace(" ", "").isalnum() and any(c.isdigit() for c in texte):
        return htmx.rediriger(request, reverse("personne", args=[trouvees[0].pk]))
    ids = [p.pk for p in trouvees]
    communes = communes_de(ids)
    situations = Situation.objects.select_related("referent_agent").in_bulk(ids)
    lignes = [
        {
            "pk": p.pk,
            "nom": nom_complet(p),
            "naissance": naissance_en_mots(p),
            "age": age(p.date_naissance, au),
            "commune": communes.get(p.pk, ""),
            "etat": Etat(situations[p.pk].etat) if p.pk in situations else None,
            "referent": str(situations[p.pk].referent_agent or "") if p.pk in situations else "",
        }
        for p in trouvees
    ]
    contexte = {
        "recherche": texte,
        "lignes": lignes,
        "colonnes": COLONNES,
        "complet": len(lignes) < LIMITE,
        "peut_creer": peut(request, Permission.CREER_PERSONNE),
    }
    return render(request, "recherche/recherche.html", contexte)
