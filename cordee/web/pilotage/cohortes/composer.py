"""The builder: choose who enters, where, who they are; see at once how many they are and what they are like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.cohortes import apercu as service
from cordee.pilotage.cohortes.definition import (
    CHOIX,
    HORIZONS,
    REPERES,
    Definition,
    DefinitionIllisible,
    mois_du_rang,
    mois_en_mots,
    phrase,
)  # fmt: skip
from cordee.pilotage.cohortes.enums import Origine
from cordee.pilotage.cohortes.requetes import Fenetre, fenetre
from cordee.pilotage.enums import Niveau
from cordee.pilotage.lac.manifeste import lire_manifeste
from cordee.pilotage.selectors import territoires
from cordee.territoires.models import Commune
from cordee.web.pilotage.cohortes.demande import (
    MAXIMUM,
    Demande,
    etats_publies,
    lire_instantane,
    noms,
    phrases,
)  # fmt: skip
from cordee.web.pilotage.cohortes.lectures import ECARTES, compte
from cordee.web.pilotage.cohortes.resultats import fil
from cordee.web.pilotage.nombres import nombre
from cordee.web.socle.acces import acces

LEGENDES: Final = {
    "sexe": "Sexe", "age": "Âge", "famille": "Famille", "anciennete": "Ancienneté au RSA", "formation": "Formation",
    "freins": "Difficultés relevées à l'entretien", "voie": "Parcours d'orientation",
    "organisme": "Organisme référent", "contrat": "Contrat en cours", "action": "Action prévue au contrat",
}  # fmt: skip
PERSONNE: Final = ("sexe", "age", "famille", "anciennete", "formation", "freins")
CHEMIN: Final = ("voie", "organisme", "contrat", "action")


@dataclass(frozen=True, slots=True)
class Critere:
    """A group of boxes. ``coches``: how many are ticked."""

    nom: str
    legende: str
    choix: list[tuple[str, str, bool]]

    @property
    def coches(self) -> int:
        return sum(coche for _, _, coche in self.choix)


@acces(Permission.ANALYSER)
def composer(request: HttpRequest) -> HttpResponse:
    """The form; « voir » leads to the results, where everything stands in the address."""
    if "voir" in request.GET:
        try:
            return redirect(_demande(request).adresse())
        except DefinitionIllisible as refus:
            erreur = str(refus)
    else:
        erreur = ""
    manifeste = lire_manifeste()
    if manifeste is None or manifeste.derniere_photo is None:
        vide = "Les chiffres n'ont pas encore été calculés : une cohorte se compose dès qu'un fichier de droits est lu."
        return render(request, "pilotage/cohortes/illisible.html", {"phrase": vide, "fil": fil("Composer")})
    f = fenetre(manifeste)
    lus = _champs(request, f)
    contexte = {
        "erreur": erreur, "fil": fil("Composer"), "lus": lus, "mois": _mois(f, lus),
        "origines": list(Origine), "lieux": _lieux(lus.get("lieux", [])), "structures": _structures(),
        "personne": [_critere(nom, lus) for nom in PERSONNE], "chemin": [_critere(nom, lus) for nom in CHEMIN],
        "reperes": REPERES, "horizons": HORIZONS, "etats_publies": etats_publies(),
        "instantane": lire_instantane(request.GET), "gardees": request.GET.getlist("c")[: MAXIMUM - 1],
        "rang": request.GET.get("rang", ""), "a_cote": _a_cote(request),
        "url_apercu": f"{reverse('pilotage_cohortes_apercu')}?{request.GET.urlencode()}",
    }  # fmt: skip
    return render(request, "pilotage/cohortes/composer.html", contexte, status=422 if erreur else 200)


@acces(Permission.ANALYSER)
def apercu(request: HttpRequest) -> HttpResponse:
    """How many and what they are like, each time a choice changes."""
    manifeste = lire_manifeste()
    try:
        if manifeste is None:
            raise DefinitionIllisible("Les chiffres n'ont pas encore été calculés : revenez dans quelques minutes.")
        d = Definition.de_champs(_champs(request, fenetre(manifeste)))
        lu = service.apercu(d, lire_instantane(request.GET))
    except DefinitionIllisible as refus:
        return render(request, "pilotage/cohortes/_apercu.html", {"refus": str(refus)})
    contexte = {
        "apercu": lu, "phrase": phrase(d, noms()),
        "effectif": compte(lu.effectif),
        "ecartes": [f"{compte(n)} {ECARTES[cle]}" for cle, n in lu.ecartes if cle in ECARTES and n != 0],
        "suivi": _suivi(lu.mois),
        "traits": [
            {"legende": LEGENDES[nom], "parts": [
                {"libelle": p.libelle, "nombre": None if p.nombre is None else nombre(p.nombre),
                 "part": None if p.nombre is None or not lu.effectif else f"{100 * p.nombre / lu.effectif:.0f}"}
                for p in parts
            ]}
            for nom, parts in lu.composition
        ],
    }  # fmt: skip
    return render(request, "pilotage/cohortes/_apercu.html", contexte)


# Parts ----------------------------------------------------------------------------------------------------------------
def _champs(request: HttpRequest, f: Fenetre) -> dict[str, Any]:
    """The fields of the form, with the last full year whose people can be followed two years by default."""
    lus: dict[str, Any] = {cle: request.GET.getlist(cle) for cle in request.GET}
    if not lus.get("du"):
        annee = max((f.dernier - 25) // 12, (f.premier + 1) // 12 + 1)
        debut = min(max(annee * 12 + 1, f.premier + 1), f.dernier - 1)
        lus["du"], lus["au"] = [mois_du_rang(debut)], [mois_du_rang(min(debut + 11, f.dernier - 1))]
    lus["au"] = lus.get("au") or lus["du"]
    return lus


def _demande(request: HttpRequest) -> Demande:
    """The cohorts kept aside, and this one at its place.

    Raises:
        DefinitionIllisible: with what to change.
    """
    nouvelle = Definition.de_champs({cle: request.GET.getlist(cle) for cle in request.GET})
    gardees = [Definition.lire(texte) for texte in request.GET.getlist("c")[: MAXIMUM - 1]]
    brut = request.GET.get("rang", "")
    rang = int(brut) if brut.isdigit() and int(brut) <= len(gardees) else len(gardees)
    return Demande((*gardees[:rang], nouvelle, *gardees[rang:]), lire_instantane(request.GET))


def _a_cote(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The cohorts kept aside, in words."""
    try:
        return phrases([Definition.lire(texte) for texte in request.GET.getlist("c")[: MAXIMUM - 1]])
    except DefinitionIllisible:
        return []


