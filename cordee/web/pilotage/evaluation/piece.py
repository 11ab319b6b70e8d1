"""An experiment as a document to print: what the page says, in the same words, drawn by the worker (PDF/UA-1).

Its address holds no number of a file: the file shown is the one of what this reader's page says now.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.courriers.expediteurs import expediteur
from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.enums_evaluation import Critere, EtatExperience, Verdict
from cordee.pilotage.enums_rapports import GenreEdition
from cordee.pilotage.evaluation.regles.protocole import Protocole, lire
from cordee.pilotage.evaluation.selectors import registre_verifie
from cordee.pilotage.evaluation.services.registre import ExperienceRefusee
from cordee.pilotage.models import Edition, Experience
from cordee.pilotage.rapports import blocs, editions
from cordee.pilotage.rapports.blocs import Bloc
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle import horloge
from cordee.web.pilotage.evaluation import lecture
from cordee.web.pilotage.evaluation.views import LIRE, contredits, paires, registre_de, resultat_de, trouver
from cordee.web.pilotage.rapports.commun import fichier
from cordee.web.socle.acces import acces, agent_courant

GENRE: Final = GenreEdition.PIECE
DESSINS: Final = {
    "intervalles": "",
    "evenements": "Chaque point : l'écart entre unités concernées et comparaison pour les entrées d'un trimestre, "
    "moins l'écart moyen d'avant. Avant le début, il doit rester autour de zéro.",
    "equilibre": "À gauche du trait pointillé, les groupes se ressemblent. Rien n'est dit de ce qui n'est pas mesuré.",
}
"""The two charts of a document: the intervals, then what makes the groups comparable."""


@acces(*LIRE)
@require_POST
def preparer(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the worker for the file of what the page says."""
    e = trouver(request, code)
    editions.demander(
        genre=GENRE, titre=e.titre, contenu=contenu_de(request, e), par=agent_courant(request), le=horloge.maintenant()
    )
    messages.success(request, "Le PDF se prépare : il apparaîtra en bas de cette page dans quelques secondes.")
    return redirect(_adresse(request, "pilotage_experience", e) + "#fichier")


