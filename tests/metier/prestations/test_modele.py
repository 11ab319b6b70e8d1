"""The model of benefits against what is published, and against our exact formula.

Loading it takes seconds: everything that needs it stands in one test, so that one process of the suite pays once.
Its parameters are read as files by another, which loads nothing.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from cordee.configuration.commande import main
from cordee.metier.prestations.enums import Logement, NatureRevenu, Statut
from cordee.metier.prestations.models import Simulation
from cordee.metier.prestations.moteur import assemblage, charge, estimer
from cordee.metier.prestations.regles import Hypotheses, rsa_exact
from cordee.metier.prestations.selectors import simulation
from cordee.metier.prestations.services import demander_simulation
from cordee.metier.prestations.taches import calculer
from tests import fabriques as f
from tests.metier.prestations.foyers import NOVEMBRE, D, adulte, emploi, revenu, seule

N = NatureRevenu
PRIMES_DE_MAI_2026 = [  # net wage of each month, RSA, prime d'activité: one person, no housing benefit
    ("0", "651.69", "0.00"),
    ("300", "351.69", "179.55"),
    ("500", "151.69", "299.25"),
    ("713", "0.00", "349.59"),
    ("1443", "0.00", "240.37"),
    ("2000", "0.00", "34.96"),
]


@pytest.mark.django_db
def test_le_modele_dit_ce_que_dit_la_loi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _les_exemples_publies(monkeypatch)
    _la_formule_exacte()
    _un_emploi_ne_change_rien_avant_la_declaration()
    _de_bout_en_bout()
    capsys.readouterr()
    assert main(["simuler", "--au", "2026-11-22", "--salaire", "300", "--mois", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mois"][0]["rsa"] == 273.49
    assert charge()


def _les_exemples_publies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Service-public (F19778, October 2020) and the scale of May 2026, to the cent."""
    mai_2020 = Hypotheses(
        premier_mois=date(2020, 5, 1), mois=1, adultes=(adulte(), adulte()),
        enfants=(date(2012, 1, 1), date(2014, 2, 1)),
    )  # fmt: skip
    mois = estimer([mai_2020])[0].premier
    assert (mois.rsa, mois.prestations_familiales) == (D("886.35"), D("131.95"))  # the model alone says 885.69
    mai = date(2026, 5, 1)
    foyers = [
        seule(revenu(N.SALAIRE, net), premier_mois=mai, mois=1, logement=Logement.SANS_AIDE)
        for net, _, _ in PRIMES_DE_MAI_2026
    ]
    with monkeypatch.context() as avant_2025:  # the published scale reads M-3 to M-1
        avant_2025.setattr(assemblage, "decale", lambda mois: False)
        lot = assemblage.Assemblage(foyers, [None] * len(foyers))
        rsa, primes = lot.lire("rsa", mai), lot.lire("ppa", mai)
    lues = [(net, f"{r:.2f}", f"{p:.2f}") for (net, _, _), r, p in zip(PRIMES_DE_MAI_2026, rsa, primes, strict=True)]
    assert lues == PRIMES_DE_MAI_2026
    assert [str(r.premier.rsa) for r in estimer(foyers)] == [attendu for _, attendu, _ in PRIMES_DE_MAI_2026]


def _la_formule_exacte() -> None:
    """Six kinds of resources × five sets of children × couple × housing, with and without a job and a known quarter."""
    fin = date(2026, 10, 1)
    revenus = [
        (),
        (revenu(N.SALAIRE, "420.33"),),
        (revenu(N.CHOMAGE, "900", jusqu_a=fin),),
        (revenu(N.SALAIRE, "1200", jusqu_a=date(2026, 9, 1)), revenu(N.PENSION, "812.10", jusqu_a=fin)),
        (revenu(N.SALAIRE, "600", jusqu_a=fin), revenu(N.CHOMAGE, "300", depuis=NOVEMBRE)),
        (revenu(N.AUTRE, "55.55"), revenu(N.PENSION_ALIMENTAIRE, "130"), revenu(N.NON_SALARIE, "210.70")),
    ]
    naissance = date(2027, 2, 1)
    enfants = [
        (),
        (date(2024, 2, 1),),
        (date(2023, 12, 1), date(2015, 1, 1)),
        (date(2010, 1, 1), date(2012, 1, 1), date(2001, 12, 1)),
        (naissance,),
    ]
    logements = [(Logement.AVEC_AIDE, None), (Logement.AVEC_AIDE, D("61.20")), (Logement.SANS_AIDE, None)]
    cas = itertools.product(revenus, enfants, (1, 2), logements)
    tour = itertools.cycle(itertools.product((None, date(2026, 12, 1)), (None, emploi())))
    foyers = [
        Hypotheses(
            premier_mois=NOVEMBRE, mois=7, adultes=(adulte(*r, enceinte=naissance in e), adulte())[:n], enfants=e,
            logement=logement, aide_logement=aide, cycle=cycle, emploi=travail,
            prestations_familiales=D("152.24") if e else None,
        )
        for (r, e, n, (logement, aide)), (cycle, travail) in zip(cas, tour, strict=False)
    ]  # fmt: skip
    foyers.append(seule(enfants=(date(2015, 1, 1),), isolement_jusqu_a=date(2027, 1, 1), prestations_familiales=D(0)))
    resultats = estimer(foyers)
    ecarts = [
        (h.en_json(), m.mois, m.rsa, rsa_exact(h, m.mois))
        for h, r in zip(foyers, resultats, strict=True)
        for m in r.mois
        if m.rsa != rsa_exact(h, m.mois) or m.majore != h.majore(m.mois)
    ]
    assert len(foyers) == 181
    assert ecarts == []


