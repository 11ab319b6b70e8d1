"""« Orientations »: what becomes of the proposals; an agent's own figures, shown to her alone (V10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Etendue, Permission
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.selectors.decisions import (
    DIMENSIONS,
    Periode,
    cellules,
    cellules_gardees,
    ids_des_decisions,
)
from cordee.metier.orientation.selectors.explications import explications_en_attente
from cordee.metier.personnes.selectors.perimetre import q_visibles
from cordee.pilotage.secret import SEUIL_INTERNE, SEUIL_PUBLICATION
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.delais import echeance
from cordee.socle import horloge
from cordee.territoires.models import Ept
from cordee.web.orientation import mesures
from cordee.web.pilotage.perimetre import publication_seule
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export, peut
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P = Permission
MOIS: Final = {"12": "Les douze derniers mois", "3": "Les trois derniers mois", "6": "Les six derniers mois",
               "24": "Les deux dernières années"}  # fmt: skip
HABITUEL: Final = "12"
FILTRES: Final = (*DIMENSIONS, "suivie", "motif_ecart", "voie_proposee", "voie")
PAR_PAGE: Final = 50
EN_ATTENTE: Final = 20


class FiltresBilan(forms.Form):
    """The period, and the body for those who see them all."""

    mois = forms.ChoiceField(
        label="Période", required=False, choices=[("" if cle == HABITUEL else cle, dit) for cle, dit in MOIS.items()]
    )
    structure = forms.ChoiceField(label="Décisions vers", required=False)

    def __init__(self, *args: Any, structures: list[Structure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if structures:
            choix = [("", "Toutes les structures"), *((str(s.pk), s.nom) for s in structures)]
            self.fields["structure"].choices = choix  # type: ignore[attr-defined]
        else:
            del self.fields["structure"]


@dataclass(frozen=True, slots=True)
class Champ:
    """What the reader looks at: a period, some structures (``None``: all), what may be shown to her."""

    periode: Periode
    mois: str
    structures: frozenset[int] | None
    choisie: str
    filtres: FiltresBilan
    listes: bool
    seuil: int

    def lien(self, **filtres: str) -> str:
        """The list behind a number; empty when she may not open it."""
        if not self.listes:
            return ""
        commun = {"mois": self.mois, "structure": self.choisie, **filtres}
        return f"{reverse('orientations_liste')}?{urlencode({c: v for c, v in commun.items() if v})}"


@acces(P.PILOTER, P.ENCADRER)
def bilan(request: HttpRequest) -> HttpResponse:
    """Adoption, disagreement and disparities, with what may be concluded of them."""
    champ = _champ(request)
    lues = cellules_gardees(champ.periode, structures=champ.structures)
    noms = dict(Ept.objects.values_list("code", "nom"))
    contexte: dict[str, Any] = {
        "champ": champ,
        "synthese": mesures.synthese(lues, seuil=champ.seuil, lien=champ.lien),
        "dimensions": [
            {"cle": d, "libelle": mesures.LIBELLES_DIMENSIONS[d],
             "lignes": mesures.groupes(lues, d, seuil=champ.seuil, lien=champ.lien, noms=noms)}
            for d in DIMENSIONS
        ],
        "siennes": peut(request, P.ORIENTER), **_explications(request, montrees=champ.listes),
    }  # fmt: skip
    return render(request, "orientation/bilan.html", contexte)


@acces(P.ORIENTER)
def miennes(request: HttpRequest) -> HttpResponse:
    """The decisions she took herself: nobody else sees this page with these figures."""
    mois = _mois(request)
    periode = _periode(mois, horloge.aujourdhui())
    lues = cellules(periode, agent=agent_courant(request).pk)
    contexte = {
        "synthese": mesures.synthese(lues, seuil=0, lien=lambda **_: ""),
        "periodes": [
            {"libelle": libelle, "url": f"?mois={cle}", "actif": cle == mois} for cle, libelle in MOIS.items()
        ],
        "periode": MOIS[mois],
        "fil": [("Mes décisions d'orientation", "")], **_explications(request, montrees=True),
    }  # fmt: skip
    return render(request, "orientation/miennes.html", contexte)


@acces(P.VOIR_PERSONNES, finalite=Finalite.SUIVI)
def liste(request: HttpRequest) -> HttpResponse:
    """The decisions behind a number: those of the people she may see. Each is a read, written in the log."""
    champ, comptees, visibles = _derriere(request, P.VOIR_PERSONNES)
    page = Paginator(visibles, PAR_PAGE).get_page(request.GET.get("page"))
    journaliser_export(
        request, {o.qui for o in page}, finalite=Finalite.SUIVI, page="liste/orientations"  # type: ignore[attr-defined]
    )  # fmt: skip
    contexte = {
        "page": page, "hors": comptees - page.paginator.count, "periode": MOIS[champ.mois],
        "lignes": [{"o": o, "qui": o.qui, "nom": nom_court(o.personne.prenom, o.personne.nom)} for o in page],  # type: ignore[attr-defined]
        "peut_exporter": peut(request, P.EXPORTER),
        "parametres": request.GET.urlencode(),
        "fil": [("Orientations", reverse("orientations")), ("Décisions", "")],
    }  # fmt: skip
    return render(request, "orientation/liste.html", contexte)


@acces(P.EXPORTER, finalite=Finalite.SUIVI)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same decisions as a file, each read written in the log. No agent is named (V10)."""
    _, _, visibles = _derriere(request, P.EXPORTER)
    lignes = list(visibles)
    journaliser_export(request, {o.qui for o in lignes}, finalite=Finalite.SUIVI, page="export/orientations")  # type: ignore[attr-defined]
    entetes = ["Nom", "Prénom", "Décidée le", "Parcours proposé", "Parcours décidé", "Structure", "Proposition suivie",
               "Raison d'une autre décision", "Version de la règle"]  # fmt: skip
    return en_csv("orientations", entetes, (
        (o.personne.nom, o.personne.prenom, horloge.jour(o.decidee_le), o.get_voie_proposee_display(),
         o.get_voie_display(), o.structure.nom, o.suivie, o.get_motif_ecart_display(), o.version_regle)
        for o in lignes
    ))  # fmt: skip


