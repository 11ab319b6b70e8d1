"""One session before it is held: its agenda, its members, what is missing, letters, withdrawals (R21–R24)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.devoirs.enums_ep import GenreCollege, MotifRetrait, ReponseMembre, StatutPassage, StatutSeance
from cordee.metier.devoirs.models import ParticipationEP, PassageEP, RetraitMembre, SeanceEP
from cordee.metier.devoirs.regles.ep_completude import jour_du_retrait
from cordee.metier.devoirs.selectors.ep import participation_de, previsions
from cordee.metier.devoirs.selectors.ep_dossiers import candidats, manques_des, participations_de, passages_de
from cordee.metier.devoirs.services import ep
from cordee.metier.devoirs.services.ep import BilanLettres
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.administration.saisie import soumettre
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe_pluri import commun
from cordee.web.equipe_pluri.formulaires import FormulaireAnnulation
from cordee.web.socle.acces import acces, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv

P = Permission
COLONNES = [
    Colonne("numero", "N°", triable=False),
    Colonne("dossier", "Dossier", triable=False),
    Colonne("objet", "Objet", triable=False),
    Colonne("manque", "Ce qui manque", triable=False),
    Colonne("ordre", "Ordre", triable=False, cachee=True),
]


@acces(P.TENIR_EP, P.SIEGER)
def seance(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a session: the secretary prepares it, a member answers and reads the files she sits on."""
    posee, d = commun.lire_seance(request, pk), commun.demande(request)
    participation = participation_de(posee, d.agent)
    base: dict[str, Any] = {
        "seance": posee, "statut": posee.statut_lu, "au": d.au, "tient": d.tient, "moi": participation,
        "prevu": previsions([posee])[posee.pk], "fil": commun.fil(posee), "a_venir": posee.statut_lu.a_venir,
        "actes": posee.actes.select_related("par", "membre__agent", "passage"),
        "pv": posee.statut in (StatutSeance.OUVERTE, StatutSeance.CLOSE),
    }  # fmt: skip
    base["mot_quorum"] = commun.TEINTES[base["prevu"].perspective.value]
    base["absents"] = commun.colleges(base["prevu"].colleges_absents)
    base["perspective"] = base["prevu"].perspective.value
    if d.tient:
        return render(request, "equipe_pluri/seance.html", base | _secretariat(posee, d))
    return render(request, "equipe_pluri/seance_membre.html", base | _membre(posee, participation))


def _secretariat(posee: SeanceEP, d: commun.Demande) -> dict[str, Any]:
    passages = list(passages_de(posee))
    inscrits = [p for p in passages if p.statut != StatutPassage.RETIRE]
    manquent = manques_des([p for p in inscrits if p.statut == StatutPassage.INSCRIT], au=d.au)
    retrait = jour_du_retrait(horloge.jour(posee.debut), jours=posee.reglement.completude_jours)
    restants = [
        p for p in inscrits if p.convocation_id is None and p.invitee_le is None and (p.audition or p.procedure_id)
    ]
    membres = list(participations_de(posee))
    return {
        "colonnes": COLONNES, "retrait_le": retrait,
        "a_retirer": retrait <= d.au and posee.incomplets_retires_le is None,
        "lignes": [{"p": p, "qui": commun.qui(p), "manques": manquent.get(p.pk, [])} for p in inscrits],
        "retires": [{"p": p, "qui": commun.qui(p), "motif": MotifRetrait(p.motif_retrait).libelle}
                    for p in passages if p.statut == StatutPassage.RETIRE],
        "incomplets": sum(bool(m) for m in manquent.values()), "a_inviter": len(restants),
        "sans_controle": any(p.liens_controles_le is None for p in inscrits if p.statut == StatutPassage.INSCRIT),
        "membres": membres, "colleges": _colleges(posee, membres),
        "aujourdhui": horloge.jour(posee.debut) == d.au,
        "suites_a_ecrire": posee.statut == StatutSeance.CLOSE
        and any(p.statut == StatutPassage.EXAMINE and p.suite_id is None for p in inscrits),
    }  # fmt: skip


def _colleges(posee: SeanceEP, membres: list[ParticipationEP]) -> list[dict[str, Any]]:
    prevu = previsions([posee])[posee.pk]
    return [
        {
            "prevu": c, "nom": GenreCollege(c.college).libelle,
            "membres": [_aspect(p) for p in membres if p.membre.college == c.college],
        }
        for c in prevu.colleges
    ]  # fmt: skip