@acces(*LIRE)
def etat(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the file is there, on its way, or why it failed; before it is asked for, the button that asks.

    ``ligne``: only the line that a page already opened follows.
    """
    e = trouver(request, code)
    faite = edition_de(contenu_de(request, e))
    suivi = _adresse(request, "pilotage_experience_pdf_etat", e)
    lu = None if faite is None else fichier(faite) | {
        "url": _adresse(request, "pilotage_experience_pdf", e),
        "url_etat": suivi + ("&" if "?" in suivi else "?") + "ligne=1",
    }  # fmt: skip
    if lu is not None and request.GET.get("ligne"):
        return render(request, "pilotage/rapports/_fichier.html", {"f": lu})
    contexte = {"f": lu, "url": _adresse(request, "pilotage_experience_pdf_preparer", e)}
    return render(request, "pilotage/evaluation/_piece.html", contexte)


@acces(*LIRE)
def telecharger(request: HttpRequest, code: str) -> HttpResponse:
    """The file of what this page says now; another one (of before a publication, of an exploration) is not found."""
    e = trouver(request, code)
    faite = edition_de(contenu_de(request, e))
    if faite is None or faite.etat != EtatEtude.CALCULEE:
        raise Http404
    reponse = HttpResponse(editions.lire(faite), content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'attachment; filename="{e.code}.pdf"'
    return reponse


def edition_de(contenu: dict[str, Any]) -> Edition | None:
    """The file of this content, if it was asked for."""
    return Edition.objects.filter(genre=GENRE, empreinte=blocs.empreinte(contenu)).defer("contenu").first()


def contenu_de(request: HttpRequest, e: Experience) -> dict[str, Any]:
    """What the document says.

    Raises:
        ExperienceRefusee: no result yet (409).
    """
    resultat, etude = resultat_de(e, request.GET.get("etude", ""))
    if resultat is None:
        raise ExperienceRefusee("Il n'y a pas encore de résultat à emporter pour cette expérimentation.")
    exploratoire = bool(request.GET.get("etude")) and etude is not None
    document = blocs.document(
        e.titre, [blocs.chapitre("piece", "", blocs_de(e, resultat))],
        departement=expediteur().get("nom", ""), mention=_mention(e, exploratoire=exploratoire),
        reperes=_reperes(e, resultat),
    )  # fmt: skip
    return {"document": document, "experience": e.pk}


def blocs_de(e: Experience, r: dict[str, Any]) -> list[Bloc]:
    """The sentence first, then the gap beside the estimate, then what lets one judge."""
    p, c = lire(e.protocole), r["conclusion"]
    critere = Critere(r["critere"]).libelle
    dits = [f"{Verdict(c['verdict']).libelle}. {c['phrase']}", c["interdit"], *c["reserves"]]
    lus = [
        blocs.paragraphe(f"Hypothèse : {e.hypothese}"),
        blocs.encadre("Ce que l'on peut en dire", dits),
        blocs.tableau(
            "L'écart brut et l'estimation",
            ("Ce qui est comparé", "Nature", "Intervalle à 95 %", "Points", "Précisions"),
            [(m.libelle, m.nature, m.intervalle, m.point, m.note) for m in lecture.methodes(r)], textes=5,
        ),
        *_dessins(r, critere),
        *_ailleurs(p),
    ]  # fmt: skip
    if controles := lecture.controles(r):
        lignes = [(f"{x['genre']} : {x['libelle']}", x["intervalle"], x["p"], x["lecture"]) for x in controles]
        entetes = ("Vérification", "Intervalle à 95 %", "Valeur p", "Lecture")
        lus.append(blocs.tableau("Là où il ne doit rien y avoir", entetes, lignes, textes=4))
    lus += [
        blocs.tableau(
            "Qui est compté", ("Groupe", "Personnes", "Inconnu", critere),
            [(g["groupe"], g["personnes"], g["inconnus"], g["taux"]) for g in lecture.effectifs(r)],
            note="Un résultat inconnu n'est ni une réussite ni un échec.",
        ),
        blocs.intertitre("Ce que vaut l'estimation"),
        blocs.definitions(lecture.diagnostics(r, p)),
        blocs.intertitre("Le protocole"),
        blocs.definitions([(t, str(v)) for t, v in paires(e, p) if v != e.hypothese]),
        blocs.intertitre("Le registre"),
        blocs.puces([_mention_dite(x) for x in registre_de(e)]),
        blocs.paragraphe(_sceau(e), petit=True),
    ]  # fmt: skip
    return lus


def _ailleurs(p: Protocole) -> list[Bloc]:
    """The figures published on this question, and the contradictions known of them."""
    if not p.publies:
        return []
    tableau = blocs.tableau("Les chiffres publiés ailleurs", ("Chiffre", "Valeur"), p.publies)
    return [tableau, *(blocs.paragraphe(f"{c.titre} {c.constat} {c.retenu}", petit=True) for c in contredits(p))]


def _dessins(r: dict[str, Any], critere: str) -> list[Bloc]:
    phrases = DESSINS | {"intervalles": f"{lecture.phrase_intervalles(r)} Points de « {critere.lower()} »."}
    faits = [(spec, phrase) for nom, phrase in phrases.items() if (spec := lecture.dessiner(r, nom)) is not None]
    return [blocs.dessin(spec, phrase, hauteur=260) for spec, phrase in faits]


def _mention(e: Experience, *, exploratoire: bool) -> str:
    """What each page bears when it is not the published analysis."""
    if exploratoire:
        return "Analyse exploratoire"
    return "" if e.etat == EtatExperience.PUBLIEE else "Non publié"


def _mention_dite(x: dict[str, Any]) -> str:
    m = x["m"]
    quand = date_en_toutes_lettres(horloge.jour(m.le))
    changes = "".join(f" {champ} : {avant} → {apres}." for champ, avant, apres in x["changements"])
    return f"{x['genre'].libelle}, le {quand} par {m.par}.{f' {m.motif}' if m.motif else ''}{changes}"


def _sceau(e: Experience) -> str:
    """The whole fingerprint, and whether it is found again from the register."""
    dit = "retrouvée à partir du registre" if registre_verifie(e) else "QUI NE CORRESPOND PLUS au registre"
    return f"Empreinte (SHA-256) du protocole, {dit} : {e.sceau}"


def _reperes(e: Experience, r: dict[str, Any]) -> list[tuple[str, str]]:
    lus = [("Droits connus au", lecture.jour_fr(r["connu_le"]))] if r["connu_le"] else []
    if e.enregistree_le is not None:
        apres = ", après son début" if e.retrospective else ", avant son début"
        lus.insert(0, ("Protocole enregistré le", date_en_toutes_lettres(horloge.jour(e.enregistree_le)) + apres))
    if e.publiee_le is not None:
        lus.append(("Résultats publiés le", date_en_toutes_lettres(horloge.jour(e.publiee_le))))
    return lus


def _adresse(request: HttpRequest, nom: str, e: Experience) -> str:
    etude = request.GET.get("etude", "")
    return reverse(nom, args=[e.code]) + (f"?etude={etude}" if etude.isdigit() else "")
