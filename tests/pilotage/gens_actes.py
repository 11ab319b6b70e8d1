"""What agents note of people of a small world, row by row: interviews, hours, breaches, measures, controls."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cordee.metier.contrats.enums import FamilleActivite, SourceHeures
from cordee.metier.contrats.models import Contrat, HeuresRealisees
from cordee.metier.devoirs.enums import MotifLegitime, MotifMesure, NatureMesure, TypeManquement
from cordee.metier.devoirs.models import (
    ControleAleatoire,
    ExamenMotif,
    Manquement,
    MesureDecidee,
    Procedure,
    TirageControle,
)
from cordee.metier.organismes.models import Structure
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.personnes.models import DroitPersonne, Personne
from tests import fabriques as f
from tests.pilotage import gens


def diagnostic(personne: Personne, le: date, **themes: str) -> Diagnostic:
    return Diagnostic.objects.create(personne=personne, mene_le=gens.a(le), mene_par=f.systeme(), themes=themes)


def heures(
    personne: Personne, semaine: date, combien: float, source: SourceHeures = SourceHeures.DECLAREE,
    ou: Structure | None = None, *, famille: FamilleActivite = FamilleActivite.RECHERCHE, **champs: Any,
) -> HeuresRealisees:  # fmt: skip
    dites = source is SourceHeures.DECLAREE
    champs.setdefault("piece_vue", "emargement" if source is SourceHeures.VERIFIEE else "")
    return HeuresRealisees.objects.create(
        personne=personne, semaine=semaine, famille=famille, source=source, heures=Decimal(str(combien)),
        structure=None if dites else ou, saisie_par=None if dites else f.systeme(),
        saisie_le=gens.a(semaine + timedelta(days=5)), **champs,
    )  # fmt: skip


def contrat_d_heures(personne: Personne, ou: Structure, le: date, combien: float | None, motif: str = "") -> Contrat:
    contrat = gens.contrat(personne, ou, le)
    contrat.heures, contrat.motif_heures = None if combien is None else Decimal(str(combien)), motif
    contrat.save(update_fields=["heures", "motif_heures"])
    return contrat


def activite(personne: Personne, code: str, *, contrat: str = "") -> None:
    """What the file says of her work, in the row of rights she has."""
    dite = {"ACT": code} | ({"NATCONTRTRA": contrat} if contrat else {})
    DroitPersonne.objects.filter(personne=personne).update(detail={"Activite": [dite]})


def devient_active(personne: Personne, code: str, le: date, *, contrat: str = "", sdd: bool = True) -> None:
    """From that photo on, the file says she works."""
    avant = DroitPersonne.objects.filter(personne=personne).order_by("debut").last()
    assert avant is not None
    DroitPersonne.objects.filter(pk=avant.pk).update(fin=le)
    DroitPersonne.objects.create(
        personne=personne, foyer=avant.foyer, sdd=sdd, debut=le,
        detail={"Activite": [{"ACT": code} | ({"NATCONTRTRA": contrat} if contrat else {})]},
    )  # fmt: skip


def manquement(personne: Personne, le: date, **champs: Any) -> Manquement:
    return Manquement.objects.create(
        personne=personne, type=TypeManquement.NON_RESPECT_CONTRAT, faits_du=le, signale_par=f.systeme(),
        signale_le=gens.a(le), **champs,
    )  # fmt: skip


def examen(quoi: Manquement, le: date, *, retenu: bool) -> ExamenMotif:
    return ExamenMotif.objects.create(
        manquement=quoi, motif=MotifLegitime.TRANSPORT, retenu=retenu, elements="Vu.", par=f.systeme(), le=gens.a(le)
    )


def procedure(personne: Personne, le: date, **champs: Any) -> Procedure:
    return Procedure.objects.create(
        personne=personne, type=TypeManquement.NON_RESPECT_CONTRAT, responsable=f.systeme(), ouverte_par=f.systeme(),
        ouverte_le=gens.a(le), **champs,
    )  # fmt: skip


def mesure(personne: Personne, le: date, **champs: Any) -> MesureDecidee:
    return MesureDecidee.objects.create(
        personne=personne, nature=NatureMesure.SUSPENSION, motif=MotifMesure.CONTRAT_NON_RESPECTE, decidee_le=le,
        debut=le, preuve="A-1", saisie_le=gens.a(le), saisie_par=f.systeme(), **champs,
    )  # fmt: skip


def controle(personne: Personne, le: date) -> ControleAleatoire:
    tirage = TirageControle.objects.create(
        libelle="Tirage", nombre=1, empreinte="a" * 64, graine_chiffree=b"x", annonce_le=gens.a(le),
        annonce_par=f.systeme(), tire_le=gens.a(le), tire_par=f.systeme(), graine="b" * 64,
    )  # fmt: skip
    return ControleAleatoire.objects.create(tirage=tirage, personne=personne, rang=1)
