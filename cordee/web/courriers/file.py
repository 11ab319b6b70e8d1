"""« Courriers »: what waits to leave, batches, registered letters in progress, what came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.echanges.messagerie.transporteurs import transporteur_de
from cordee.metier.courriers.enums import Canal, GenreCourrier, MoyenRemise, VueCourriers
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import MOYENS_POSTAUX, numero_de
from cordee.metier.courriers.selectors import (
    compter_en_attente,
    compter_par_vue,
    de_la_vue,
    filtrer,
    lots_ouverts,
    par_reference,
)
from cordee.metier.courriers.services.acheminement import MESSAGES
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.composants.formulaires import FormulaireFiltres
from cordee.web.composants.saisies import SaisieDate
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.courriers.modeles import REDIGER
from cordee.web.courriers.portee import ENVOYER, visibles
from cordee.web.socle.acces import acces, exiger, habilitation_de, journaliser_export, peut
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

V = VueCourriers
PAR_PAGE = 50
COLONNES = [
    Colonne("nom", "Destinataire", champs=("personne__nom", "personne__prenom")),
    Colonne("genre", "Courrier"),
    Colonne("canal", "Par quel moyen"),
    Colonne("cree", "Écrit le", champs=("cree_le",)),
    Colonne("etat", "Où il en est"),
]
ENTETES = ("Référence", "Nom", "Prénom", "Courrier", "Canal", "Moyen", "Code postal", "Écrit le", "Écrit par", "État",
           "Dernier état le")  # fmt: skip
ICONES = {
    V.A_ENVOYER: "envoyer", V.EN_LOT: "imprimer", V.RECOMMANDES: "signature", V.A_REGLER: "alerte",
    V.REVENUS: "entree", V.PARTIS: "succes", V.TOUS: "liste",
}  # fmt: skip


class Filtres(FormulaireFiltres):
    """What the address keeps. Unknown values are ignored."""

    vue = forms.ChoiceField(required=False, choices=V.choices(), widget=forms.HiddenInput)
    q = forms.CharField(label="Référence ou nom", required=False, max_length=80)
    canal = forms.ChoiceField(label="Canal", required=False, choices=[("", "Tous"), *Canal.choices()])
    moyen = forms.ChoiceField(label="Moyen", required=False, choices=[("", "Tous"), *MoyenRemise.choices()])
    genre = forms.ChoiceField(label="Courrier", required=False, choices=[("", "Tous"), *GenreCourrier.choices()])
    depuis = forms.DateField(label="Écrit depuis le", required=False, widget=SaisieDate)
    jusqu_a = forms.DateField(label="jusqu'au", required=False, widget=SaisieDate)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One letter ready to draw."""

    courrier: Courrier
    qui: str
    reference: str
    dernier: Any


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def file(request: HttpRequest) -> HttpResponse:
    """The tabs with their counts, then the letters. A reference typed alone opens its letter."""
    filtres = Filtres(request.GET)
    lus = filtres.lus
    toutes = visibles(request)
    if numero_de(lus.get("q", "")) and (trouve := par_reference(toutes, lus["q"])):
        return redirect("lettre", pk=trouve.pk)
    vue = V(lus.pop("vue", V.TOUS if lus.get("q") else V.A_ENVOYER))
    tri = lire_tri(request.GET, COLONNES, "cree" if vue.appelle_un_acte else "-cree")
    choisies = filtrer(de_la_vue(toutes, vue), **lus)
    lues = choisies.select_related("personne__canonique", "pli", "acheminement").prefetch_related("suivis")
    page = Paginator(lues.order_by(*champs_de_tri(tri, COLONNES)), PAR_PAGE).get_page(request.GET.get("page"))
    attente = compter_en_attente(filtrer(toutes, **lus))
    contexte = {
        "filtres": filtres, "lus": lus, "vue": vue, "tri": tri, "colonnes": COLONNES, "page": page,
        "onglets": _onglets(compter_par_vue(toutes), vue), "lignes": lignes(page.object_list),
        "attente": [(c.libelle, MoyenRemise(m).libelle if m else "", n) for (c, m), n in attente.items()],
        "a_poster": [(MoyenRemise(m), n) for (_, m), n in attente.items() if m in MOYENS_POSTAUX],
        "lots": list(lots_ouverts(toutes)[:20]), "parametres": request.GET.urlencode(),
        "peut_exporter": habilitation_de(request).peut(Permission.EXPORTER), "A_ENVOYER": V.A_ENVOYER,
        "sans_prestataire": [c.libelle for (c, _) in attente if c in MESSAGES and transporteur_de(c) is None],
        "peut_rediger": peut(request, *REDIGER),
    }  # fmt: skip
    return render(request, "courriers/file.html", contexte)


def lignes(courriers: Iterable[Courrier]) -> list[Ligne]:
    """The letters of one page, with the person and the last state of each."""
    faites = []
    for c in courriers:
        personne = c.personne.canonique or c.personne
        dernier = max(c.suivis.all(), key=lambda s: (s.le, s.pk), default=None)
        faites.append(Ligne(c, nom_court(personne.prenom, personne.nom), c.donnees.get("reference", ""), dernier))
    return faites


@acces(Permission.EXPORTER, finalite=Finalite.SUIVI)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same letters as a file; each person who leaves in it is a read."""
    exiger(request, *ENVOYER)
    filtres = Filtres(request.GET)
    lus = filtres.lus
    vue = V(lus.pop("vue", V.TOUS if lus.get("q") else V.A_ENVOYER))
    tri = lire_tri(request.GET, COLONNES, "-cree")
    choisies = filtrer(de_la_vue(visibles(request), vue), **lus).order_by(*champs_de_tri(tri, COLONNES))
    lues = list(choisies.select_related("personne", "cree_par").prefetch_related("suivis"))
    journaliser_export(
        request, sorted({c.personne_id for c in lues}), finalite=Finalite.SUIVI, page="export des courriers"
    )  # fmt: skip
    return en_csv(f"courriers-{horloge.aujourdhui():%Y-%m-%d}", ENTETES, (_ligne_exportee(c) for c in lues))


def _ligne_exportee(c: Courrier) -> tuple[Any, ...]:
    dernier = max((s.le for s in c.suivis.all()), default=None)
    moyen = MoyenRemise(c.moyen).libelle if c.moyen else ""
    return (
        c.donnees.get("reference", ""), c.personne.nom, c.personne.prenom, GenreCourrier(c.genre).libelle,
        Canal(c.canal).libelle, moyen, c.code_postal, c.cree_le, str(c.cree_par), c.libelle_etat, dernier,
    )  # fmt: skip


def _onglets(comptes: dict[VueCourriers, int], actif: VueCourriers) -> list[dict[str, Any]]:
    return [
        {"libelle": v.libelle, "icone": ICONES[v], "nombre": comptes.get(v), "actif": v is actif,
         "url": f"{reverse('courriers')}?vue={v}"}
        for v in V
    ]  # fmt: skip