def _aspect(p: ParticipationEP) -> ParticipationEP:
    """The tone and the icon of her reply, beside its word."""
    tons = {"viendra": ("succes", "cocher"), "ne_viendra_pas": ("attention", "refus")}
    p.ton, p.icone = tons.get(p.reponse, ("neutre", "attente"))  # type: ignore[attr-defined]
    return p


def _membre(posee: SeanceEP, participation: ParticipationEP | None) -> dict[str, Any]:
    """What a member sees: codes, never a name; the files she does not sit on stay closed, without a reason."""
    retires: set[int] = set()
    if participation is not None:
        retires = set(
            RetraitMembre.objects.filter(passage__seance=posee, membre=participation.membre).values_list(
                "passage_id", flat=True
            )
        )
    passages = [p for p in passages_de(posee) if p.statut != StatutPassage.RETIRE]
    return {
        "lignes": [{"p": p, "siege": p.pk not in retires, "pret": p.liens_controles_le is not None} for p in passages],
        "retires_du_jour": PassageEP.objects.filter(seance=posee, statut=StatutPassage.RETIRE).count(),
    }


@acces(P.TENIR_EP)
def avis_export(request: HttpRequest, pk: int) -> HttpResponse:
    """What the équipe thought, file by file, for whoever decides: real people, so each line is a logged read."""
    posee = commun.lire_seance(request, pk)
    if posee.statut != StatutSeance.CLOSE:
        raise Http404
    passages = [p for p in passages_de(posee) if hasattr(p, "avis")]
    journaliser_export(request, [p.personne_id for p in passages], finalite=Finalite.SANCTION, page="ep_avis_export")
    return en_csv(
        f"avis_{horloge.jour(posee.debut).isoformat()}",
        ["N°", "Dossier", "Nom", "Prénom", "Objet", "Avis", "Motifs", "Proposition", "Pour", "Contre", "Abstentions",
         "Valable jusqu'au"],
        [
            (p.numero, p.code, p.personne.nom, p.personne.prenom, p.objet_lu.libelle, p.avis.sens_lu.libelle,
             p.avis.motivation, p.avis.autre_mesure, p.avis.pour, p.avis.contre, p.avis.abstentions,
             ajouter_mois(p.avis.rendu_le, posee.reglement.mois_validite) if p.avis.sens_lu.est_un_avis else None)
            for p in passages
        ],
    )  # fmt: skip


@acces(P.TENIR_EP)
@require_POST
def acte(request: HttpRequest, pk: int) -> HttpResponse:
    """The acts of the secretary on a session, one name each."""
    posee = commun.lire_seance(request, pk)
    action = request.POST.get("action", "")
    if action == "inviter":
        commun.tenter(
            request, ep.inviter_membres, lambda n: _accord(n, "titulaire invité", "titulaires invités"), seance=posee
        )
    elif action == "suppleants":
        college = request.POST.get("college", "")
        if college in set(GenreCollege):
            commun.tenter(
                request, ep.appeler_suppleants, lambda n: _accord(n, "suppléant invité", "suppléants invités"),
                seance=posee, college=GenreCollege(college),
            )  # fmt: skip
    elif action == "liens":
        commun.tenter(request, ep.controler_liens, _phrase_liens, seance=posee)
    elif action == "retirer_incomplets":
        commun.tenter(
            request, ep.retirer_incomplets, lambda r: f"{_accord(len(r), 'dossier retiré', 'dossiers retirés')} "
            "L'ordre du jour est arrêté.", seance=posee,
        )  # fmt: skip
    elif action == "convier":
        _lettres(request, ep.inviter_personnes, posee)
    elif action == "suites":
        _lettres(request, ep.envoyer_suites, posee)
    elif action == "sans_quorum":
        commun.tenter(request, ep.constater_sans_quorum, "Le défaut de quorum est constaté.", seance=posee)
    else:
        messages.error(request, "Cet acte n'existe pas.")
    return redirect("ep_seance", pk=pk)


def _accord(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre} {plusieurs if nombre > 1 else un}."