# Parts ----------------------------------------------------------------------------------------------------------------
def _explications(request: HttpRequest, *, montrees: bool) -> dict[str, Any]:
    """The first requests of explanation that wait, with the day before which to answer."""
    if not montrees:
        return {"explications": []}
    au = horloge.aujourdhui()
    lignes = explications_en_attente(pour=agent_courant(request), au=au, droits=habilitation_de(request))[:EN_ATTENTE]
    return {
        "au": au,
        "explications": [
            {
                "d": d, "qui": d.qui, "nom": nom_court(d.personne.prenom, d.personne.nom),  # type: ignore[attr-defined]
                "avant": echeance("expliquer_proposition", depuis=d.demandee_le).terme,
            }
            for d in lignes
        ],
    }  # fmt: skip


def _mois(request: HttpRequest) -> str:
    demande = request.GET.get("mois", "")
    return demande if demande in MOIS else HABITUEL


def _periode(mois: str, au: date) -> Periode:
    return Periode(du=ajouter_mois(au, -int(mois)), au=au + timedelta(days=1))


def _champ(request: HttpRequest) -> Champ:
    """Read the address. A structure outside her perimeter is not a choice: the widest one she may see is shown."""
    droits, au, mois = habilitation_de(request), horloge.aujourdhui(), _mois(request)
    publie = publication_seule(droits)
    tout = droits.peut(P.PILOTER) or droits.departement(P.ENCADRER)
    siennes = None if tout else droits.structures_de(Etendue.STRUCTURE, P.ENCADRER)
    choix = [] if publie else [
        s for s in structures_ouvertes(au=au) if s.categorie and (siennes is None or s.pk in siennes)
    ]  # fmt: skip
    choisie = request.GET.get("structure", "")
    valide = choisie if choisie in {str(s.pk) for s in choix} else ""
    return Champ(
        periode=_periode(mois, au), mois=mois, structures=frozenset({int(valide)}) if valide else siennes,
        choisie=valide, filtres=FiltresBilan(
            {"mois": "" if mois == HABITUEL else mois, "structure": valide}, structures=choix
        ),
        listes=droits.peut(P.VOIR_PERSONNES) and not publie, seuil=SEUIL_PUBLICATION if publie else SEUIL_INTERNE,
    )  # fmt: skip


def _derriere(request: HttpRequest, permission: Permission) -> tuple[Champ, int, QuerySet[Orientation]]:
    """How many decisions the number counts, and those of the people she may see (or export)."""
    champ = _champ(request)
    if not champ.listes or not peut(request, P.PILOTER, P.ENCADRER):
        raise PermissionDenied
    demandes = {cle: request.GET[cle] for cle in FILTRES if request.GET.get(cle)}
    ids = ids_des_decisions(champ.periode, demandes, structures=champ.structures)
    lignes = Orientation.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids]))
    lignes = lignes.annotate(qui=Coalesce("personne__canonique_id", "personne_id", output_field=BigIntegerField()))
    visibles = lignes.filter(
        q_visibles("qui", pour=agent_courant(request), au=horloge.aujourdhui(), permission=permission,
                   droits=habilitation_de(request))
    )  # fmt: skip
    return champ, len(ids), visibles.select_related("personne", "structure").order_by("-decidee_le", "-pk")
