"""The page of a file: the vertical procedure on the left, the law and the household's euros on the right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.devoirs.enums import EtatProcedure, MotifSansSuite, StatutManquement, TypeManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.devoirs.selectors.contexte import Qualification, faits_le, qualifier, qualifier_procedure
from cordee.metier.devoirs.services.procedures import manques_d_ouverture
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.reglementation.regimes import ProjetMesure, etapes_legales
from cordee.socle import horloge
from cordee.web.devoirs import apres, avant, cote, horloges, pendant
from cordee.web.devoirs.actes import chercher
from cordee.web.devoirs.etapes import ActeOffert, EtapeDossier, Moment, articles_de, ordonner
from cordee.web.devoirs.registre import MANQUEMENT, PROCEDURE
from cordee.web.socle.acces import Dossier, acces, agent_courant, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def manquement(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts reported, before any procedure."""
    m = chercher(MANQUEMENT, pk)
    assert isinstance(m, Manquement)  # noqa: S101
    dossier = ouvrir_dossier(request, m.personne_id, page="devoirs/manquement", finalite=Finalite.SANCTION)
    if m.procedure_id is not None:
        return HttpResponseRedirect(reverse("procedure", args=[m.procedure_id]))
    au = horloge.aujourdhui()
    statut, type_ = StatutManquement(m.statut), TypeManquement(m.type)
    ouverte = not statut.clos
    question = qualifier(personne=dossier.personne, type=type_, faits_le=faits_le([m]), au=au)
    etapes = avant.etapes_du_manquement([m], peut_instruire=dossier.peut(P.INSTRUIRE), ouverte=ouverte)
    etapes.append(_ouverture(m, dossier, ouverte=ouverte))
    if question.cadre is not None and ouverte:
        etapes += _a_venir(question.cadre)
    autres = [
        ActeOffert(
            libelle="Classer sans suite", url=reverse("manquement_acte", args=[m.pk, "classer"]), icone="abandon"
        )
    ]
    return render(request, "devoirs/dossier.html", {
        **commun(dossier, _avec_horloges(etapes, dossier, ouverte=ouverte)),
        "cote": cote.composer(dossier.personne, question, au=au, montants=dossier.peut(P.VOIR_DROITS)),
        "type_libelle": type_.libelle, "etat_libelle": statut.libelle,
        "etat_ton": "attention" if ouverte else "neutre", "etat_icone": "recherche" if ouverte else "verrou",
        "autres_actes": autres if ouverte and dossier.peut(P.INSTRUIRE) else [],
        "autres_dossiers": autres_dossiers(dossier, sauf_manquement=m.pk),
        "rappel": "" if ouverte else f"Ce signalement est clos : {statut.libelle.removeprefix('Clos : ')}. "
        "L'accompagnement continue.",
    })  # fmt: skip


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """The file from the report to the lifting, on one page."""
    p = chercher(PROCEDURE, pk)
    assert isinstance(p, Procedure)  # noqa: S101
    dossier = ouvrir_dossier(request, p.personne_id, page="devoirs/procedure", finalite=Finalite.SANCTION)
    au, agent = horloge.aujourdhui(), agent_courant(request)
    instruit, decide = dossier.peut(P.INSTRUIRE), dossier.peut(P.DECIDER)
    manquements = list(
        Manquement.objects.filter(procedure=p).select_related("engagement", "signale_par").order_by("faits_du", "pk")
    )
    mesure = MesureDecidee.objects.filter(procedure=p).select_related("decideur").order_by("-pk").first()
    question = qualifier_procedure(p, au=au) if p.ouverte else None
    vue = pendant.voir(p, manquements, question, agent=agent, instruit=instruit, decide=decide, au=au)
    etapes = avant.etapes_du_manquement(manquements, peut_instruire=False, ouverte=p.ouverte)
    if instruit and p.ouverte and etapes[2].moment is not Moment.FAIT:
        etapes[2].actes = avant.actes_des_droits(manquements)
    milieu = pendant.etapes(vue)
    if mesure is not None:
        milieu = [*milieu[:-1], *apres.etapes(mesure, instruit=instruit, decide=decide, au=au)]
    for etape in (*etapes, *milieu):
        etape.ouverte = decide  # whoever decides reads everything
    etat = EtatProcedure(p.etat)
    ton, icone = TONS.get(etat, ("attention", "decision"))
    return render(request, "devoirs/dossier.html", {
        **commun(dossier, _avec_horloges([*etapes, *milieu], dossier)),
        "cote": cote.composer(
            dossier.personne, question or _apres_coup(p, manquements, au), au=au,
            montants=dossier.peut(P.VOIR_DROITS), mesure=mesure, projet=_vise(vue),
        ),
        "type_libelle": TypeManquement(p.type).libelle, "etat_libelle": etat.libelle, "etat_ton": ton,
        "etat_icone": icone, "responsable": p.responsable,
        "autres_actes": [vue.acte("clore", "Classer sans suite", "abandon")] if instruit and p.ouverte else [],
        "autres_dossiers": autres_dossiers(dossier, sauf_procedure=p.pk), "rappel": _rappel(p),
    })  # fmt: skip


