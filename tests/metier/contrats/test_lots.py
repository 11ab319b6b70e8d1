"""Drafts prepared in number: from each diagnosis, with an invitation each, never signed, resumed where it stopped."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.metier.contrats.enums import EtatContrat, StatutLotContrats
from cordee.metier.contrats.models import Contrat, VersionContrat
from cordee.metier.contrats.selectors.liste import compter, contrats_en, engagements_en_retard, mes_promesses
from cordee.metier.contrats.services import ContratRefuse, lots, modifier
from cordee.metier.contrats.services.circuit import demander_validation, regler_circuit, renvoyer, valider
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.enums import NatureConstat
from cordee.metier.orientation.models import Constat, Diagnostic
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.metier.rendezvous.models import Creneau, LienPersonnel
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe
from tests.metier.equipe import equipe as faire_equipe

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipe(settings: Any) -> Equipe:
    settings.URL_PUBLIQUE = "https://cordee.exemple.invalid"
    f.systeme()
    equipe = faire_equipe()
    f.creneau(equipe.eds, debut=LE + timedelta(days=4), genre=GenreRendezVous.CONTRAT)
    return equipe


def suivie(equipe: Equipe) -> Personne:
    """Accompanied by Léa, a diagnosis that says she wants to move around."""
    personne = equipe.avec_referent()
    Diagnostic.objects.create(personne=personne, mene_le=LE, mene_par=equipe.lea, metier_vise="Aide à domicile")
    Constat.objects.create(
        personne=personne, nature=NatureConstat.SITUATION, code="mobilite.sans_moyen", source="agent", debut=jour(LE),
        par=equipe.lea, dit_le=LE,
    )  # fmt: skip
    return personne


def preparer(equipe: Equipe, *gens: Personne, inviter: bool = True, taille: int = 500) -> Any:
    lot = lots.ouvrir_lot(personnes=[p.pk for p in gens], intitule="", inviter=inviter, par=equipe.lea, le=LE)
    while lot.statut != StatutLotContrats.FAIT:
        lot = lots.avancer_lot(lot=lot, par=equipe.lea, le=LE, taille=taille)
    return lot


def test_each_gets_her_own_draft_and_nothing_is_signed(equipe: Equipe) -> None:
    gens = [suivie(equipe) for _ in range(3)]
    lot = preparer(equipe, *gens)
    assert (lot.prepares, lot.invites, lot.ecartees) == (3, 3, {})
    contrat = Contrat.objects.get(personne=gens[0])
    assert (contrat.projet, contrat.debut, contrat.propose_le) == ("Travailler comme : Aide à domicile", None, None)
    assert [o.code for o in contrat.objectifs.order_by("ordre")] == ["mobilite.point", "mobilite.solution"]
    notres = contrat.engagements.filter(engage="organisme", avant_le__isnull=False)
    assert {(e.responsable, e.structure, e.objectif is not None) for e in notres} == {(equipe.lea, equipe.eds, True)}
    assert VersionContrat.objects.filter(contrat__lot=lot).count() == 3
    assert LienPersonnel.objects.filter(genre=GenreRendezVous.CONTRAT).count() == 3
    assert Courrier.objects.filter(genre="invitation").count() == 3


def test_who_is_left_out_is_told_with_the_reason(equipe: Equipe) -> None:
    signee, redigee, nouvelle, prete = (equipe.accompagnee(), equipe.avec_referent(), equipe.entrante(), suivie(equipe))
    equipe.brouillon(redigee)
    lot = preparer(equipe, signee, redigee, nouvelle, prete, inviter=False)
    assert (lot.prepares, lot.invites) == (1, 0)
    assert lot.ecartees == {lots.SIGNE: 1, lots.DEJA: 1, lots.SANS_ORIENTATION: 1}
    encore = preparer(equipe, prete)
    assert encore.ecartees == {lots.DEJA: 1}


def test_without_a_free_slot_the_draft_is_made_and_nobody_is_invited_for_nothing(equipe: Equipe) -> None:
    Creneau.objects.all().delete()
    lot = preparer(equipe, suivie(equipe))
    assert (lot.prepares, lot.invites, lot.ecartees) == (1, 0, {lots.SANS_CRENEAU: 1})


def test_cut_short_it_goes_on_where_it_stopped(equipe: Equipe) -> None:
    gens = [suivie(equipe) for _ in range(3)]
    lot = lots.ouvrir_lot(personnes=[p.pk for p in gens], intitule="", inviter=False, par=equipe.lea, le=LE)
    lot = lots.avancer_lot(lot=lot, par=equipe.lea, le=LE, taille=2)
    assert (lot.prepares, len(lot.a_faire), lot.statut) == (2, 1, StatutLotContrats.EN_COURS)
    lot = lots.avancer_lot(lot=lot, par=equipe.lea, le=LE, taille=2)
    assert (lot.prepares, lot.a_faire, lot.statut) == (3, [], StatutLotContrats.FAIT)
    assert Contrat.objects.filter(lot=lot).count() == 3


def test_the_number_of_queries_does_not_grow_with_the_people(equipe: Equipe) -> None:
    gens = [suivie(equipe) for _ in range(6)]
    comptes = []
    for part in (gens[:1], gens[1:]):
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            preparer(equipe, *part)
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]


def test_nobody_or_too_many_is_refused(equipe: Equipe) -> None:
    for personnes in ([], list(range(1, lots.AU_PLUS + 2))):
        with pytest.raises(ContratRefuse):
            lots.ouvrir_lot(personnes=personnes, intitule="", inviter=True, par=equipe.lea, le=LE)


def test_the_list_says_where_each_stands(equipe: Equipe) -> None:
    chef = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
    equipe.accompagnee()
    sans, redigee = equipe.avec_referent(), equipe.avec_referent()
    brouillon = equipe.brouillon(redigee)

    def comptes() -> list[int]:
        lus = compter(pour=chef, droits=habilitation(chef, au=jour(LE)), le=LE)
        return [lus[e] for e in EtatContrat]

    assert sans.pk
    assert comptes() == [1, 1, 0, 0, 0, 1]
    regler_circuit(structure=equipe.eds, etapes=[("Relu", RoleAgent.CHEF_STRUCTURE)], par=chef, le=LE)
    assert comptes() == [1, 1, 0, 0, 0, 1]  # not asked for yet
    geste = {"contrat": brouillon, "version": brouillon.version, "le": LE}
    demander_validation(**geste, par=equipe.lea)
    assert comptes() == [1, 0, 1, 0, 0, 1]
    renvoyer(**geste, motif="À revoir", par=chef)
    assert comptes() == [1, 1, 0, 0, 0, 1]
    demander_validation(**geste, par=equipe.lea)
    valider(**geste, par=chef)
    assert comptes() == [1, 1, 0, 0, 0, 1]
    malik = habilitation(equipe.malik, au=jour(LE))
    assert not contrats_en(EtatContrat.EN_VIGUEUR, pour=equipe.malik, droits=malik, le=LE).exists()


def test_late_promises_are_listed_on_both_sides(equipe: Equipe) -> None:
    personne = suivie(equipe)
    preparer(equipe, personne, inviter=False)
    contrat = Contrat.objects.get(personne=personne)
    contrat = modifier(contrat=contrat, version=contrat.version, par=equipe.lea, le=LE, heures=Decimal(15))
    equipe.signer(contrat)
    au = jour(LE) + timedelta(days=61)
    droits = habilitation(equipe.lea, au=au)
    tardives = engagements_en_retard(pour=equipe.lea, droits=droits, au=au)
    assert {e.engage for e in tardives} == {"organisme", "personne"}
    siennes = mes_promesses(pour=equipe.lea, au=au)
    assert all(e.responsable == equipe.lea for e in siennes)
    assert siennes.count() == 5
    assert not engagements_en_retard(pour=equipe.lea, droits=droits, au=jour(LE)).exists()
