"""The list of people, and the page of one person."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.fichiers.selectors import DroitsAu
from cordee.metier.courriers.selectors import courriers_de
from cordee.metier.courriers.services import pdf
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import GenreEtape, Voie
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.regles.fichier import reprenables
from cordee.metier.parcours.selectors import SituationDe, histoire_de, situation_de
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.socle import horloge
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import lire_tri
from cordee.web.parcours import table
from cordee.web.personnes import corde, entete, panneaux, retour
from cordee.web.personnes import liste as tableau
from cordee.web.personnes.filtres import Filtres
from cordee.web.socle.acces import Dossier, acces, agent_courant, habilitation_de, journaliser_export, ouvrir_dossier
from cordee.web.socle.export import en_csv, en_xlsx
from cordee.web.socle.fraicheur import droits_au_de

P = Permission
SOUVENIRS_DE_LA_CORDE = 30


@acces(P.VOIR_PERSONNES)
def liste(request: HttpRequest) -> HttpResponse:
    """The people of the perimeter: filters, sort and page live in the address."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    filtres = Filtres(request.GET, droits=droits, au=au)
    tri = lire_tri(request.GET, tableau.COLONNES, tableau.TRI_PAR_DEFAUT)
    page = tableau.page_de(
        filtres.lus, tri, request.GET.get("page"), pour=agent, droits=droits, maintenant=maintenant
    )  # fmt: skip
    contexte = {
        "au": au,
        "filtres": filtres,
        "colonnes": tableau.COLONNES,
        "tri": tri,
        "page": page,
        "lignes": tableau.lignes(list(page), au),
        "par_risque": tri.cle == tableau.TRI_PAR_DEFAUT and not tri.decroissant,
        "parametres": request.GET.urlencode(),
        "peut_convoquer": droits.peut(P.CONVOQUER),
        "peut_exporter": droits.peut(P.EXPORTER),
        "peut_creer": droits.peut(P.CREER_PERSONNE),
        "peut_suivre": droits.peut(P.SUIVRE),
        "droits_au": droits_au_de(request),
    }
    return render(request, "personnes/liste.html", contexte)