TONS = {
    EtatProcedure.OUVERTE: ("attention", "courrier"), EtatProcedure.GRIEFS_ENVOYES: ("attention", "courrier"),
    EtatProcedure.CONTRADICTOIRE: ("info", "commentaire"), EtatProcedure.NOTIFIEE: ("primaire", "decision"),
    EtatProcedure.CLOSE: ("neutre", "verrou"), EtatProcedure.ANNULEE: ("neutre", "abandon"),
}  # fmt: skip


def _vise(vue: pendant.Vue) -> ProjetMesure | None:
    """The measure somebody wrote down; never one of ours."""
    if vue.projet is None or vue.question is None:
        return None
    return pendant.projet_vise(vue.procedure, vue.projet, vue.question, vue.au)


def _apres_coup(p: Procedure, manquements: list[Manquement], au: date) -> Qualification | None:
    """The law as it stood for these facts, once no breach waits any more."""
    if not manquements:
        return None
    return qualifier(
        personne=p.personne, type=TypeManquement(p.type), faits_le=faits_le(manquements), au=au,
        persistance=any(m.persistance_de_id for m in manquements),
    )  # fmt: skip


def _rappel(p: Procedure) -> str:
    if p.etat != EtatProcedure.CLOSE or p.close_le is None:
        return ""
    motif = MotifSansSuite(p.motif_cloture).libelle.lower() if p.motif_cloture else "sans suite"
    return f"Cette procédure est close depuis le {p.close_le:%d/%m/%Y} : {motif}. L'accompagnement continue."


def _avec_horloges(etapes: list[EtapeDossier], dossier: Dossier, *, ouverte: bool = True) -> list[EtapeDossier]:
    """Each step with its clock; on a file that is over nothing is current."""
    horloges.poser(etapes, ids_du_groupe(dossier.personne))
    return ordonner(etapes) if ouverte else etapes


def commun(dossier: Dossier, etapes: list[EtapeDossier]) -> dict[str, Any]:
    """What both pages hold."""
    personne = dossier.personne
    qui = nom_court(personne.prenom, personne.nom)
    return {
        "personne": personne, "qui": qui, "au": horloge.aujourdhui(), "etapes": etapes,
        "fil": [("Droits et devoirs", reverse("devoirs")), (qui, "")],
    }  # fmt: skip


def autres_dossiers(
    dossier: Dossier, *, sauf_manquement: int = 0, sauf_procedure: int = 0
) -> list[dict[str, str]]:  # fmt: skip
    """Her other files, latest first."""
    siennes = ids_du_groupe(dossier.personne)
    lignes = [
        (p.ouverte_le, f"Procédure du {p.ouverte_le:%d/%m/%Y} : {EtatProcedure(p.etat).libelle.lower()}",
         reverse("procedure", args=[p.pk]))
        for p in Procedure.objects.filter(personne__in=siennes).exclude(pk=sauf_procedure)
    ]  # fmt: skip
    seuls = Manquement.objects.filter(personne__in=siennes, procedure__isnull=True).exclude(pk=sauf_manquement)
    lignes += [
        (m.signale_le, f"Signalement du {m.signale_le:%d/%m/%Y} : {StatutManquement(m.statut).libelle.lower()}",
         reverse("manquement", args=[m.pk]))
        for m in seuls
    ]  # fmt: skip
    return [{"libelle": libelle, "url": url} for _, libelle, url in sorted(lignes, reverse=True)]


def _ouverture(m: Manquement, dossier: Dossier, *, ouverte: bool) -> EtapeDossier:
    """Opening the procedure: possible only when reason and rights have been looked at."""
    etape = EtapeDossier(
        cle="ouverture", titre="Ouvrir la procédure, ou classer",
        moment=Moment.A_VENIR if ouverte else Moment.SANS_OBJET,
        phrase="Seulement si aucun motif légitime n'a été trouvé. Ouvrir ne décide rien : la personne est d'abord "
        "informée et entendue.",
        articles=articles_de("CRPA L122-1"),
    )  # fmt: skip
    if not ouverte or not dossier.peut(P.INSTRUIRE):
        return etape
    etape.manques = tuple(manques_d_ouverture(dossier.personne, [m], au=horloge.aujourdhui()))
    if not etape.manques:
        url = reverse("manquement_acte", args=[m.pk, "ouvrir"])
        etape.actes = [ActeOffert(libelle="Ouvrir la procédure", url=url, icone="decision", principal=True)]
    return etape


def _a_venir(permis: Any) -> list[EtapeDossier]:
    """The steps of the law that would follow, so that nobody discovers them later."""
    deja = ("motif", "droits")
    return [
        EtapeDossier(cle=e.cle.value, titre=e.titre, moment=Moment.A_VENIR, phrase=e.phrase,
                     articles=articles_de(*e.articles))
        for e in etapes_legales(permis) if e.cle.value not in deja
    ]  # fmt: skip
