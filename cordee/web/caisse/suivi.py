"""What the last files show of each decision: applied, not applied, otherwise, still withheld, not decided here."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.devoirs.enums import ConstatCaisse
from cordee.metier.devoirs.models import EchoCaisse
from cordee.metier.devoirs.selectors.transmission import echos
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.models import CleRecherche
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle import horloge
from cordee.web.caisse.formulaires import FiltresSuivi
from cordee.web.caisse.onglets import onglets
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.parcours.ecarts import differences_en_mots, mesure_en_mots
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P, C = Permission, ConstatCaisse
PAR_PAGE = 25
COLONNES = [
    Colonne("nom", "Personne", champs=("mesure__personne__nom", "mesure__personne__prenom")),
    Colonne("decision", "Décidé ici", champs=("mesure__debut",)),
    Colonne("constat", "Le fichier"),
    Colonne("depuis", "Depuis le fichier du"),
]
ENTETES = ("Nom", "Prénom", "Décidé ici", "Constat", "Différences", "Depuis le fichier du", "Dernier fichier")
ORDRE = (C.MAINTENUE, C.NON_APPLIQUEE, C.DIFFERENTE, C.APPLIQUEE)


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def suivi(request: HttpRequest) -> HttpResponse:
    """The counts of each answer, then the decisions."""
    au, filtres = horloge.aujourdhui(), FiltresSuivi(request.GET)
    tri = lire_tri(request.GET, COLONNES, "-depuis")
    tous = _echos(request)
    comptes = Counter(tous.values_list("constat", flat=True))
    page = Paginator(
        _filtrer(tous, filtres.lus).order_by(*champs_de_tri(tri, COLONNES)), PAR_PAGE
    ).get_page(request.GET.get("page"))  # fmt: skip
    visibles = q_visibles("personne", pour=agent_courant(request), au=au, droits=habilitation_de(request))
    ouvertes = Echeance.objects.filter(
        visibles, genre=GenreEcheance.SANCTION_A_RAPPROCHER, fermee_le__isnull=True, evenement__donnees__sens="vue"
    )
    contexte = {
        "au": au, "onglets": onglets(request, "suivi"), "filtres": filtres, "colonnes": COLONNES, "tri": tri,
        "page": page,
        "chiffres": [
            {"constat": c, "nombre": comptes.get(c.value, 0), "url": f"?{urlencode({'constat': c.value})}"}
            for c in ORDRE
        ],
        "sans_decision": ouvertes.count(), "non_decidee": C.NON_DECIDEE,
        "url_rapprochements": f"{reverse('rapprochements')}?sujet=sanction",
        "lignes": [_ligne(e) for e in page], "parametres": request.GET.urlencode(),
        "peut_exporter": habilitation_de(request).peut(P.EXPORTER),
    }  # fmt: skip
    return render(request, "caisse/suivi.html", contexte)


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same lines as a file; each person who leaves in it is a read."""
    if not habilitation_de(request).peut(P.EXPORTER):
        raise PermissionDenied
    lus = list(_filtrer(_echos(request), FiltresSuivi(request.GET).lus).order_by("pk"))
    journaliser_export(
        request, sorted({e.mesure.personne_id for e in lus}), finalite=Finalite.SANCTION,
        page="export du suivi des décisions dans les fichiers",
    )  # fmt: skip
    rangs = [
        (e.mesure.personne.nom, e.mesure.personne.prenom, mesure_en_mots(e.mesure), C(e.constat).libelle,
         differences_en_mots(e.ecarts), e.depuis, e.reference_le)
        for e in lus
    ]  # fmt: skip
    return en_csv(f"decisions-dans-les-fichiers-{horloge.aujourdhui():%Y-%m-%d}", ENTETES, rangs)


def _echos(request: HttpRequest) -> QuerySet[EchoCaisse]:
    return echos(pour=agent_courant(request), au=horloge.aujourdhui(), droits=habilitation_de(request))


def _filtrer(tous: QuerySet[EchoCaisse], lus: dict[str, Any]) -> QuerySet[EchoCaisse]:
    if texte := lus.get("q"):
        tous = tous.annotate(cle=CleRecherche("mesure__personne__nom")).filter(cle__contains=texte.strip().lower())
    if lus.get("organisme"):
        tous = tous.filter(foyer__organisme=lus["organisme"])
    return tous.filter(constat=lus["constat"]) if lus.get("constat") else tous


def _ligne(e: EchoCaisse) -> dict[str, Any]:
    personne = e.mesure.personne
    return {
        "o": e, "qui": nom_court(personne.prenom, personne.nom), "personne": personne.canonique_id or personne.pk,
        "decision": mesure_en_mots(e.mesure), "constat": C(e.constat), "differences": differences_en_mots(e.ecarts),
    }  # fmt: skip
