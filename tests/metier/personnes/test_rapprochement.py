"""Matching: the cascade case by case, then against the database, alone and in bulk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.personnes.enums import Confiance, PrecisionNaissance, RoleFoyer, Sexe
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.regles import EtatCivil, IdentiteConnue, IdentiteRecherchee, comparer, nir_provisoire
from cordee.metier.personnes.selectors import apparier, correspondances, doublons_possibles, empreinte_nir
from cordee.socle.horloge import jour
from tests import fabriques as f

MARS = date(1988, 3, 12)
NIR, AUTRE_NIR = b"nir-a", b"nir-b"
C = Confiance


def civil(**champs: Any) -> EtatCivil:
    base: dict[str, Any] = {
        "nom": "Martin", "nom_naissance": "Martin", "prenom": "Léa", "date_naissance": MARS, "sexe": Sexe.FEMME,
    }  # fmt: skip
    return EtatCivil(**{**base, **champs})


def avis(recherche: dict[str, Any], connu: dict[str, Any]) -> Confiance:
    """``recherche`` and ``connu``: what differs from Léa Martin; ``nir``, ``dossier``, ``role``, ``contact`` beside."""
    r, k = dict(recherche), dict(connu)
    role = r.pop("role", RoleFoyer.DEM)
    recherchee = IdentiteRecherchee(
        cle=1, role=role, empreinte_nir=r.pop("nir", None), nir_provisoire=r.pop("provisoire", False),
        numdemrsa=r.pop("dossier", ""), contacts=r.pop("contacts", ()), etat_civil=civil(**r),
    )  # fmt: skip
    connue = IdentiteConnue(
        fiche=1, personne=1, empreintes_nir=frozenset(filter(None, [k.pop("nir", None)])),
        nir_provisoire=k.pop("provisoire", False),
        dossiers=frozenset({(k.pop("dossier"), k.pop("role", RoleFoyer.DEM))} if "dossier" in k else ()),
        contacts=frozenset(k.pop("contacts", ())), etat_civil=civil(**k),
    )  # fmt: skip
    return comparer(recherchee, connue).confiance


@pytest.mark.parametrize(
    ("cas", "recherche", "connu", "attendue"),
    [
        # 1. NIR
        ("same NIR", {"nir": NIR}, {"nir": NIR}, C.CERTAINE),
        ("same NIR, married name", {"nir": NIR, "nom": "Durand", "nom_naissance": "X"}, {"nir": NIR}, C.CERTAINE),
        ("same NIR, another birth date", {"nir": NIR, "date_naissance": date(1971, 7, 1)}, {"nir": NIR}, C.DOUTEUSE),
        ("same NIR, another sex", {"nir": NIR, "sexe": Sexe.HOMME, "prenom": "Léo"}, {"nir": NIR}, C.DOUTEUSE),
        ("sex corrected, all else equal", {"nir": NIR, "sexe": Sexe.HOMME}, {"nir": NIR}, C.FORTE),
        ("spouse under the insured's NIR", {"nir": NIR, "sexe": Sexe.HOMME, "prenom": "Marc",
                                            "date_naissance": date(1985, 5, 5)}, {"nir": NIR}, C.DOUTEUSE),
        ("birth date corrected in the same dossier", {"nir": NIR, "dossier": "1", "date_naissance": date(1990, 7, 1)},
         {"nir": NIR, "dossier": "1"}, C.FORTE),
        ("one typo in the date", {"nir": NIR, "date_naissance": date(1988, 3, 13)}, {"nir": NIR}, C.CERTAINE),
        # 2. dossier and role
        ("same dossier, role, first name, date", {"dossier": "1"}, {"dossier": "1"}, C.CERTAINE),
        ("same dossier, married since", {"dossier": "1", "nom": "Durand"}, {"dossier": "1"}, C.CERTAINE),
        ("provisional NIR becomes definitive", {"dossier": "1", "nir": NIR},
         {"dossier": "1", "nir": AUTRE_NIR, "provisoire": True}, C.CERTAINE),
        ("NIR replaced (sex correction)", {"dossier": "1", "nir": NIR, "sexe": Sexe.HOMME},
         {"dossier": "1", "nir": AUTRE_NIR}, C.FORTE),
        ("same dossier, date unknown", {"dossier": "1", "date_naissance": None}, {"dossier": "1"}, C.FORTE),
        ("same dossier, other date", {"dossier": "1", "date_naissance": date(1960, 1, 2)}, {"dossier": "1"},
         C.DOUTEUSE),
        ("same dossier, first name changed", {"dossier": "1", "prenom": "Marc"}, {"dossier": "1"}, C.DOUTEUSE),
        ("a new conjoint took the place", {"dossier": "1", "role": RoleFoyer.CJT, "prenom": "Zoé", "nom": "Petit",
                                           "nom_naissance": "Petit", "date_naissance": date(1990, 6, 6)},
         {"dossier": "1", "role": RoleFoyer.CJT}, C.AUCUNE),
        ("twin children of one dossier", {"dossier": "1", "role": RoleFoyer.ENF, "prenom": "Zoé"},
         {"dossier": "1", "role": RoleFoyer.ENF}, C.AUCUNE),
        # 3. civil identity
        ("names and date", {}, {}, C.FORTE),
        ("accents, hyphens, case", {"prenom": "LEA"}, {}, C.FORTE),
        ("usual name is the other's birth name", {"nom_naissance": "", "nom": "MARTIN"}, {"nom": "Durand"}, C.FORTE),
        ("twins", {"prenom": "Zoé"}, {}, C.AUCUNE),
        ("twins with near first names keep a doubt", {"prenom": "Lea-Rose"}, {"prenom": "Lea"}, C.DOUTEUSE),
        ("father and son", {"date_naissance": date(1960, 3, 12)}, {}, C.AUCUNE),
        ("1 January", {"date_naissance": date(1988, 1, 1)}, {"date_naissance": date(1988, 1, 1)}, C.DOUTEUSE),
        ("only the year is known", {"precision": PrecisionNaissance.ANNEE}, {}, C.DOUTEUSE),
        ("other NIR", {"nir": NIR}, {"nir": AUTRE_NIR}, C.DOUTEUSE),
        ("other NIR and 1 January", {"nir": NIR, "date_naissance": date(1988, 1, 1)},
         {"nir": AUTRE_NIR, "date_naissance": date(1988, 1, 1)}, C.AUCUNE),
        ("provisional NIR beside a definitive one", {"nir": NIR}, {"nir": AUTRE_NIR, "provisoire": True}, C.FORTE),
        ("other sex", {"sexe": Sexe.HOMME}, {}, C.DOUTEUSE),
        ("unknown sex is no opposition", {"sexe": Sexe.INCONNU}, {}, C.FORTE),
        ("other birthplace", {"commune_naissance": "Oran"}, {"commune_naissance": "Lyon"}, C.DOUTEUSE),
        ("ranks of twins", {"rang_naissance": 1}, {"rang_naissance": 2}, C.DOUTEUSE),
        ("near name", {"nom": "Martine", "nom_naissance": ""}, {}, C.DOUTEUSE),
        ("other name", {"nom": "Petit", "nom_naissance": "Petit"}, {}, C.AUCUNE),
        # 4. contacts
        ("same phone and first name", {"contacts": ("0601020304",), "nom": "Petit", "nom_naissance": "",
                                       "date_naissance": None}, {"contacts": ("0601020304",)}, C.DOUTEUSE),
        ("same phone, other first name", {"contacts": ("0601020304",), "prenom": "Marc", "date_naissance": None},
         {"contacts": ("0601020304",)}, C.AUCUNE),
        ("same phone, father and son", {"contacts": ("0601020304",), "date_naissance": date(1960, 3, 12)},
         {"contacts": ("0601020304",)}, C.AUCUNE),
    ],
)  # fmt: skip
def test_the_cascade(cas: str, recherche: dict[str, Any], connu: dict[str, Any], attendue: Confiance) -> None:
    assert avis(recherche, connu) is attendue, cas


def test_reasons_are_sentences() -> None:
    recherchee = IdentiteRecherchee(cle=1, etat_civil=civil(), empreinte_nir=NIR)
    connue = IdentiteConnue(fiche=1, personne=1, etat_civil=civil(), empreintes_nir=frozenset({AUTRE_NIR}))
    assert comparer(recherchee, connue).raisons == (
        "Même nom, même prénom, même date de naissance.",
        "Mais numéro de sécurité sociale différent.",
    )


# Against the database -----------------------------------------------------------------------------------------------
NIR_LEA, NIR_PROVISOIRE = "2880394028123", "7880394028123"


def lea(**champs: Any) -> Personne:
    base: dict[str, Any] = {"nom": "Martin", "nom_naissance": "Martin", "prenom": "Léa", "date_naissance": MARS}
    return f.personne(**{**base, **champs})


def une(**champs: Any) -> IdentiteRecherchee:
    reste = {
        cle: champs.pop(cle) for cle in ("numdemrsa", "organisme", "matricule", "role", "contacts") & champs.keys()
    }
    nir = champs.pop("nir", "")
    return IdentiteRecherchee(
        cle=42, etat_civil=civil(**champs), empreinte_nir=empreinte_nir(nir) if nir else None,
        nir_provisoire=nir_provisoire(nir), **reste,
    )  # fmt: skip


@pytest.mark.django_db
class TestApparier:
    def test_by_nir(self) -> None:
        p = lea(nir=NIR_LEA, nom="Autre", prenom="Orthographe")
        trouve = apparier([une(nir=NIR_LEA)])[42]
        assert (trouve.personne_id, trouve.confiance) == (p.pk, C.CERTAINE)

    def test_by_numdemrsa_and_role(self) -> None:
        foyer = f.foyer(numdemrsa="123", organisme=None)
        p = lea(foyer=foyer, prenom="Lea")
        assert apparier([une(numdemrsa="123", role=RoleFoyer.DEM)])[42].personne_id == p.pk
        assert apparier([une(numdemrsa="123", role=RoleFoyer.CJT)])[42].confiance is C.FORTE  # names and date only

    def test_by_matricule_of_the_same_body(self) -> None:
        p = lea(foyer=f.foyer(matricule="777"), prenom="Lea", nom="Mariée", nom_naissance="")
        trouve = apparier([une(organisme="CAF941", matricule="777", role=RoleFoyer.DEM)])[42]
        assert (trouve.personne_id, trouve.confiance) == (p.pk, C.CERTAINE)
        ailleurs = une(organisme="MSA750", matricule="777", role=RoleFoyer.DEM, nom="Petit", nom_naissance="")
        assert 42 not in apparier([ailleurs])

    def test_provisional_nir_gives_way_to_the_definitive_one(self) -> None:
        p = lea(nir=NIR_PROVISOIRE)
        trouve = apparier([une(nir=NIR_LEA)])[42]
        assert (trouve.personne_id, trouve.confiance) == (p.pk, C.FORTE)

    def test_by_civil_identity_whatever_the_accents(self) -> None:
        p = lea(nom="MÂRTIN", nom_naissance="", prenom="LEA")
        assert apparier([une()])[42].personne_id == p.pk

    def test_two_rows_as_good_as_each_other_are_a_doubt(self) -> None:
        lea(), lea()
        trouve = apparier([une()])[42]
        assert trouve.confiance is C.DOUTEUSE
        assert trouve.raisons[-1] == "Plusieurs fiches correspondent aussi bien."

    def test_the_dossier_breaks_the_tie_of_a_nir_known_twice(self) -> None:
        lea(nir=NIR_LEA)
        sienne = lea(nir=NIR_LEA, foyer=f.foyer(numdemrsa="123"))
        trouve = apparier([une(nir=NIR_LEA, numdemrsa="123", role=RoleFoyer.DEM)])[42]
        assert (trouve.personne_id, trouve.confiance) == (sienne.pk, C.CERTAINE)

    def test_merged_rows_are_one_person_and_the_row_of_the_file_is_told(self) -> None:
        canonique = lea(prenom="Léa-Marie")
        absorbee = lea(nir=NIR_LEA, canonique=canonique)
        trouve = apparier([une(nir=NIR_LEA)])[42]
        assert (trouve.personne_id, trouve.fiche_id) == (canonique.pk, absorbee.pk)

    def test_nobody(self) -> None:
        lea()
        assert apparier([une(prenom="Zoé"), une(date_naissance=None)]) == {}
        assert apparier([]) == {}

    def test_same_number_of_queries_for_one_and_for_many(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        candidats = []
        for n in range(40):
            foyer = f.foyer()
            p = lea(foyer=foyer, prenom=f"Prénom{n}", date_naissance=date(1988, 3, 1 + n % 20))
            f.contact(p, f"06000000{n:02d}")
            civils = civil(prenom=f"Prénom{n}", date_naissance=p.date_naissance)
            par_dossier = {"numdemrsa": foyer.numdemrsa, "organisme": "CAF941", "matricule": foyer.matricule}
            cles = {"role": RoleFoyer.DEM, **par_dossier} if n % 2 else {"contacts": (f"06000000{n:02d}",)}
            empreinte = empreinte_nir(NIR_LEA) if n == 0 else None
            candidats.append(IdentiteRecherchee(cle=n, etat_civil=civils, empreinte_nir=empreinte, **cles))  # type: ignore[arg-type]
        with django_assert_num_queries(13):
            trouves = apparier(candidats)
        assert len(trouves) == 40
        assert all(a.sure for a in trouves.values())
        with django_assert_num_queries(13):
            apparier(candidats[:2])


@pytest.mark.django_db
class TestDoublonsPossibles:
    def test_only_what_the_agent_may_see(self) -> None:
        eds = f.structure()
        accueil = f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds)
        dedans, _dehors = lea(), lea()
        f.rattachement(dedans, eds)
        trouves = doublons_possibles(pour=accueil, au=jour(f.MAINTENANT), etat_civil=civil())
        assert [p for p, _ in trouves] == [dedans]

    def test_surest_first_with_reasons(self) -> None:
        plateforme = f.agent(RoleAgent.AGENT_PLATEFORME)
        voisine = f.personne(nom="Autre", nom_naissance="Autre", prenom="Léa")
        f.contact(voisine, "0601020304")
        exacte = lea()
        trouves = doublons_possibles(
            pour=plateforme, au=jour(f.MAINTENANT), contacts=["0601020304"],
            etat_civil=EtatCivil(nom="Martin", prenom="Léa", date_naissance=MARS),
        )  # fmt: skip
        assert next(p for p, _ in trouves) == exacte
        assert all(a.raisons for _, a in trouves)

    def test_a_numdemrsa_alone_is_not_an_identity(self) -> None:
        lea(foyer=f.foyer(numdemrsa="123"))
        autre = EtatCivil(nom="Petit", prenom="Zoé", date_naissance=date(1990, 6, 6))
        assert correspondances(etat_civil=autre, numdemrsa="123") == []
