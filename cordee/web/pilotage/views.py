"""The first page of who steers, and the page of one indicator: figures, never a name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire, Definition, definition, indicateurs
from cordee.socle import horloge
from cordee.web.composants.tableaux import lire_tri
from cordee.web.pilotage import calcul, lieux, mesures, series, tableau
from cordee.web.pilotage.perimetre import Perimetre, perimetre_de, publication_seule
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, peut
from cordee.web.socle.fraicheur import bilans_ouverts, droits_au_de, retards_annonces

P = Permission
LIRE = (P.PILOTER, P.ENCADRER)


@acces(*LIRE)
def tableau_de_bord(request: HttpRequest) -> HttpResponse:
    """The questions of a director, in order, for a territory and a month."""
    try:
        p = perimetre_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return _vide(request, absence)
    reponses = tableau.reponses(p, pour=agent_courant(request), listes=peut_lister(request))
    contexte: dict[str, Any] = {
        **commun(request, p, "pilotage"),
        "reponses": reponses,
        "trop_petit": tableau.trop_petit(reponses),
        "fichiers_en_retard": retards_annonces(request),
        "url_verification": reverse("verification") if peut(request, P.PILOTER) else "",
    }
    return render(request, "pilotage/tableau_de_bord.html", contexte)


@acces(*LIRE)
def indicateur(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its value, its months, its territories, its definition."""
    d = definition(code)
    try:
        p = perimetre_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return _vide(request, absence)
    agent = agent_courant(request)
    valeur = next(iter(indicateurs(pour=agent, au=p.au, territoire=p.territoire.code, codes=[code])), None)
    contexte: dict[str, Any] = {**commun(request, p, "pilotage_indicateur", code), "definition": d}
    if valeur is not None:
        contexte |= _serie(request, d, p) | _lieux(request, d, p)
        avant = contexte["derniere"].avant if contexte["derniere"] else None
        contexte["m"] = mesures.mesure(valeur, avant, p, listes=peut_lister(request), courbe=False)
    contexte["paires"] = paires(d)
    contexte["url_sql"] = f"{reverse('pilotage_methode')}#{code}"
    contexte["fil"] = [("Pilotage", f"{reverse('pilotage')}?{p.parametres()}"), (d.libelle, "")]
    return render(request, "pilotage/indicateur.html", contexte)


@acces(P.IMPORTER, P.ADMINISTRER, P.PILOTER)
@require_POST
def actualiser(request: HttpRequest) -> HttpResponse:
    """Ask for the figures to be computed again, in the background."""
    if not peut_actualiser(request):
        raise PermissionDenied
    if calcul.demander(le=horloge.maintenant()):
        messages.success(request, "Le calcul est demandé : rechargez la page dans une minute.")
    else:
        messages.info(request, "Un calcul est déjà demandé : rechargez la page dans une minute.")
    retour = request.POST.get("retour", "")
    sur = url_has_allowed_host_and_scheme(retour, allowed_hosts={request.get_host()}) and retour.startswith("/")
    return redirect(retour if sur else "accueil")


# Parts --------------------------------------------------------------------------------------------------------------
def commun(request: HttpRequest, p: Perimetre, nom: str, *args: str) -> dict[str, Any]:
    """What the pages of figures share: territory, month, freshness."""
    ici = reverse(nom, args=args)
    voisins = {cle: m for cle, m in (("url_precedent", p.precedent), ("url_suivant", p.suivant)) if m is not None}
    return {
        "p": p,
        "gardes": {cle: request.GET[cle] for cle in ("periode", "niveau") if cle in request.GET},
        **{cle: f"{ici}?{_avec(request, mois=str(m))}" for cle, m in voisins.items()},
        "droits_au": droits_au_de(request), "bilans_ouverts": bilans_ouverts(request), "lac": p.frais,
        "publie": p.publie, "peut_actualiser": peut_actualiser(request),
        "peut_neutralite": habilitation_de(request).peut(P.PILOTER),
        "url_methode": reverse("pilotage_methode"),
        "seuil": 11 if p.publie else 5,
    }  # fmt: skip


def peut_lister(request: HttpRequest) -> bool:
    """Whether the people behind a figure may be shown to her: those she may see, never to an elected member (V9)."""
    return peut(request, P.VOIR_PERSONNES) and not publication_seule(habilitation_de(request))


