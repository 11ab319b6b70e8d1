"""V1: at the MSA the number of a household is often a NIR; it is neither stored nor shown."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from cordee.echanges.caf.fiche import composer
from cordee.echanges.caf.rejeu import rejouer
from cordee.echanges.fichiers.models import ElementRejete
from cordee.echanges.fichiers.rejets import ouvrir
from cordee.metier.organismes.roles import RoleAgent
from cordee.metier.personnes.models import Foyer, Identifiant, Personne
from cordee.metier.personnes.regles import est_pseudonyme, lire_matricule
from cordee.metier.personnes.selectors import empreinte_nir, rechercher
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import ARRIVANTE, CONJOINT, FEVRIER, avec, entete, importer

pytestmark = pytest.mark.django_db
NIR, ECRITS = "2880699023456", ("2880699023456", "288069902345613", "2880699 023456", "288069902345600")
MATRICULE = "<MATRICULE>912345600000000</MATRICULE>"
SANS_NIR = ("<NIR>2880699023456</NIR>", "")
AU = date(2026, 6, 1)


def numerote(ecrit: str) -> tuple[str, str]:
    return MATRICULE, f"<MATRICULE>{ecrit}</MATRICULE>"


def tout_ce_qui_est_garde() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' "
                        "AND table_type = 'BASE TABLE'")  # fmt: skip
        tables = [nom for (nom,) in curseur.fetchall()]
        textes = []
        for table in tables:
            curseur.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            textes.append(curseur.fetchone()[0])
    return chr(10).join(textes)


@pytest.mark.parametrize("ecrit", ECRITS)
def test_nir_as_number_leaves_no_trace(flux: Flux, ecrit: str) -> None:
    importer(flux(foyer("00000010094", numerote(ecrit))))
    dossier = Foyer.objects.get()
    assert est_pseudonyme(dossier.matricule)
    assert dossier.matricule == lire_matricule(NIR)
    assert NIR not in tout_ce_qui_est_garde().replace(" ", "")
    assert Identifiant.objects.get(genre="matricule").valeur.endswith(dossier.matricule)


def test_same_household_the_next_month(flux: Flux) -> None:
    importer(flux(foyer("00000010094", numerote(ECRITS[0]))))
    rapport = importer(flux(foyer("00000010094", numerote(ECRITS[1])), entete=entete(FEVRIER)))
    assert (rapport.personnes_creees, Foyer.objects.count()) == (0, 1)


def test_number_of_the_body_left_is_protected_too(flux: Flux) -> None:
    avant, apres = ARRIVANTE
    de_la_msa = apres.replace("<DDARR", f"<MATRICULEORGCEDMUT>{NIR}</MATRICULEORGCEDMUT><DDARR")
    importer(flux(foyer("00000010094", (avant, de_la_msa))))
    assert NIR not in tout_ce_qui_est_garde()


def test_number_repeated_where_it_should_not_be_is_protected_too(flux: Flux) -> None:
    importer(flux(foyer("00000010094", ("</Organisme>", f"<MATRICULE>{NIR}</MATRICULE></Organisme>"))))
    assert NIR not in tout_ce_qui_est_garde()


def test_number_tells_the_nir_of_the_adult_who_has_none(flux: Flux) -> None:
    importer(flux(foyer("00000010094", numerote(NIR), SANS_NIR, avec(CONJOINT))))
    nora = Identifiant.objects.get(genre="nir", personne__prenom="NORA")
    assert bytes(nora.empreinte) == empreinte_nir(NIR)


@pytest.mark.parametrize(
    "autre",
    [("1988-06-21", "1988-07-21"), ("<SEXE>2<", "<SEXE>1<"), ("<SEXE>2<", "<SEXE>9<")],
)
def test_number_tells_nothing_of_somebody_of_another_birth_or_sex(flux: Flux, autre: tuple[str, str]) -> None:
    importer(flux(foyer("00000010094", numerote(NIR), SANS_NIR, autre)))
    assert not Identifiant.objects.filter(genre="nir").exists()
    assert NIR not in tout_ce_qui_est_garde()


def test_household_set_aside_keeps_its_number_protected_and_is_played_again(flux: Flux) -> None:
    importer(flux(foyer("00000010094", numerote(ECRITS[1]), ("1988-06-21", "1988-13-21")),
                  foyer("00000010095", ("912345600000000", "765432100000000"))))  # fmt: skip
    element = ElementRejete.objects.get()
    texte = ouvrir(bytes(element.bloc_chiffre))
    assert "0699023456" not in texte
    fiche = composer(texte, limite=AU)
    assert any(est_pseudonyme(champ.valeur) for groupe in fiche.groupes for champ in groupe.champs)
    le = f.MAINTENANT.replace(month=6)
    rejouer(element=element, par=f.systeme(), le=le, texte=texte.replace("1988-13-21", "1988-06-21"))
    assert Foyer.objects.filter(matricule=lire_matricule(NIR)).count() == 1


def test_typed_number_finds_the_household_a_nir_finds_nobody(flux: Flux) -> None:
    importer(flux(foyer("00000010094", numerote(NIR), avec(CONJOINT))))
    chef = f.agent(RoleAgent.AGENT_PLATEFORME)
    noms = {p.prenom for p in rechercher(pour=chef, au=AU, texte="2 88 06 99 023 456 13")}
    assert noms == {"NORA", "ILYAS"}
    assert rechercher(pour=chef, au=AU, texte="1851199123002") == []
    assert Personne.objects.count() == 2
