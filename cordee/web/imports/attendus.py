"""The calendar of expected files: what came, what is late, who asked, what is expected from whom (R29)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.fichiers.attentes import Reglage, noter_relance, reglage_de, regler_attente
from cordee.echanges.fichiers.calendrier import Attente, Cle, Prochain, attentes
from cordee.echanges.fichiers.grille import Cellule, EtatCellule, LigneDeCalendrier, grille, mois_affiches
from cordee.echanges.fichiers.models import Periodicite, TypeFichier
from cordee.echanges.fichiers.regles import mois_en_mots
from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne
from cordee.web.imports.apparences import CELLULES
from cordee.web.imports.formulaires import FormulaireAttendu
from cordee.web.socle.acces import acces, agent_courant, peut
from cordee.web.socle.fraicheur import prochains_de

P = Permission
_DESK = (P.IMPORTER, P.ADMINISTRER)


@acces(*_DESK)
def calendrier(request: HttpRequest) -> HttpResponse:
    """Twelve months of every expected file, the late ones first."""
    au = horloge.aujourdhui()
    lignes = grille(au)
    mois = mois_affiches(au)[: _mois_utiles(lignes)]
    actives = [x for x in lignes if x.attente.active(au) or any(c.texte != "—" for c in x.cellules)]
    suivants = prochains_de(request)
    contexte = {
        "au": au,
        "annonces": [annonce(p) for p in suivants if p.jours],
        "colonnes": [Colonne("mois", "Mois d'arrivée", triable=False),
                     *(Colonne(f"c{i}", x.attente.nom, triable=False) for i, x in enumerate(actives))],
        "mois": [
            {"libelle": mois_en_mots(m), "cellules": [_cellule(request, x.attente, x.cellules[i]) for x in actives]}
            for i, m in enumerate(mois)
        ],
        "attentes": [_attente(x.attente, suivants, au) for x in lignes],
        "fil": [("Fichiers reçus", reverse("imports")), ("Calendrier", "")] if peut(request, P.IMPORTER) else [],
        "peut_ouvrir": peut(request, P.IMPORTER),
    }  # fmt: skip
    return render(request, "imports/calendrier.html", contexte)


@acces(*_DESK)
def declarer(request: HttpRequest) -> HttpResponse:
    """Announce a kind of file never received yet."""
    return _regler(request, None, {"debut": horloge.aujourdhui(), "unite": Unite.DONNEES})


@acces(*_DESK)
def modifier(request: HttpRequest, type: str, organisme: int, emetteur: int) -> HttpResponse:
    """Another rhythm, another owner, or no longer expected."""
    attente = _trouver(_cle(type, organisme, emetteur))
    r = reglage_de(attente, horloge.aujourdhui())
    initial = {"periodicite": r.periodicite, "jour": r.jour, "unite": r.unite, "structure": r.structure,
               "debut": r.debut, "fin": r.fin, "note": r.note}  # fmt: skip
    return _regler(request, attente, initial)


@acces(*_DESK)
@require_POST
def relance(request: HttpRequest, type: str, organisme: int, emetteur: int) -> HttpResponse:
    """« Relance faite »: who, when. The answer is the calendar."""
    noter_relance(cle=_cle(type, organisme, emetteur), par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, "La relance est notée.")
    return redirect("import_calendrier")


def annonce(p: Prochain) -> dict[str, Any]:
    """A late file, ready to draw: the sentence, the last reminders, the message to send."""
    objet = f"{p.fichier} : non reçu"
    corps = (
        "Bonjour,\n\n"
        f"Nous attendions le {p.attendu_le:%d/%m/%Y} le fichier suivant : {p.fichier}. Il ne nous est pas parvenu.\n"
        "Pouvez-vous nous l'adresser, ou nous dire quand il le sera ?\n\n"
        "Les délais des personnes concernées partent du jour où nous le recevons.\n\n"
        "Cordialement,\nLa gestion des données"
    )
    return {
        "p": p,
        "cle": args_de(p.attente.cle),
        "qui": p.attente.structure or p.attente.unite.libelle,
        "objet": objet,
        "corps": corps,
        "mailto": f"mailto:?subject={quote(objet)}&body={quote(corps)}",
    }


def args_de(cle: Cle) -> tuple[str, int, int]:
    """A key, as addresses carry it."""
    return cle.type, cle.organisme or 0, cle.emetteur or 0


def _mois_utiles(lignes: list[LigneDeCalendrier]) -> int:
    """How many months to show: those before the first file are left out, three at least."""
    rangs = [i for x in lignes for i, c in enumerate(x.cellules) if c.etat is not EtatCellule.SANS_OBJET]
    return max([*rangs, 2]) + 1


def _cle(type: str, organisme: int, emetteur: int) -> Cle:
    return Cle(type, organisme or None, emetteur or None)


def _trouver(cle: Cle) -> Attente:
    trouvee = next((a for a in attentes(horloge.aujourdhui(), toutes=True) if a.cle == cle), None)
    if trouvee is None:
        raise Http404
    return trouvee


def _attente(a: Attente, suivants: list[Prochain], au: Any) -> dict[str, Any]:
    return {
        "a": a,
        "url": reverse("import_attendu", args=args_de(a.cle)),
        "prochain": next((p for p in suivants if p.attente.cle == a.cle), None),
        "active": a.active(au),
    }


def _cellule(request: HttpRequest, a: Attente, c: Cellule) -> dict[str, Any]:
    url = ""
    if peut(request, P.IMPORTER):
        if c.fichier_id:
            url = reverse("import", args=[c.fichier_id])
        elif c.du and c.au:
            filtres = {"type": a.cle.type, "organisme": a.cle.organisme or "", "depuis": c.du, "jusqu_au": c.au}
            url = f"{reverse('imports')}?{urlencode(filtres)}"
    return {"c": c, "aspect": CELLULES[c.etat], "url": url, "nom": a.nom}


def _regler(request: HttpRequest, attente: Attente | None, initial: dict[str, Any]) -> HttpResponse:
    formulaire = FormulaireAttendu(request.POST or None, initial=initial)
    if attente is not None:
        for nom in ("type", "organisme", "emetteur"):
            del formulaire.fields[nom]
    if request.method == "POST" and formulaire.is_valid():
        d = formulaire.cleaned_data
        genre, organisme, emetteur = _qui(attente, d)
        try:
            regler_attente(
                genre=genre, organisme=organisme, emetteur=emetteur, par=agent_courant(request),
                le=horloge.maintenant(),
                reglage=Reglage(
                    periodicite=Periodicite(d["periodicite"]), jour=d["jour"], debut=d["debut"], fin=d["fin"],
                    unite=Unite(d["unite"]), structure=d["structure"], note=d["note"],
                ),
            )  # fmt: skip
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            messages.success(request, "Le calendrier est à jour.")
            return htmx.rediriger(request, reverse("import_calendrier"))
    contexte = {
        "form": formulaire, "attente": attente, "gabarit": htmx.gabarit(request),
        "retour": reverse("import_calendrier"),
    }  # fmt: skip
    return render(request, "imports/attendu.html", contexte, status=422 if request.method == "POST" else 200)


def _qui(attente: Attente | None, d: dict[str, Any]) -> tuple[TypeFichier, OrganismePayeur | None, Structure | None]:
    if attente is not None:
        return TypeFichier(attente.cle.type), attente.organisme, attente.emetteur
    return TypeFichier(d["type"]), d["organisme"], d["emetteur"]