@acces(P.EXPORTER, finalite=Finalite.SUIVI)
def exporter(request: HttpRequest) -> HttpResponse:
    """The list as a file: the same people, the same columns, each read written in the log."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    filtres = Filtres(request.GET, droits=droits, au=au)
    tri = lire_tri(request.GET, tableau.COLONNES, tableau.TRI_PAR_DEFAUT)
    choisies = tableau.choisir(filtres.lus, pour=agent, droits=droits, maintenant=maintenant)
    portee = personnes_visibles(pour=agent, au=au, permission=P.EXPORTER, droits=droits)
    exportables = choisies.filter(pk__in=portee.values("pk"))
    ids = exportables.values_list("pk", flat=True)
    journaliser_export(request, ids, finalite=Finalite.SUIVI, page="export de liste")
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    lignes = tableau.lignes_export(tableau.ordonner(exportables, tri))
    return fabrique(f"personnes-{au:%Y-%m-%d}", tableau.ENTETES_EXPORT, lignes)


@acces(P.VOIR_PERSONNES, finalite=Finalite.SUIVI)
def personne(request: HttpRequest, pk: int) -> HttpResponse:
    """One page per person: what must be done, the rope, the panels."""
    demande = request.GET.get("onglet", panneaux.PAR_DEFAUT)
    panneau = panneaux.PANNEAUX.get(demande, panneaux.PANNEAUX[panneaux.PAR_DEFAUT])
    dossier = ouvrir_dossier(request, pk, page=f"personne/{panneau.cle}", finalite=panneau.finalite)
    if not dossier.peut(*panneau.permissions):
        raise PermissionDenied
    if dossier.personne.pk != pk:
        return htmx.rediriger(request, reverse("personne", args=[dossier.personne.pk]))
    maintenant = horloge.maintenant()
    s = situation_de(dossier.personne)
    lecture = panneaux.Lecture(dossier, s, agent_courant(request), habilitation_de(request), maintenant)
    contexte: dict[str, Any] = {
        "personne": dossier.personne,
        "au": lecture.au,
        "panneau": panneau,
        "onglets": _onglets(dossier.personne.pk, panneaux.ouverts(dossier)),
        **panneau.contexte(lecture),
    }
    if htmx.est_htmx(request) and request.headers.get("HX-Target", "").endswith("#onglets"):
        return render(request, "personnes/onglets.html", contexte)
    return render(request, "personnes/personne.html", {**contexte, **_page(lecture, droits_au_de(request))})


def _page(lecture: panneaux.Lecture, fraicheur: list[DroitsAu]) -> dict[str, Any]:
    """What stands around the panel."""
    dossier, s = lecture.dossier, lecture.situation
    calcul = s.situation.calcul if s.situation else {}
    suspendu = bool(calcul) and bool(reprenables(Situation.de_json(calcul)))
    genre = GenreEtape(s.etape.genre) if s.etape else None
    autres = [a for a in table.autres_actes(genre, s.etat, suspendu=suspendu) if dossier.peut(*a.permissions)]
    souvenirs = histoire_de(dossier.personne, limite=SOUVENIRS_DE_LA_CORDE)
    etape = corde.tache_affichee(s.etape, dossier, s) if s.etape else None
    return {
        "entete": entete.composer(dossier, s, au=lecture.au, fraicheur=fraicheur),
        "s": s,
        "etape": etape,
        "retour": retour.proposition(dossier, s, [etape.acte if etape else None, *autres], au=lecture.au),
        "escalade": corde.en_retard_avec_escalade(s.etape, lecture.au) if s.etape else "",
        "echeances": [corde.tache_affichee(e, dossier, s) for e in s.echeances],
        "etape_definitions": _definitions_etape(dossier, s),
        "accompagnement": _accompagnement(s),
        "peut_arbitrer": dossier.peut(P.ARBITRER),
        "peut_remettre": dossier.peut(P.CONVOQUER, P.DIAGNOSTIQUER, P.SUIVRE),
        "autres": [{"acte": a, "url": table.url(a, dossier.personne.pk), "tiroir": table.en_tiroir(a)} for a in autres],
        "noeuds": corde.noeuds(souvenirs, s, dossier),
        "fil": [
            ("Personnes", reverse("personnes")),
            (entete.nom_court(dossier.personne.prenom, dossier.personne.nom), ""),
        ],
    }


def _definitions_etape(dossier: Dossier, s: SituationDe) -> list[tuple[str, Any]]:
    """Who, why, and what the law says behind an internal date."""
    if s.etape is None:
        return []
    tache = corde.tache_affichee(s.etape, dossier, s)
    paires: list[tuple[str, Any]] = [("À qui", tache.qui), ("Pourquoi", tache.explication.phrase)]
    if tache.legal is not None:
        limite = f"{tache.legal.libelle} avant le {tache.legal.date:%d/%m/%Y} ({tache.legal.reference})"
        paires.append(("Délai légal", limite))
    if tache.explication.si_manque:
        paires.append(("Si la date passe", tache.explication.si_manque))
    return paires


def _accompagnement(s: SituationDe) -> list[tuple[str, Any]]:
    """Her path and her people, in a few words."""
    if s.situation is None:
        return []
    x = s.situation
    paires: list[tuple[str, Any]] = [("Situation", s.etat.libelle if s.etat else "")]
    if x.depuis:
        paires.append(("Depuis", f"{x.depuis:%d/%m/%Y}"))
    paires += [
        ("Parcours", Voie(x.voie).libelle if x.voie else "pas encore décidé"),
        ("Référent", str(x.referent_agent) if x.referent_agent else "pas encore nommé"),
        ("Structure", (x.referent_structure or x.structure_secteur or "")),
        ("Contrat", f"signé le {x.contrat_le:%d/%m/%Y}" if x.contrat_le else "pas encore signé"),
        ("Dernier contact", f"{x.dernier_contact_le:%d/%m/%Y}" if x.dernier_contact_le else "aucun"),
    ]
    return paires


def _onglets(pk: int, ouverts: list[panneaux.Panneau]) -> list[dict[str, Any]]:
    adresse = reverse("personne", args=[pk])
    return [{"cle": p.cle, "libelle": p.libelle, "icone": p.icone, "url": f"{adresse}?onglet={p.cle}"} for p in ouverts]


@acces(P.VOIR_PERSONNES, finalite=Finalite.IDENTIFICATION)
@require_POST
def identite(request: HttpRequest, pk: int) -> HttpResponse:
    """The identity in full: asked for by a gesture, written in the log."""
    dossier = ouvrir_dossier(request, pk, page="identité", finalite=Finalite.IDENTIFICATION)
    return render(request, "personnes/identite.html", entete.devoilee(dossier.personne))


@acces(P.NOTIFIER, P.SUIVRE, P.CONTRACTUALISER, finalite=Finalite.SUIVI)
def courrier(request: HttpRequest, pk: int, courrier_pk: int) -> HttpResponse:
    """A letter as it was sent, made again from what was kept."""
    dossier = ouvrir_dossier(request, pk, page="courrier", finalite=Finalite.SUIVI)
    if not dossier.peut(P.NOTIFIER, P.SUIVRE, P.CONTRACTUALISER):
        raise PermissionDenied
    lettre = courriers_de(dossier.personne).filter(pk=courrier_pk).first()
    if lettre is None:
        raise Http404
    reponse = HttpResponse(pdf(lettre), content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="courrier-{lettre.pk}.pdf"'
    return reponse
