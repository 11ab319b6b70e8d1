"""The report of a year: two agreements, a seal that nothing moves, corrections beside, notes that name nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cordee.demo.matinee_pilotage_bilan import INVENTEE, NOTES, preparer_un_bilan
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums import EtatEtude, GenreInstantane
from cordee.pilotage.enums_rapports import Accord, Chapitre, EtatBilan, GenreEdition, GenreNote
from cordee.pilotage.models import Bilan, Edition, Instantane
from cordee.pilotage.rapports import blocs, editions, services
from cordee.pilotage.rapports.anonymat import personnes_nommees
from cordee.pilotage.rapports.document import document_du_bilan
from cordee.pilotage.rapports.selectors import accords_manquants, bilans, sceau_tenu
from tests import fabriques as f
from tests.fabriques import MAINTENANT as LE

pytestmark = pytest.mark.django_db
PAROLE = services.Parole(
    chapitre=Chapitre.ORIENTATION, genre=GenreNote.VERBATIM, texte="On m'a rappelée avant le rendez-vous.",
    source="Atelier d'allocataires, 9 personnes", recueillie_le=date(2025, 11, 12),
)  # fmt: skip


@pytest.fixture
def analyste(db: None) -> Agent:
    return f.agent(RoleAgent.PILOTAGE)


@pytest.fixture
def direction(db: None) -> Agent:
    return f.agent(RoleAgent.ENCADRANT)


@pytest.fixture
def bilan(analyste: Agent, settings: Any, tmp_path: Path) -> Bilan:
    """A report whose figures have come."""
    settings.CORDEE_HOME = tmp_path
    f.systeme()
    return _avec_chiffres(services.ouvrir(annee=2025, par=analyste, le=LE))


def _avec_chiffres(bilan: Bilan) -> Bilan:
    etat = bilan.instantane or Instantane.objects.create(
        libelle=f"{bilan} {bilan.pk}", genre=GenreInstantane.PUBLICATION, au=bilan.au, connu_le=LE, pris_le=LE,
        par=bilan.cree_par, dossier="d", version_lac="v", manifeste={}, empreintes={}, methodes={}, sceau="s", octets=0,
    )  # fmt: skip
    chapitres = {"essentiel": [blocs.paragraphe("Quarante personnes.")]}
    bilan.chiffres, bilan.instantane = {"chapitres": chapitres, "donnees": []}, etat
    bilan.demande_le, bilan.compose_le = None, LE
    bilan.save()
    return bilan


def _publier(bilan: Bilan, analyste: Agent, direction: Agent) -> Bilan:
    services.accorder(bilan=bilan, accord=Accord.RELECTURE, par=analyste, le=LE)
    services.accorder(bilan=bilan, accord=Accord.DIRECTION, par=direction, le=LE)
    return services.publier(bilan=bilan, par=analyste, le=LE)


def test_publishing_needs_two_people_and_seals(bilan: Bilan, analyste: Agent, direction: Agent) -> None:
    services.noter(bilan=bilan, parole=PAROLE, par=analyste, le=LE)
    with pytest.raises(services.BilanRefuse, match="Il manque encore"):
        services.publier(bilan=bilan, par=analyste, le=LE)
    services.accorder(bilan=bilan, accord=Accord.RELECTURE, par=analyste, le=LE)
    with pytest.raises(services.BilanRefuse, match="une autre personne"):
        services.accorder(bilan=bilan, accord=Accord.DIRECTION, par=analyste, le=LE)
    services.accorder(bilan=bilan, accord=Accord.DIRECTION, par=direction, le=LE)
    assert bilan.etat == EtatBilan.VALIDE
    services.publier(bilan=bilan, par=analyste, le=LE)
    assert (bilan.etat, len(bilan.sceau), sceau_tenu(bilan)) == (EtatBilan.PUBLIE, 64, True)
    assert "On m'a rappelée" in str(bilan.document)
    assert bilan.document["mention"] == ""
    assert set(bilan.editions.values_list("genre", flat=True)) == set(editions.DU_BILAN)


def test_any_change_makes_agreements_fall(bilan: Bilan, analyste: Agent, direction: Agent) -> None:
    services.accorder(bilan=bilan, accord=Accord.RELECTURE, par=analyste, le=LE)
    services.accorder(bilan=bilan, accord=Accord.DIRECTION, par=direction, le=LE)
    note = services.noter(bilan=bilan, parole=PAROLE, par=analyste, le=LE)
    bilan.refresh_from_db()
    assert (bilan.etat, len(accords_manquants(bilan))) == (EtatBilan.BROUILLON, 2)
    services.accorder(bilan=bilan, accord=Accord.RELECTURE, par=analyste, le=LE)
    services.retirer_note(note=note, par=analyste, le=LE)
    assert len(accords_manquants(bilan)) == 2
    assert bilan.accords.filter(tombe_le=None).count() == 0


def test_an_agreement_is_not_given_by_whoever_asks(bilan: Bilan) -> None:
    with pytest.raises(services.BilanRefuse, match="pas de votre rôle"):
        services.accorder(bilan=bilan, accord=Accord.RELECTURE, par=f.agent(RoleAgent.ENCADRANT), le=LE)


def test_what_is_published_never_moves(bilan: Bilan, analyste: Agent, direction: Agent) -> None:
    _publier(bilan, analyste, direction)
    avant = document_du_bilan(bilan)
    for acte in (
        lambda: services.noter(bilan=bilan, parole=PAROLE, par=analyste, le=LE),
        lambda: services.demander_chiffres(bilan=bilan, le=LE),
        lambda: services.publier(bilan=bilan, par=analyste, le=LE),
    ):
        with pytest.raises(services.BilanRefuse, match="publié"):
            acte()
    for champs in ({"document": {"titre": "autre"}}, {"etat": EtatBilan.BROUILLON}, {"sceau": "x" * 64}):
        with pytest.raises(DatabaseError, match="ne change pas"), transaction.atomic():
            Bilan.objects.filter(pk=bilan.pk).update(**champs)
    with pytest.raises(DatabaseError, match="ne change pas"), transaction.atomic():
        Bilan.objects.filter(pk=bilan.pk)._raw_delete("default")
    jalons = services.Jalons(objectifs_valides_le=date(2025, 2, 3), resultats_presentes_le=date(2026, 2, 16),
                             resultats_a="Assemblée")  # fmt: skip
    services.poser_jalons(bilan=bilan, jalons=jalons)  # a fact of the assembly, not of the report
    assert (bilan.resultats_a, document_du_bilan(bilan), sceau_tenu(bilan)) == ("Assemblée", avant, True)


def test_a_correction_is_a_new_version_with_its_reason(bilan: Bilan, analyste: Agent, direction: Agent) -> None:
    services.noter(bilan=bilan, parole=PAROLE, par=analyste, le=LE)
    with pytest.raises(services.BilanRefuse, match="directement"):
        services.corriger(bilan=bilan, raison="x", par=analyste, le=LE)
    _publier(bilan, analyste, direction)
    with pytest.raises(services.BilanRefuse, match="corrige"):
        services.corriger(bilan=bilan, raison=" ", par=analyste, le=LE)
    suivant = services.corriger(bilan=bilan, raison="Un dénominateur", par=analyste, le=LE)
    assert (suivant.version, suivant.instantane_id, suivant.notes.count()) == (2, bilan.instantane_id, 1)
    with pytest.raises(services.BilanRefuse, match="plus récente"):
        services.corriger(bilan=bilan, raison="Encore", par=analyste, le=LE)
    _publier(_avec_chiffres(suivant), analyste, direction)
    assert ["Version 2", "Un dénominateur"] in suivant.document["reperes"]
    bilan.refresh_from_db()
    assert sceau_tenu(bilan)


def test_a_year_has_one_report_and_is_not_to_come(bilan: Bilan, analyste: Agent) -> None:
    with pytest.raises(services.BilanRefuse, match="existe déjà"):
        services.ouvrir(annee=2025, par=analyste, le=LE)
    with pytest.raises(services.BilanRefuse, match="Choisissez une année"):
        services.ouvrir(annee=LE.year + 1, par=analyste, le=LE)


def test_elected_members_read_what_is_published(bilan: Bilan, analyste: Agent, direction: Agent) -> None:
    elue = f.agent(RoleAgent.ELU)
    assert (list(bilans(pour=elue)), list(bilans(pour=direction))) == ([], [bilan])
    _publier(bilan, analyste, direction)
    assert list(bilans(pour=elue)) == [bilan]


@pytest.mark.parametrize("texte", ["Awa Diallo a trouvé un emploi.", "DIALLO Awa, 45 ans", "Claire Ménard l'a aidée"])
def test_a_note_names_neither_a_person_nor_a_professional(bilan: Bilan, analyste: Agent, texte: str) -> None:
    f.personne(nom="DIALLO", prenom="Awa")
    f.agent(RoleAgent.REFERENT, nom="Ménard", prenom="Claire")
    nommee = services.Parole(
        chapitre=Chapitre.EMPLOI, genre=GenreNote.VERBATIM, texte=texte, source="Atelier", recueillie_le=LE.date()
    )
    with pytest.raises(services.BilanRefuse, match="personne connue ici"):
        services.noter(bilan=bilan, parole=nommee, par=analyste, le=LE)
    assert not personnes_nommees("Awa va bien, la famille Diallo aussi.")
    assert bilan.notes.count() == 0


def test_a_note_of_tomorrow_or_without_source_is_refused(bilan: Bilan, analyste: Agent) -> None:
    for change in ({"recueillie_le": LE.date() + timedelta(days=2)}, {"source": " "}):
        with pytest.raises(services.BilanRefuse):
            services.noter(bilan=bilan, parole=services.Parole(**{**_champs(PAROLE), **change}), par=analyste, le=LE)


def _champs(parole: services.Parole) -> dict[str, Any]:
    return {nom: getattr(parole, nom) for nom in ("chapitre", "genre", "texte", "source", "recueillie_le")}


# Files --------------------------------------------------------------------------------------------------------------
def _faire(le: datetime = LE) -> int:
    return editions.preparer_en_attente(maintenant=lambda: le)


def test_files_are_made_once_sealed_and_made_again_when_lost(bilan: Bilan, analyste: Agent) -> None:
    premieres = editions.demander_celles_du_bilan(bilan=bilan, par=analyste, le=LE)
    assert [e.pk for e in editions.demander_celles_du_bilan(bilan=bilan, par=analyste, le=LE)] == [
        e.pk for e in premieres
    ]
    assert (_faire(), _faire()) == (4, 0)
    pdf = Edition.objects.get(genre=GenreEdition.BILAN_PDF)
    assert (pdf.etat, pdf.pages > 0, editions.lire(pdf)[:5]) == (EtatEtude.CALCULEE, True, b"%PDF-")
    editions.chemin(pdf).write_bytes(b"autre chose")
    with pytest.raises(editions.FichierAbsent):
        editions.lire(pdf)
    editions.chemin(pdf).unlink()
    editions.demander_celles_du_bilan(bilan=bilan, par=analyste, le=LE)
    sceau = pdf.sceau
    assert _faire() == 1
    pdf.refresh_from_db()
    assert (editions.lire(pdf)[:5], pdf.sceau) == (b"%PDF-", sceau)


def test_a_file_that_cannot_be_made_says_so_and_stops_nothing(analyste: Agent, settings: Any, tmp_path: Path) -> None:
    settings.CORDEE_HOME = tmp_path
    editions.demander(genre=GenreEdition.PIECE, titre="Cassée", contenu={"document": 3}, par=analyste, le=LE)
    bon = {"document": blocs.document("Bonne", [blocs.chapitre("a", "", [blocs.paragraphe("x")])])}
    editions.demander(genre=GenreEdition.PIECE, titre="Bonne", contenu=bon, par=analyste, le=LE)
    assert _faire() == 2
    assert list(Edition.objects.order_by("pk").values_list("etat", flat=True)) == ["echouee", "calculee"]


def test_files_nobody_published_go_after_three_months(bilan: Bilan, analyste: Agent, direction: Agent) -> None:
    editions.demander_celles_du_bilan(bilan=bilan, par=analyste, le=LE)
    brouillon = set(bilan.editions.values_list("pk", flat=True))
    _faire()
    assert editions.purger(le=LE + timedelta(days=80)) == 0
    assert editions.purger(le=LE + timedelta(days=91)) == 4
    assert not any(Path(editions.chemin(Edition(pk=pk, genre="bilan"))).exists() for pk in brouillon)
    _publier(bilan, analyste, direction)
    assert editions.purger(le=LE + timedelta(days=400)) == 0


def test_the_demonstration_prepares_last_year_with_notes_said_to_be_invented(analyste: Agent) -> None:
    f.systeme()
    bilan = preparer_un_bilan(le=LE)
    assert bilan is not None
    assert (bilan.annee, bilan.demande_le, bilan.notes.count()) == (LE.year - 1, LE, len(NOTES))
    assert all(INVENTEE in n.source for n in bilan.notes.all())
    assert preparer_un_bilan(le=LE) is None
