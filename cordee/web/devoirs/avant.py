"""The first steps of a file: the facts reported, the legitimate reason, the rights not used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from cordee.metier.devoirs.enums import MotifLegitime, StatutManquement, TypeManquement
from cordee.metier.devoirs.models import DroitsVerifies, ExamenMotif, Manquement
from cordee.reglementation.autres_droits import SuiteDroit, autre_droit
from cordee.web.devoirs.etapes import ActeOffert, EtapeDossier, Moment, articles_de


def etapes_du_manquement(
    manquements: Sequence[Manquement], *, peut_instruire: bool, ouverte: bool
) -> list[EtapeDossier]:  # fmt: skip
    """Facts, reason, rights. ``ouverte``: the file may still be examined."""
    examens = list(ExamenMotif.objects.filter(manquement__in=manquements).select_related("par").order_by("le"))
    droits = list(DroitsVerifies.objects.filter(manquement__in=manquements).select_related("par").order_by("le"))
    return [
        _faits(manquements),
        _motif(manquements, examens, peut_instruire=peut_instruire and ouverte),
        _droits(manquements, droits, peut_instruire=peut_instruire and ouverte),
    ]


def _faits(manquements: Sequence[Manquement]) -> EtapeDossier:
    etape = EtapeDossier(
        cle="signalement", titre="Faits signalés", moment=Moment.FAIT, articles=articles_de("CASF R262-69"),
        phrase="Un signalement n'est pas une sanction. L'accompagnement continue.",
    )  # fmt: skip
    for m in manquements:
        quand = f"{m.faits_du:%d/%m/%Y}"
        if m.faits_au and m.faits_au != m.faits_du:
            quand += f" au {m.faits_au:%d/%m/%Y}"
        etape.faits.append((TypeManquement(m.type).libelle, quand))
        if m.engagement is not None:
            etape.faits.append(("Engagement du contrat", m.engagement.texte))
        etape.faits.append(("Signalé par", f"{m.signale_par}, le {m.signale_le:%d/%m/%Y}"))
        etape.textes += [
            ("Les faits", m.description, "faits"),
            ("Ce qui a été fait pour l'aider", m.demarches_accomplies, "aide"),
        ]
        if StatutManquement(m.statut).clos:
            etape.faits.append(("Où en sont ces faits", StatutManquement(m.statut).libelle))
    etape.textes = [t for t in etape.textes if t[1].strip()]
    etape.resume = " ; ".join(f"{TypeManquement(m.type).libelle}, {m.faits_du:%d/%m/%Y}" for m in manquements) + "."
    return etape


def _motif(manquements: Sequence[Manquement], examens: Sequence[ExamenMotif], *, peut_instruire: bool) -> EtapeDossier:
    etape = EtapeDossier(
        cle="motif", titre="Motif légitime", moment=Moment.A_VENIR, articles=articles_de("CASF L262-37"),
        phrase="C'est la première question, et elle se repose après la réponse de la personne. S'il y en a un, tout "
        "s'arrête là.",
    )  # fmt: skip
    for e in examens:
        suite = "retenu" if e.retenu else "non retenu à ce jour"
        echange = "personne entendue" if e.echange else "sans échange avec la personne"
        etape.textes.append(
            (f"{MotifLegitime(e.motif).libelle} : {suite} ({e.le:%d/%m/%Y}, {e.par}, {echange})", e.elements, "examen")
        )
    if etape.textes:
        etape.resume = f"{etape.textes[-1][0]}."
    vus = {e.manquement_id for e in examens}
    if any(e.retenu for e in examens) or all(m.pk in vus for m in manquements):
        etape.moment = Moment.FAIT
    if peut_instruire:
        for m in manquements:
            if StatutManquement(m.statut).clos:
                continue
            libelle = "Examiner de nouveau" if m.pk in vus else "Examiner le motif légitime"
            if len(manquements) > 1:
                libelle += f" (faits du {m.faits_du:%d/%m/%Y})"
            etape.actes.append(
                _acte(libelle, "manquement_acte", m.pk, "motif", icone="recherche", principal=m.pk not in vus)
            )
    return etape


def _droits(
    manquements: Sequence[Manquement], droits: Sequence[DroitsVerifies], *, peut_instruire: bool
) -> EtapeDossier:
    etape = EtapeDossier(
        cle="droits", titre="Droits non utilisés", moment=Moment.FAIT if droits else Moment.A_VENIR,
        phrase="Ce qui peut débloquer la situation passe d'abord : santé, logement, prime d'activité, transports…",
    )  # fmt: skip
    for d in droits:
        suites: dict[str, list[str]] = {}
        for code, suite in d.constats.items():
            if suite != SuiteDroit.NON_CONCERNEE:
                suites.setdefault(SuiteDroit(suite).libelle, []).append(autre_droit(code).libelle)
        etape.faits += [(suite, ", ".join(noms)) for suite, noms in suites.items()]
        if not suites:
            etape.faits.append(("Constat", "Aucun droit n'attend d'être demandé"))
        if d.orientee_vers:
            etape.faits.append(("Aidée par", d.orientee_vers))
        etape.faits.append(("Regardé avec la personne", f"{d.le:%d/%m/%Y}, {d.par}"))
        etape.resume = f"Regardés avec la personne le {d.le:%d/%m/%Y}."
    if peut_instruire and not all(StatutManquement(m.statut).clos for m in manquements):
        etape.actes = actes_des_droits(manquements, deja=bool(droits))
    return etape


def actes_des_droits(manquements: Sequence[Manquement], *, deja: bool = False) -> list[ActeOffert]:
    """Looking at the rights not used, with the person."""
    libelle = "Vérifier de nouveau" if deja else "Vérifier les droits"
    return [_acte(libelle, "manquement_acte", manquements[0].pk, "droits", icone="droits", principal=not deja)]


def _acte(libelle: str, nom: str, pk: int, cle: str, **options: Any) -> ActeOffert:
    return ActeOffert(libelle=libelle, url=reverse(nom, args=[pk, cle]), **options)
