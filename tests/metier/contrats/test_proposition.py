"""Proposed by the body, read, then signed by the person on the very text she read; what proves it can be checked."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from cordee.metier.contrats import services
from cordee.metier.contrats.enums import MoyenSignature, PartieSignature
from cordee.metier.contrats.models import Contrat, PreuveSignature
from cordee.metier.contrats.regles.signature import SignatureRefusee, lire_trait, verifier_numerisation
from cordee.metier.contrats.selectors.preuves import exemplaire_signe, preuves_de, verifier
from cordee.metier.contrats.selectors.versions import ecarts_avec_le_precedent, historique, versions_de
from cordee.metier.contrats.services import ContratIncomplet, ContratRefuse, proposition
from cordee.metier.contrats.services.circuit import demander_validation, regler_circuit, renvoyer, valider
from cordee.metier.contrats.services.engagements import marquer_tenu
from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.services import pdf
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation import services as orientation
from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.models import Personne, Representant
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe
from tests.metier.equipe import equipe as faire_equipe

pytestmark = pytest.mark.django_db
TRAIT = [[[100 + 20 * n, 200 + (n % 3) * 30] for n in range(15)]]


@pytest.fixture
def equipe() -> Equipe:
    f.systeme()
    return faire_equipe()


@pytest.fixture
def personne(equipe: Equipe) -> Personne:
    return equipe.avec_referent()


@pytest.fixture
def propose(equipe: Equipe, personne: Personne) -> Contrat:
    contrat = equipe.brouillon(personne)
    return proposition.proposer(contrat=contrat, version=contrat.version, par=equipe.lea, le=LE)


def signer(contrat: Contrat, equipe: Equipe, **champs: Any) -> Contrat:
    valeurs = {"moyen": MoyenSignature.TRACE, "empreinte": contrat.empreinte, "trait": lire_trait(str(TRAIT))}
    return proposition.recueillir(contrat=contrat, par=equipe.lea, le=LE, **{**valeurs, **champs})


def test_an_unfinished_contract_is_not_proposed(equipe: Equipe, personne: Personne) -> None:
    contrat = services.preparer(personne=personne, par=equipe.lea, le=LE)
    with pytest.raises(ContratIncomplet):
        proposition.proposer(contrat=contrat, version=contrat.version, par=equipe.lea, le=LE)


def test_proposing_signs_for_the_body_and_freezes_the_text(propose: Contrat, equipe: Equipe) -> None:
    assert (propose.signe_referent_le, propose.debut, len(propose.empreinte)) == (jour(LE), None, 64)
    (preuve,) = preuves_de(propose)
    assert (preuve.partie, preuve.empreinte, preuve.nom) == (
        PartieSignature.ORGANISME,
        propose.empreinte,
        str(equipe.lea),
    )
    pages = services.apercu_pdf(contrat=propose, le=LE + timedelta(days=3))
    assert pages == rendu.rendre_pdf(GenreCourrier.CONTRAT_ENGAGEMENT, propose.texte_propose, le=LE)


def test_a_change_withdraws_the_proposal_and_its_signature(propose: Contrat, equipe: Equipe) -> None:
    change = services.modifier(
        contrat=propose, version=propose.version, par=equipe.lea, le=LE, projet="Autre chose"
    )  # fmt: skip
    assert (change.propose_le, change.empreinte, change.signe_referent_le, preuves_de(change)) == (None, "", None, [])
    with pytest.raises(ContratRefuse, match="n'est plus proposé"):
        signer(propose, equipe)


def test_a_drawn_signature_puts_the_contract_in_force(propose: Contrat, equipe: Equipe) -> None:
    signe = signer(propose, equipe, lu_a_voix_haute=True, interprete="tamoul")
    assert (signe.debut, signe.lu_a_voix_haute, signe.interprete) == (jour(LE), True, "tamoul")
    assert {p.partie for p in preuves_de(signe)} == {"organisme", "personne"}
    tenue = verifier(signe)
    assert tenue is not None
    assert tenue.tient
    copie = exemplaire_signe(signe)
    assert copie is not None
    assert len(copie.donnees["preuves"]) == 2
    assert pdf(copie).startswith(b"%PDF")


def test_a_text_that_was_tampered_with_is_seen(propose: Contrat, equipe: Equipe) -> None:
    signe = signer(propose, equipe)
    texte = {**signe.texte_propose, "engagements_personne": ["Autre chose"]}
    Contrat.objects.filter(pk=signe.pk).update(texte_propose=texte)
    tenue = verifier(Contrat.objects.get(pk=signe.pk))
    assert tenue is not None
    assert (tenue.texte, tenue.fichier, tenue.tient) == (False, False, False)


def test_another_text_than_the_one_read_is_not_signed(propose: Contrat, equipe: Equipe) -> None:
    with pytest.raises(ContratRefuse, match="a changé depuis"):
        signer(propose, equipe, empreinte="0" * 64)
    assert PreuveSignature.objects.count() == 1


def test_a_named_referent_who_left_must_be_proposed_again(propose: Contrat, equipe: Equipe) -> None:
    autre = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
    orientation.nommer_referent(personne=propose.personne, agent=autre, par=equipe.samia, le=LE)
    with pytest.raises(ContratRefuse, match="référent a changé"):
        signer(propose, equipe)


def test_paper_is_always_possible_with_or_without_a_scan(propose: Contrat, equipe: Equipe) -> None:
    image = rendu.rendre_pdf(GenreCourrier.CONTRAT_ENGAGEMENT, propose.texte_propose, le=LE)
    signe = signer(propose, equipe, moyen=MoyenSignature.PAPIER, trait=None, numerisation=image, signe_le=jour(LE))
    preuve = preuves_de(signe)[-1]
    assert preuve.piece is not None
    assert (preuve.piece.genre, preuve.piece.taille) == ("application/pdf", len(image))


def test_nobody_signs_for_her_from_an_agent_s_account(propose: Contrat, equipe: Equipe) -> None:
    with pytest.raises(ContratRefuse, match="compte d'un agent"):
        signer(propose, equipe, moyen=MoyenSignature.SESSION, trait=None)


@pytest.mark.parametrize(
    "brut",
    ["[]", "{}", "[[[1,2]]]", "pas du json", "[" * 3000, '[[["a",2]]]', str([[[5, 5]] * 50]), "[[[1e9,2]]]", "[[]]"],
)
def test_what_is_no_signature_is_refused(brut: str) -> None:
    with pytest.raises(SignatureRefusee):
        lire_trait(brut)


@pytest.mark.parametrize(
    "contenu",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"%PDF-1.7 rien",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\xff\xd8\xff" + b"x" * 100,
        b"PK\x03\x04" + b"\0" * 50,
        b"%PDF-" + b"0" * (8 * 1024 * 1024),
    ],
)
def test_what_is_no_scan_is_refused(contenu: bytes) -> None:
    with pytest.raises(SignatureRefusee):
        verifier_numerisation(contenu)


def test_a_pdf_with_a_script_is_refused() -> None:
    ecrivain = PdfWriter()
    page = ecrivain.add_blank_page(100, 100)
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/X"): NameObject("/Y")})
    page[NameObject("/Annots")] = ArrayObject([DictionaryObject({NameObject("/A"): action})])
    tampon = io.BytesIO()
    ecrivain.write(tampon)
    with pytest.raises(SignatureRefusee, match="autre chose que des pages"):
        verifier_numerisation(tampon.getvalue())


def test_a_structure_may_ask_for_a_validation(equipe: Equipe, personne: Personne) -> None:
    chef = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
    regler_circuit(
        structure=equipe.eds, etapes=[("Relu par la responsable", RoleAgent.CHEF_STRUCTURE)], par=chef, le=LE
    )  # fmt: skip
    contrat = equipe.brouillon(personne)
    geste = {"contrat": contrat, "version": contrat.version, "le": LE}
    with pytest.raises(ContratRefuse, match="Relu par la responsable"):
        proposition.proposer(**geste, par=equipe.lea)
    with pytest.raises(ContratRefuse, match="Relu par la responsable"):
        equipe.signer(contrat)
    with pytest.raises(ContratRefuse, match="Aucune validation"):
        valider(**geste, par=chef)
    demander_validation(**geste, par=equipe.lea)
    with pytest.raises(ContratRefuse, match="responsable de structure"):
        valider(**geste, par=equipe.lea)
    renvoyer(**geste, motif="Préciser les heures", par=chef)
    demander_validation(**geste, par=equipe.lea)
    valider(**geste, par=chef)
    assert proposition.proposer(**geste, par=equipe.lea).propose_le == LE
    assert [p.decision for p in contrat.passages.order_by("pk")] == ["demande", "renvoye", "demande", "valide"]


def test_an_update_shows_what_it_changes_and_keeps_what_stands(equipe: Equipe, personne: Personne) -> None:
    contrat = equipe.brouillon(personne)
    signe = equipe.signer(contrat)
    promesse = signe.engagements.get(engage="organisme")
    marquer_tenu(engagement=promesse, tenu_le=jour(LE), par=equipe.lea, le=LE)
    plus_tard = LE + timedelta(days=40)
    suite = services.preparer(personne=personne, par=equipe.lea, le=plus_tard, projet="Devenir aide-soignante")
    assert suite.precedent == signe
    assert not suite.engagements.filter(engage="organisme").exists()
    ecarts = {e.rubrique: e for e in ecarts_avec_le_precedent(suite)}
    assert ecarts["Son projet et ses objectifs"].ajoute == ("Devenir aide-soignante",)
    assert ecarts["Nous nous engageons à"].retire == ("Vous recevoir chaque mois",)
    services.modifier(contrat=suite, version=suite.version, par=equipe.lea, le=plus_tard, heures=10)
    lues = versions_de(suite)
    assert [v.version.nature for v in lues] == ["brouillon", "brouillon"]
    assert [e.rubrique for e in lues[0].differences] == ["Heures par semaine"]
    au = jour(plus_tard)
    assert [(h.contrat.pk, h.validite.valable) for h in historique(personne, au=au)] == [
        (suite.pk, False),
        (signe.pk, True),
    ]


def test_no_offer_of_employment_in_the_social_path(equipe: Equipe) -> None:
    sociale = equipe.avec_referent(voie=Voie.SOCIAL)
    with pytest.raises(ContratRefuse, match="parcours social"):
        equipe.brouillon(sociale, ore_emploi="Aide à domicile")
    contrat = equipe.brouillon(
        equipe.avec_referent(), ore_emploi="Aide à domicile", ore_zone="Créteil", ore_salaire="12 €"
    )
    propose = proposition.proposer(contrat=contrat, version=contrat.version, par=equipe.lea, le=LE)
    assert propose.texte_propose["offre_raisonnable"]["zone"] == "Créteil"


def test_who_must_be_assisted_does_not_sign_alone(equipe: Equipe, propose: Contrat) -> None:
    Representant.objects.create(
        personne=propose.personne, protection="curatelle", nom="Mme Curatrice", debut=jour(LE) - timedelta(days=9)
    )
    with pytest.raises(ContratIncomplet, match="protégée"):
        signer(propose, equipe)
    signe = signer(propose, equipe, representant_present=True)
    assert {(p.partie, p.nom) for p in preuves_de(signe)} >= {("representant", "Mme Curatrice")}