def peut_actualiser(request: HttpRequest) -> bool:
    """Whether she may ask for the figures to be computed again."""
    return peut(request, P.IMPORTER, P.ADMINISTRER, P.PILOTER) and not publication_seule(habilitation_de(request))


def _vide(request: HttpRequest, absence: Exception) -> HttpResponse:
    contexte = {
        "droits_au": droits_au_de(request), "bilans_ouverts": bilans_ouverts(request),
        "fichiers_en_retard": retards_annonces(request),
        "peut_actualiser": peut_actualiser(request), "phrase": str(absence),
        "sans_fichier": isinstance(absence, DateHorsHistoire),
    }  # fmt: skip
    return render(request, "pilotage/vide.html", contexte)


def _avec(request: HttpRequest, **autres: str) -> str:
    """The query of this page, changed."""
    parametres = request.GET.copy()
    for cle, valeur in autres.items():
        parametres[cle] = valeur
    return parametres.urlencode()


def _serie(request: HttpRequest, d: Definition, p: Perimetre) -> dict[str, Any]:
    """The months of an indicator: chart, table, addresses of both."""
    periode = series.lire_periode(request.GET.get("periode", ""))
    lues = series.lignes(d.code, p, pour=agent_courant(request), mois=int(periode))
    colonnes = series.colonnes(d)
    tri = lire_tri(request.GET, colonnes, "-mois")
    comparer = periode != "0"
    return {
        "derniere": lues[-1] if lues else None,
        "serie": series.trier(lues, tri), "colonnes_serie": colonnes, "tri_serie": tri,
        "ouvrir_serie": "tri" in request.GET,
        "detail": series.detail(d),
        "vue_courbe": series.phrase(lues), "axe_coupe": series.axe_coupe(lues, comparer=comparer, d=d),
        "url_courbe": mesures.adresse("pilotage_graphique", p, d.code, forme="courbe", periode=periode),
        "url_export_serie": mesures.adresse("pilotage_export", p, d.code, vue="mois", periode=periode),
        "periodes": [
            {"libelle": libelle, "url": f"?{_avec(request, periode=cle)}#titre-evolution", "actif": cle == periode}
            for cle, libelle in series.PERIODES.items()
        ],
    }  # fmt: skip


def _lieux(request: HttpRequest, d: Definition, p: Perimetre) -> dict[str, Any]:
    """The territories of an indicator: map, table, addresses of both."""
    ouverts = lieux.niveaux_ouverts(d, p)
    niveau = lieux.lire_niveau(request.GET.get("niveau", ""), ouverts)
    if niveau is None:
        return {}
    lues = lieux.lignes(d, niveau, p, pour=agent_courant(request))
    colonnes = lieux.colonnes(d, niveau)
    tri = lire_tri(request.GET, colonnes, "-valeur", parametre="tri_lieux")
    carte = niveau.value == "commune"
    return {
        "lieux": [
            {"ligne": x, "url": f"?{_avec(request, territoire=x.valeur.territoire)}" if x.choisissable else ""}
            for x in lieux.trier(lues, tri)
        ],
        "colonnes_lieux": colonnes, "tri_lieux": tri, "legende_lieux": f"{d.libelle} : {niveau.libelle.lower()}",
        "niveaux": [
            {"libelle": lieux.NIVEAUX[n], "url": f"?{_avec(request, niveau=n.value)}#titre-lieux", "actif": n is niveau}
            for n in ouverts
        ],
        "url_carte": mesures.adresse("pilotage_graphique", p, d.code, forme="carte") if carte else "",
        "vue_carte": lieux.phrase(d, lues) if carte else "",
        "url_export_lieux": mesures.adresse("pilotage_export", p, d.code, vue="territoires", niveau=niveau.value),
        "masques": lieux.masques(lues, p.publie),
    }  # fmt: skip


def paires(d: Definition) -> list[tuple[str, str]]:
    """The published definition, line by line."""
    lignes = [
        ("Définition", d.definition), ("Numérateur", d.numerateur), ("Dénominateur", d.denominateur),
        ("Périmètre", d.libelle_perimetre), ("Mesure", f"{d.agregat.libelle}, en {d.unite.libelle}"),
        ("Par structure", d.structure.libelle), ("Lecture", d.sens.libelle), ("Source", d.source),
    ]  # fmt: skip
    repere = mesures.repere(d)
    if repere is not None:
        lignes.append(("Repère", f"{repere.nature.libelle} : {repere.texte}"))
    if d.limites:
        lignes.append(("Limites", d.limites))
    return lignes