def _mois(f: Fenetre, lus: dict[str, Any]) -> dict[str, Any]:
    """Months that may be chosen, latest first, by year."""
    annees: dict[str, list[tuple[str, str]]] = {}
    for rang in range(f.dernier - 1, f.premier - 1, -1):
        mois = mois_du_rang(rang)
        annees.setdefault(mois[:4], []).append((mois, mois_en_mots(mois)))
    return {"annees": list(annees.items()), "du": _un(lus, "du"), "au": _un(lus, "au")}


def _critere(nom: str, lus: dict[str, Any]) -> Critere:
    choisis = set(lus.get(nom, ()))
    choix = [(str(m), m.libelle[0].upper() + m.libelle[1:], str(m) in choisis) for m in CHOIX[nom]]
    return Critere(nom, LEGENDES[nom], choix)


def _lieux(choisis: list[str]) -> list[dict[str, Any]]:
    """EPT and their communes, as boxes."""
    connus, choix = territoires(), set(choisis)
    epts = dict(Commune.objects.values_list("code_insee", "ept_id"))
    groupes = [
        {"code": code, "nom": nom, "coche": code in choix,
         "communes": [(c, n, c in choix) for c, n in connus[Niveau.COMMUNE].items() if epts.get(c) == code]}
        for code, nom in connus[Niveau.EPT].items()
    ]  # fmt: skip
    sans = [(c, n, c in choix) for c, n in connus[Niveau.COMMUNE].items() if epts.get(c) not in connus[Niveau.EPT]]
    return groupes + ([{"code": "", "nom": "Autres communes", "coche": False, "communes": sans}] if sans else [])


def _structures() -> list[tuple[str, str]]:
    return list(territoires()[Niveau.STRUCTURE].items())


def _suivi(mois: tuple[int, int]) -> str:
    moins, plus = mois
    if not plus:
        return ""
    return f"Suivies {plus} mois." if moins == plus else f"Suivies {moins} à {plus} mois selon leur mois d'entrée."


def _un(lus: dict[str, Any], nom: str) -> str:
    return next(iter(lus.get(nom) or []), "")


def champs_de(adresse: str) -> dict[str, list[str]]:
    """The fields of a cohort written as one text."""
    return parse_qs(adresse)
