"""The lists: what is to be told to each body, what was, one list line by line, its export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.echanges.caf.liste_caisse import ENTETES, rang
from cordee.echanges.fichiers.regles import mois_en_mots
from cordee.metier.devoirs.enums import EtatTransmission, GenreLigne
from cordee.metier.devoirs.models import LigneCaisse, ListeCaisse
from cordee.metier.devoirs.regles.transmission import SUITES, arret, mois_entre
from cordee.metier.devoirs.selectors.transmission import (
    POUR_LA_PERSONNE,
    a_transmettre,
    convention_du_flux,
    en_attente_de,
    lignes_de,
    listes,
    mois_a_preparer,
)
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Convention
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.models import CleRecherche, OrganismePayeur
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.socle import horloge
from cordee.web.caisse.formulaires import FiltresLignes, FiltresListes
from cordee.web.caisse.onglets import onglets
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.parcours.ecarts import differences_en_mots
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export, peut
from cordee.web.socle.export import en_csv, en_xlsx
from cordee.web.socle.identites import nom_court

P, S = Permission, EtatTransmission
PAR_PAGE = 25
COLONNES = [
    Colonne("mois", "Liste", champs=("mois", "numero")), Colonne("organisme", "Organisme", champs=("organisme__nom",)),
    Colonne("etat", "État"), Colonne("total", "Lignes", nombre=True),
    Colonne("envoyee_le", "Envoyée le"), Colonne("reponse", "Ce que disent les fichiers", triable=False),
]  # fmt: skip
COLONNES_LIGNES = [
    Colonne("nom", "Personne", champs=("mesure__personne__nom", "mesure__personne__prenom")),
    Colonne("genre", "Demande"), Colonne("part", "Part", nombre=True), Colonne("effet", "Mois"),
    Colonne("base", "Base légale, décision", triable=False), Colonne("etat", "État"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AFaire:
    """What one body has to be told now."""

    organisme: OrganismePayeur
    mois: date
    arret_le: date
    lignes: int
    urgentes: int
    liste: ListeCaisse | None
    convention: Convention | None

    @property
    def partie(self) -> bool:
        return self.liste is not None and self.liste.etat != S.PREPAREE


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def accueil(request: HttpRequest) -> HttpResponse:
    """What waits for each body, then every list."""
    au = horloge.aujourdhui()
    filtres = FiltresListes(request.GET)
    tri = lire_tri(request.GET, COLONNES, "-mois")
    toutes = listes(au=au).filter(**filtres.lus)
    page = Paginator(toutes.order_by(*champs_de_tri(tri, COLONNES)), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "au": au, "onglets": onglets(request, "listes"), "filtres": filtres, "colonnes": COLONNES, "tri": tri,
        "page": page,
        "a_faire": [_a_faire(o, au) for o in OrganismePayeur.objects.order_by("nom")],
        "peut_agir": peut(request, P.INSTRUIRE), "jour": entier("liste_caisse_jour", au=au),
    }  # fmt: skip
    return render(request, "caisse/accueil.html", contexte)


def _a_faire(organisme: OrganismePayeur, au: date) -> AFaire:
    mois = mois_a_preparer(au=au)
    attendues = a_transmettre(organisme=organisme, liste=mois)
    plafonds = en_attente_de(organisme)
    pressees = {x.mesure.pk for x in attendues if x.genre in POUR_LA_PERSONNE} | plafonds
    liste = ListeCaisse.objects.filter(organisme=organisme, mois=mois, numero=0).first()
    return AFaire(
        organisme, mois, arret(mois, jour=entier("liste_caisse_jour", au=au)),
        len({x.mesure.pk for x in attendues} | plafonds), len(pressees), liste, convention_du_flux(organisme, au=au),
    )  # fmt: skip


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def liste(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its lines, what may be done with it, what came back."""
    ici, au = trouver(pk), horloge.aujourdhui()
    filtres = FiltresLignes(request.GET)
    tri = lire_tri(request.GET, COLONNES_LIGNES, "nom")
    toutes = lignes_de(ici, pour=agent_courant(request), au=au, droits=habilitation_de(request))
    filtrees = _filtrer(toutes, filtres.lus).order_by(*champs_de_tri(tri, COLONNES_LIGNES))
    page = Paginator(filtrees, PAR_PAGE).get_page(request.GET.get("page"))
    total = ici.lignes.count()
    contexte = {
        "liste": ici, "etat": S(ici.etat), "au": au, "filtres": filtres, "colonnes": COLONNES_LIGNES, "tri": tri,
        "page": page, "lignes": [_ligne(x) for x in page], "total": total, "etapes": _etapes(ici),
        "cachees": total - toutes.count(), "peut_agir": peut(request, P.INSTRUIRE),
        "peut_accuser": S.ACCUSEE in SUITES[S(ici.etat)], "peut_rejeter": S.REJETEE in SUITES[S(ici.etat)],
        "a_envoyer": ici.etat == S.PREPAREE and total > 0 and mois_a_preparer(au=au) == ici.mois,
        "depassee": ici.etat == S.PREPAREE and mois_a_preparer(au=au) != ici.mois,
        "peut_exporter": habilitation_de(request).peut(P.EXPORTER),
        "fil": [("Caisse", reverse("caisse")), (titre(ici), "")], "titre": titre(ici),
    }  # fmt: skip
    return render(request, "caisse/liste.html", contexte)


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def exporter(request: HttpRequest, pk: int) -> HttpResponse:
    """The file the body reads: CSV, or XLSX with ``?format=xlsx``. Each person who leaves in it is a read."""
    droits = habilitation_de(request)
    if not droits.peut(P.EXPORTER):
        raise PermissionDenied
    ici, au = trouver(pk), horloge.aujourdhui()
    lignes = list(lignes_de(ici, pour=agent_courant(request), au=au, droits=droits))
    journaliser_export(
        request, sorted({x.mesure.personne_id for x in lignes}), finalite=Finalite.SANCTION,
        page="export d'une liste à la caisse",
    )  # fmt: skip
    nom = f"decisions-{ici.organisme.code}-{ici.mois:%Y-%m}{f'-urgente-{ici.numero}' if ici.numero else ''}".lower()
    ecrire = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    return ecrire(nom, ENTETES, [rang(x) for x in lignes])