def _phrase_liens(ecrits: int) -> str:
    if not ecrits:
        return "Les liens sont contrôlés : chaque membre peut siéger sur chaque dossier."
    notes = _accord(ecrits, "retrait noté", "retraits notés")
    return f"Les liens sont contrôlés. {notes} Les membres n'en lisent pas la raison."


def _phrase_lettres(bilan: BilanLettres) -> str:
    return f"{_accord(bilan.ecrites, 'lettre prête', 'lettres prêtes')} Elles attendent dans « Courriers »."


def _lettres(request: HttpRequest, acte_: Any, posee: SeanceEP) -> None:
    bilan = commun.tenter(
        request, acte_, _phrase_lettres,
        seance=posee,
    )  # fmt: skip
    if bilan is not None and bilan.refus:
        noms = {p.pk: commun.qui(p) for p in passages_de(posee).filter(pk__in=list(bilan.refus))}
        for passage, phrase in bilan.refus.items():
            messages.warning(request, f"{noms[passage]} : {phrase}")


@acces(P.TENIR_EP, P.SIEGER)
@require_POST
def repondre(request: HttpRequest, pk: int) -> HttpResponse:
    """A member answers for herself; the secretary notes the answer of a member who calls."""
    posee, d = commun.lire_seance(request, pk), commun.demande(request)
    choisie = request.POST.get("participation", "")
    if d.tient and choisie.isdigit():
        ligne = ParticipationEP.objects.filter(seance=posee, pk=int(choisie)).first()
    else:
        ligne = participation_de(posee, d.agent)
    reponse = request.POST.get("reponse", "")
    if ligne is None or reponse not in set(ReponseMembre):
        messages.error(request, "Choisissez une réponse.")
    else:
        commun.tenter(
            request, ep.repondre, "La réponse est enregistrée.", participation=ligne, reponse=ReponseMembre(reponse)
        )
    return redirect("ep_seance", pk=pk)


@acces(P.TENIR_EP)
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a session to come: what will happen is said first."""
    posee, d = commun.lire_seance(request, pk), commun.demande(request)
    return soumettre(
        request, FormulaireAnnulation(request.POST or None),
        lambda lus: ep.annuler_seance(seance=posee, motif=lus["motif"], par=d.agent, le=d.le),
        titre="Annuler la séance", envoyer="Annuler la séance", gabarit=commun.FORMULAIRE,
        avant="Chaque dossier attendra une autre séance. Les lettres qui ne sont pas parties ne partiront pas ; les "
        "personnes déjà prévenues recevront un message.",
        message="La séance est annulée. Ses dossiers attendent une autre séance.",
        retour=reverse("ep_seance", args=[pk]), fil=commun.fil(posee, page="Annuler"),
    )  # fmt: skip


@acces(P.TENIR_EP)
def inscrire(request: HttpRequest, pk: int) -> HttpResponse:
    """Questions that wait for an opinion, to be put on this agenda, several at once."""
    posee, d = commun.lire_seance(request, pk), commun.demande(request)
    proposes = candidats(pour=d.agent, au=d.au, droits=habilitation_de(request))
    if request.method == "POST":
        voulues = set(request.POST.getlist("dossier"))
        inscrits, refus = 0, []
        for c in (c for c in proposes if c.cle in voulues):
            try:
                ep.inscrire_dossier(seance=posee, procedure=c.procedure, demande=c.demande, par=d.agent, le=d.le)
                inscrits += 1
            except ErreurMetier as erreur:
                refus.append(str(erreur))
        if inscrits:
            messages.success(request, _accord(inscrits, "dossier inscrit", "dossiers inscrits"))
        for phrase in dict.fromkeys(refus):
            messages.error(request, phrase)
        if not voulues:
            messages.error(request, "Cochez au moins un dossier.")
        return redirect("ep_seance" if inscrits else "ep_inscrire", pk=pk)
    contexte = {
        "seance": posee, "au": d.au, "fil": commun.fil(posee, page="Inscrire des dossiers"),
        "lignes": [{"c": c, "qui": _nom(c.personne)} for c in proposes],
        "places": posee.reglement.dossiers_maximum - posee.passages.exclude(statut=StatutPassage.RETIRE).count(),
    }  # fmt: skip
    return render(request, "equipe_pluri/inscrire.html", contexte)


def _nom(personne: Any) -> str:
    return "Dossier sensible" if personne.dossier_sensible else commun.nom_court(personne.prenom, personne.nom)