def _un_emploi_ne_change_rien_avant_la_declaration() -> None:
    """Twenty hours at the minimum wage from December: the RSA of the quarter stays, then the prime d'activité comes."""
    brut = emploi(debut=date(2026, 12, 1), salaire_net=None, salaire_horaire_brut=D("12.31"))
    resultat = estimer([seule(emploi=brut, mois=9, cycle=NOVEMBRE, logement=Logement.SANS_AIDE)])[0]
    assert resultat.salaire_net == D("844.52")  # 1 066,87 € gross
    assert [m.rsa for m in resultat.mois] == [D("651.69")] * 3 + [D("370.18")] * 3 + [D("0.00")] * 3
    assert [m.prime_activite for m in resultat.mois[2:4]] == [D("0.00"), D("109.49")]
    assert resultat.mois[-1].prime_activite > D(300)


def _de_bout_en_bout() -> None:
    """Asked for by a page, computed by the job of the worker, read back."""
    agent = f.agent()
    demandee = demander_simulation(hypotheses=seule(revenu(N.SALAIRE, "300")), par=agent, le=f.MAINTENANT)
    assert demandee.statut == Statut.EN_ATTENTE
    calculer()
    lue = simulation(demandee.empreinte)
    assert lue.statut is Statut.CALCULEE
    assert lue.resultat is not None
    assert lue.resultat.premier.rsa == D("273.49")
    assert not Simulation.objects.filter(statut=Statut.EN_ATTENTE).exists()


@pytest.mark.reference
def test_les_parametres_du_modele_sont_ceux_du_dossier(fichier_reference: Callable[[str], Path]) -> None:
    source = json.loads(fichier_reference("legal/law_params.json").read_text())
    assert _serie("rsa/rsa_m/montant_de_base_du_rsa") == _dates(source["rsa_montant_forfaitaire_personne_seule"])
    coefficients = source["rsa_coefficients"]
    for cle, chemin in {
        "personne_2": "maj_montant_max/couples_celibataire_avec_enfant",
        "personne_suivante": "maj_montant_max/couple_1_enfant_ou_2e_enfant",
        "enfant_a_partir_du_3e": "maj_montant_max/par_enfant_supplementaire",
        "majore_base": "majoration_isolement_en_base_rsa/femmes_enceintes",
        "majore_par_enfant": "majoration_isolement_en_base_rsa/par_enfant_a_charge",
    }.items():
        assert _derniere(f"rsa/rsa_maj/{chemin}") == Decimal(str(coefficients[cle])), cle
    taux = source["forfait_logement_taux"]
    for cle, nom in {"1": "taux_1_personne", "2": "taux_2_personnes", "3+": "taux_3_personnes_ou_plus"}.items():
        assert _derniere(f"rsa/rsa_fl/forfait_logement/{nom}") == Decimal(str(taux[cle]))
    assert _derniere("rsa/rsa_maj/montant_minimum_verse") == source["rsa_seuil_non_versement"]
    assert _serie("ppa/pa_m/montant_de_base") == _dates(source["prime_activite_montant_base"])
    # The model also repeats the slope of 2018 at later dates: each date of the file is compared.
    pentes = _serie("ppa/pa_m/majoration_ressources_revenus_activite")
    assert {d: pentes[d] for d in _dates(source["prime_activite_pente"])} == _dates(source["prime_activite_pente"])
    assert _derniere("ppa/pa_m/montant_minimum_verse") == source["prime_activite_seuil_versement"]
    bonification = source["prime_activite_bonification"]
    assert _derniere("ppa/pa_m/bonification/seuil_bonification") == bonification["seuil_smic_h"]
    for jour, valeurs in bonification["max"].items():
        au = date.fromisoformat(jour)
        assert _au("ppa/pa_m/bonification/taux_bonification_max", au) == Decimal(str(valeurs["taux"]))
        assert _au("ppa/pa_m/bonification/seuil_max_bonification", au) == valeurs["seuil_max_smic_h"]


def _serie(chemin: str) -> dict[date, Decimal]:
    """Values of a parameter file of the model, which is not imported."""
    paquet = find_spec("openfisca_france")
    assert paquet is not None
    assert paquet.submodule_search_locations is not None
    racine = Path(paquet.submodule_search_locations[0], "parameters/prestations_sociales/solidarite_insertion")
    lu = yaml.safe_load((racine / "minima_sociaux" / f"{chemin}.yaml").read_text(encoding="utf-8"))
    return {
        jour: Decimal(str(ligne["value"])) for jour, ligne in lu["values"].items() if ligne.get("value") is not None
    }


def _dates(valeurs: dict[str, Any]) -> dict[date, Decimal]:
    return {date.fromisoformat(jour): Decimal(str(valeur)) for jour, valeur in valeurs.items()}


def _derniere(chemin: str) -> Decimal:
    return _au(chemin, date(2026, 11, 1))


def _au(chemin: str, au: date) -> Decimal:
    serie = _serie(chemin)
    return serie[max(jour for jour in serie if jour <= au)]