# Parts ----------------------------------------------------------------------------------------------------------------
def trouver(pk: int) -> ListeCaisse:
    """The list of an address, or 404."""
    trouvee = ListeCaisse.objects.select_related(
        "organisme", "convention", "preparee_par", "envoyee_par"
    ).filter(pk=pk).first()  # fmt: skip
    if trouvee is None:
        raise Http404
    return trouvee


def titre(ici: ListeCaisse) -> str:
    """« Liste de novembre 2026, CAF du Val-de-Marne »."""
    genre = f"Liste urgente n° {ici.numero}" if ici.numero else "Liste"
    return f"{genre} de {mois_en_mots(ici.mois)}, {ici.organisme}"


def _filtrer(lignes: QuerySet[LigneCaisse], lus: dict[str, Any]) -> QuerySet[LigneCaisse]:
    if texte := lus.get("q"):
        lignes = lignes.annotate(cle=CleRecherche("mesure__personne__nom")).filter(cle__contains=texte.strip().lower())
    return lignes.filter(**{cle: lus[cle] for cle in ("genre", "etat") if lus.get(cle)})


def _ligne(x: LigneCaisse) -> dict[str, Any]:
    personne = x.mesure.personne
    return {
        "o": x, "qui": nom_court(personne.prenom, personne.nom), "personne": personne.canonique_id or personne.pk,
        "dernier": ajouter_mois(x.jusquau, -1) if x.jusquau else None,
        "mois": mois_entre(x.effet, x.jusquau) if x.jusquau else None, "genre": GenreLigne(x.genre),
        "etat": S(x.etat), "differences": differences_en_mots(x.ecarts),
    }  # fmt: skip


def _etapes(ici: ListeCaisse) -> list[tuple[str, str]]:
    """The life of the list, in words."""
    etapes = [("Préparée", f"le {ici.preparee_le.astimezone(horloge.PARIS):%d/%m/%Y} par {ici.preparee_par}")]
    if ici.motif_urgence:
        etapes.append(("Pourquoi sans attendre", ici.motif_urgence))
    if ici.envoyee_le:
        etapes.append(("Envoyée", f"le {ici.envoyee_le.astimezone(horloge.PARIS):%d/%m/%Y} par {ici.envoyee_par}"))
        etapes.append(("Empreinte de l'envoi", ici.empreinte))
    if ici.accusee_le:
        reference = f", référence {ici.reference_accuse}" if ici.reference_accuse else ""
        mot = "Rejetée" if ici.etat == S.REJETEE else "Accusée"
        etapes.append((mot, f"le {ici.accusee_le:%d/%m/%Y}{reference}"))
    return etapes
