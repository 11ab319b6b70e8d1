"""The whole loop: decide, list, send, and read the next month's files of the body that applied it, or did not (E23).

Files come from the generator of the demonstration, which reads the list that was exported, and go through the real
import. Hand-written blocks tell the rest: what is still withheld, a household that grows (E21).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cordee.demo.fichiers import ecrire_mensuel, population_pour
from cordee.demo.foyers import montants_de
from cordee.demo.modele import Population
from cordee.demo.reductions import Demandes, lire_listes
from cordee.echanges.caf.liste_caisse import ENTETES, RetourIllisible, lire_retour, rang
from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, GenreLigne, MotifRejetCaisse, StatutMesure
from cordee.metier.devoirs.models import EchoCaisse, LigneCaisse, ListeCaisse, MesureDecidee
from cordee.metier.devoirs.services.transmission import envoyer_liste, preparer_liste, preparer_urgente
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.models import Foyer, OrganismePayeur, Personne
from cordee.socle.horloge import PARIS
from cordee.web.socle.export import en_csv
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import ENFANT, FEVRIER, JANVIER, MARS, avec, importer
from tests.echanges.caf.test_constats import avis, mois
from tests.metier.devoirs.decisions import decision

pytestmark = pytest.mark.django_db
C, S = ConstatCaisse, EtatTransmission
Envoyer = Callable[[Population, str, Demandes | None], None]
LE = datetime(2025, 2, 12, 9, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def departement() -> Structure:
    f.systeme()
    eds = f.structure()
    f.regle_secteur(eds, f.commune())
    return eds


@pytest.fixture
def envoyer(tmp_path: Path) -> Envoyer:
    """The body sends its file of a month, having applied what it was asked; it is loaded at once."""

    def faire(population: Population, mois: str, demandes: Demandes | None) -> None:
        chemin = tmp_path / f"{mois}.xml"
        ecrire_mensuel(population, mois, chemin, demandes=demandes)
        importer(chemin, confirmer=True)

    return faire


def a_rapprocher() -> dict[str, object] | None:
    ligne = Echeance.objects.filter(genre=GenreEcheance.SANCTION_A_RAPPROCHER, fermee_le__isnull=True).first()
    return ligne.evenement.donnees if ligne else None


def decidee(population: Population, tmp_path: Path) -> tuple[MesureDecidee, Demandes]:
    """Half the allowance of somebody alone, over three months; the list sent, exported and read by the body."""
    seul = next(
        m for m in population.menages
        if m.organisme == "CAF" and m.etat == "2" and len(m.adultes) == 1 and not m.enfants and m.adultes[0].soumis
        and (montants := montants_de(m, population.au)) is not None and montants.total > 200
    )  # fmt: skip
    qui = Personne.objects.get(appartenances__foyer__numdemrsa=seul.numdemrsa)
    mesure = decision(
        qui, regime="NAT-2025", decidee_le=date(2025, 2, 3), notifiee_le=date(2025, 2, 10), debut=date(2025, 2, 1),
        fin=date(2025, 5, 1),
    )  # fmt: skip
    caf = OrganismePayeur.objects.get(code="CAF941")
    liste = envoyer_liste(liste=preparer_liste(organisme=caf, par=f.systeme(), le=LE), par=f.systeme(), le=LE)
    return mesure, exportee(liste, tmp_path)


def exportee(liste: ListeCaisse, tmp_path: Path) -> Demandes:
    reponse = en_csv("liste", ENTETES, [rang(x) for x in liste.lignes.select_related("mesure__personne")])
    chemin = tmp_path / f"liste{liste.pk}.csv"
    chemin.write_bytes(reponse.content)
    return lire_listes([chemin])


def test_applied_then_otherwise_then_no_more(envoyer: Envoyer, tmp_path: Path) -> None:
    fevrier = population_pour("2025-02", foyers=12, graine=94)
    envoyer(fevrier, "2025-02", None)
    mesure, demandes = decidee(fevrier, tmp_path)
    assert len(demandes) == 1
    suite = [replace(fevrier, au=au) for au in (date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30))]

    envoyer(suite[0], "2025-03", demandes)
    ligne, echo = LigneCaisse.objects.get(), EchoCaisse.objects.get()
    assert (echo.mesure, echo.constat, echo.ecarts) == (mesure, C.APPLIQUEE, [])
    assert (ligne.etat, ligne.vue_le, ligne.flux_id) == (S.APPLIQUEE, date(2025, 2, 28), echo.flux_id)
    assert ListeCaisse.objects.get().etat == S.APPLIQUEE
    assert a_rapprocher() is None

    trop = {numero: [replace(x, part=90) for x in lignes] for numero, lignes in demandes.items()}
    envoyer(suite[1], "2025-04", trop)
    echo.refresh_from_db()
    ligne.refresh_from_db()
    assert (echo.constat, [e["quoi"] for e in echo.ecarts], ligne.etat) == (C.DIFFERENTE, ["montant"], S.PARTIELLEMENT)
    assert Decimal(echo.ecarts[0]["vu"]) > Decimal(echo.ecarts[0]["attendu"])
    donnees = a_rapprocher()
    assert donnees is not None
    assert (donnees["sens"], donnees["objets"], donnees["mesure"]) == ("differente", ["montant"], mesure.pk)

    envoyer(suite[2], "2025-05", None)  # one month is left, and nothing is withheld any more
    echo.refresh_from_db()
    assert (echo.constat, echo.depuis) == (C.NON_APPLIQUEE, date(2025, 4, 30))
    donnees = a_rapprocher()
    assert donnees is not None
    assert donnees["sens"] == "absente"
    assert ListeCaisse.objects.get().etat == S.NON_APPLIQUEE


def test_not_applied_then_applied_and_somebody_else_without_a_decision(envoyer: Envoyer, tmp_path: Path) -> None:
    fevrier = population_pour("2025-02", foyers=12, graine=94)
    envoyer(fevrier, "2025-02", None)
    mesure, demandes = decidee(fevrier, tmp_path)
    suite = [replace(fevrier, au=au) for au in (date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30))]

    envoyer(suite[0], "2025-03", None)
    assert (EchoCaisse.objects.count(), a_rapprocher()) == (0, None)  # its month of effect is not over
    envoyer(suite[1], "2025-04", None)
    assert EchoCaisse.objects.get().constat == C.NON_APPLIQUEE
    donnees = a_rapprocher()
    assert donnees is not None
    assert (donnees["sens"], donnees["mesure"]) == ("absente", mesure.pk)

    (lignes,) = demandes.values()
    autre = next(
        m for m in fevrier.menages
        if m.organisme == "CAF" and m.etat == "2" and m.numdemrsa not in demandes
        and not MesureDecidee.objects.filter(personne__appartenances__foyer__numdemrsa=m.numdemrsa).exists()
    )  # fmt: skip
    envoyer(suite[2], "2025-05", {**demandes, autre.numdemrsa: lignes})
    assert EchoCaisse.objects.get().constat == C.APPLIQUEE
    assert LigneCaisse.objects.get().etat == S.APPLIQUEE
    donnees = a_rapprocher()  # the first has closed by itself; another household bears what nobody decided
    assert donnees is not None
    assert (donnees["sens"], donnees["objets"]) == ("vue", ["reduction"])


# Hand-written households --------------------------------------------------------------------------------------------
def reduite(debut: str, fin: str = "", montant: str = "0000100.00") -> tuple[str, str]:
    dernier = f"<DFREDRSA>{fin}</DFREDRSA>" if fin else ""
    return avis(f"<ReductionRSA><MTREDRSA>{montant}</MTREDRSA><DDREDRSA>{debut}</DDREDRSA>{dernier}</ReductionRSA>")


def envoyee(qui: Personne, le: datetime, **champs: object) -> MesureDecidee:
    """A decision listed and sent."""
    mesure = decision(qui, **champs)
    caf = OrganismePayeur.objects.get()
    envoyer_liste(liste=preparer_liste(organisme=caf, par=f.systeme(), le=le), par=f.systeme(), le=le)
    return mesure


def test_what_is_still_withheld_after_a_lifting(flux: Flux) -> None:
    mois(flux, JANVIER, foyer())
    le = f.MAINTENANT
    mesure = envoyee(Personne.objects.get(), le)
    mois(flux, FEVRIER, foyer("00000010094", reduite("2026-02-01", "2026-03-31")))
    assert EchoCaisse.objects.get().constat == C.APPLIQUEE
    MesureDecidee.objects.filter(pk=mesure.pk).update(
        statut=StatutMesure.LEVEE, levee_le=date(2026, 2, 24), fin=date(2026, 2, 24)
    )
    mois(flux, FEVRIER, foyer("00000010094", reduite("2026-02-01", "2026-03-31")), nom="corrige.xml")
    assert a_rapprocher() is None  # February was withheld before the lifting was told
    envoyer_liste(
        liste=preparer_urgente(
            organisme=OrganismePayeur.objects.get(), motif="Contrat signé", par=f.systeme(), le=le + timedelta(days=8)
        ),
        par=f.systeme(), le=le + timedelta(days=8),
    )  # fmt: skip
    mois(flux, MARS, foyer("00000010094", reduite("2026-02-01", "2026-03-31")))
    donnees = a_rapprocher()
    assert donnees is not None
    assert (donnees["sens"], donnees["mesure"]) == ("maintenue", mesure.pk)
    assert EchoCaisse.objects.get().constat == C.MAINTENUE
    assert LigneCaisse.objects.get(genre=GenreLigne.LEVER).etat == S.NON_APPLIQUEE


def test_the_last_month_of_a_measure_comes_after_its_term(flux: Flux) -> None:
    mois(flux, JANVIER, foyer())
    mesure = envoyee(Personne.objects.get(), f.MAINTENANT, fin=date(2026, 3, 1))
    MesureDecidee.objects.filter(pk=mesure.pk).update(statut=StatutMesure.TERMINEE, terminee_le=date(2026, 3, 1))
    mois(flux, FEVRIER, foyer("00000010094", reduite("2026-02-01")))
    assert (EchoCaisse.objects.get().constat, a_rapprocher()) == (C.APPLIQUEE, None)
    mois(flux, MARS, foyer("00000010094", reduite("2026-02-01")))
    donnees = a_rapprocher()
    assert donnees is not None
    assert (donnees["sens"], donnees["mesure"]) == ("maintenue", mesure.pk)


def test_a_birth_during_a_whole_suspension_brings_it_down_to_the_cap(flux: Flux) -> None:
    """E21: an alert and the line to send, from the month of the birth; a separation raises nothing."""
    mois(flux, JANVIER, foyer())
    mesure = envoyee(Personne.objects.get(), f.MAINTENANT, taux=100)
    tout = reduite("2026-02-01", "2026-03-31", "0000600.00")
    bebe = ENFANT.replace("2015-06-21", "2026-02-20")
    mois(flux, FEVRIER, foyer("00000010094", avec(bebe), tout))
    ligne = LigneCaisse.objects.get(genre=GenreLigne.PLAFONNER)
    assert (ligne.liste, ligne.etat, ligne.part, ligne.effet) == (None, S.PREPAREE, 50, date(2026, 2, 1))
    assert ligne.rappel_du == date(2026, 2, 1)
    donnees = a_rapprocher()
    assert donnees is not None
    assert (donnees["sens"], donnees["mesure"]) == ("plafond", mesure.pk)
    mois(flux, MARS, foyer("00000010094", tout))
    assert LigneCaisse.objects.filter(genre=GenreLigne.PLAFONNER).count() == 1
    donnees = a_rapprocher()
    assert donnees is not None
    assert donnees["sens"] == "plafond"  # it still has to be told
    liste = preparer_urgente(
        organisme=OrganismePayeur.objects.get(), motif="Naissance", par=f.systeme(), le=f.MAINTENANT
    )
    assert liste.lignes.get() == ligne
    assert Foyer.objects.count() == 1


# The returned file --------------------------------------------------------------------------------------------------
def test_the_list_sent_back_is_read_whatever_its_accents() -> None:
    texte = "\ufeffLigne;Nom;RÉPONSE;Motif\r\n4;=CMD();Acceptée;\r\n5;B;Rejetée;droit clos\r\n6;C;;\r\n"
    retour = lire_retour(texte.encode())
    assert (retour.acceptees, retour.rejets, retour.muettes) == ({4}, {5: MotifRejetCaisse.DROIT_CLOS}, 1)
    assert lire_retour("Ligne,Réponse\n7,non\n".encode("cp1252")).rejets == {7: MotifRejetCaisse.AUTRE}


@pytest.mark.parametrize(
    "octets", [b"", b"Nom;Reponse\nA;oui\n", b"Ligne;Reponse\n;peut-etre\n", b"\x00\x01", b"x" * 2_000_001]
)
def test_a_file_that_says_nothing_is_refused(octets: bytes) -> None:
    with pytest.raises(RetourIllisible):
        lire_retour(octets)
