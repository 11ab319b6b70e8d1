"""What the person may ask for: who opened her file (R84), what is written of her (RGPD); the visit pack (R17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Affectation, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors import situation_de
from cordee.metier.personnes.models import Lecture
from cordee.metier.personnes.selectors import adresse_courante
from cordee.metier.personnes.selectors.contacts import contacts_courants
from cordee.metier.suivi.selectors.accompagnements import points_de, reclamations_de, revues_de
from cordee.metier.suivi.selectors.documents import documents_de, pieces_de
from cordee.metier.suivi.selectors.notes import decisions_ouvertes, lectures_de, part_du_dossier, sujets_proposes
from cordee.web.composants.tableaux import Colonne
from cordee.web.personnes.adresses import lignes_d_adresse
from cordee.web.socle.acces import acces
from cordee.web.socle.export import en_csv
from cordee.web.suivi.commun import Ecran

P = Permission
JOURS = 366
MAXIMUM = 500


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def consultations(request: HttpRequest, pk: int) -> HttpResponse:
    """Who opened the file, when and why: to print for her. The structure is said, never the agent's name."""
    ecran = Ecran(request, pk, P.SUIVRE, page="consultations")
    depuis = ecran.maintenant - timedelta(days=JOURS)
    lues = list(lectures_de(ecran.personne, depuis=depuis)[:MAXIMUM])
    colonnes = [Colonne("jour", "Jour", triable=False), Colonne("ou", "Service", triable=False),
                Colonne("pourquoi", "Pourquoi", triable=False)]  # fmt: skip
    page = ecran.page(
        "Qui a consulté ce dossier", colonnes=colonnes, lignes=_lignes(lues, ecran), depuis=depuis, plafond=MAXIMUM,
        plafonne=len(lues) == MAXIMUM,
    )  # fmt: skip
    return render(request, "suivi/consultations.html", page)


def _lignes(lues: list[Lecture], ecran: Ecran) -> list[dict[str, Any]]:
    """One line per day, structure and purpose: the same page opened ten times is one visit."""
    agents = {lecture.agent_id for lecture in lues}
    postes = Affectation.objects.filter(en_cours(ecran.au), agent__in=agents).select_related("structure")
    structures = {p.agent_id: p.structure.nom for p in postes.order_by("-pk")}
    groupes: dict[tuple[Any, ...], int] = {}
    for lecture in lues:
        ou = structures.get(lecture.agent_id, "Un service du Département")
        cle = (lecture.lue_le.astimezone(ecran.maintenant.tzinfo).date(), ou, Finalite(lecture.finalite).libelle)
        groupes[cle] = groupes.get(cle, 0) + 1
    return [{"jour": j, "ou": ou, "pourquoi": p, "fois": n} for (j, ou, p), n in groupes.items()]


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def ecrits(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written of her, as she may read it: notes, interviews, contacts, documents, papers seen."""
    ecran = Ecran(request, pk, P.SUIVRE, page="demande d'accès")
    part = part_du_dossier(ecran.personne, pour=ecran.agent, droits=ecran.droits, detail=ecran.detail)
    if request.GET.get("format") == "csv":
        return en_csv(
            f"ecrits-dossier-{ecran.personne.pk}", ("Date", "Nature", "Par", "Texte"), _ecrits_en_lignes(part)
        )
    page = ecran.page(
        "Ce qui est écrit dans ce dossier", part=part, documents=list(documents_de(ecran.personne)),
        pieces=list(pieces_de(ecran.personne)), points=list(points_de(ecran.personne)),
        revues=list(revues_de(ecran.personne)), reclamations=list(reclamations_de(ecran.personne)),
    )  # fmt: skip
    return render(request, "suivi/ecrits.html", page)


def _ecrits_en_lignes(part: Any) -> list[tuple[Any, ...]]:
    lignes: list[tuple[Any, ...]] = []
    for lue in part.notes:
        nature = f"Note : {lue.theme.libelle}"
        lignes.append((lue.note.ecrite_le, nature, str(lue.note.par), lue.note.texte))
        if lue.detail:
            lignes.append((lue.note.ecrite_le, f"{nature}, partie sensible", str(lue.note.par), lue.detail))
        for avant in lue.avant:
            texte = "\n".join(t for t in (avant.texte, avant.detail) if t)
            lignes.append((avant.ecrite_le, f"{nature}, version corrigée depuis", str(avant.par), texte))
    for contact in part.contacts:
        nature = f"{contact.get_genre_display()} : {contact.get_resultat_display()}"
        lignes.append((contact.le, nature, str(contact.par), contact.note))
    for entretien in part.entretiens:
        decisions = "\n".join(f"{d.quoi} ({d.get_qui_display()})" for d in entretien.actions.all())
        lignes.append((entretien.debut, "Décisions d'entretien", str(entretien.par), decisions))
    return sorted(lignes, key=lambda ligne: ligne[0], reverse=True)


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def visite(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets for a home visit: nothing on the cover says who or why (R17)."""
    ecran = Ecran(request, pk, P.SUIVRE, page="visite à domicile")
    adresse = adresse_courante(ecran.personne, ecran.au)
    s = situation_de(ecran.personne)
    page = ecran.page(
        "Préparer une visite", adresse=lignes_d_adresse(adresse) if adresse else [], s=s,
        contacts=list(contacts_courants(ecran.personne, au=ecran.au)),
        sujets=sujets_proposes(ecran.personne, au=ecran.au), decisions=list(decisions_ouvertes(ecran.personne)[:12]),
        reference=f"V-{ecran.personne.pk:07d}",
    )  # fmt: skip
    return render(request, "suivi/visite.html", page)
