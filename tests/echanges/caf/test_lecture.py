"""What a household block becomes once read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cordee.echanges.caf.lecture import FoyerInchange, FoyerLu, Rejet, Total, entete, lire
from cordee.echanges.fichiers.depot import sha256
from cordee.socle.horloge import PARIS
from tests.echanges.caf.blocs import ENTETE, PERSONNE, Flux, foyer


def un(chemin: Path) -> FoyerLu:
    """The only household of a file."""
    premier, total = lire(chemin)
    assert isinstance(premier, FoyerLu)
    assert isinstance(total, Total)
    return premier


def un_rejet(chemin: Path) -> Rejet:
    premier, _ = lire(chemin)
    assert isinstance(premier, Rejet)
    return premier


def codes(lu: FoyerLu) -> list[str]:
    return [avis.code for avis in lu.avertissements]


def bloc(nom: str, **valeurs: str) -> str:
    contenu = "".join(f"<{balise}>{valeur}</{balise}>" for balise, valeur in valeurs.items())
    return f"<{nom}>{contenu}</{nom}>"


def test_entete(flux: Flux) -> None:
    lue = entete(flux(foyer()))
    assert (lue.appli, lue.version_appli, lue.type_flux, lue.nature) == ("CRI", "6200", "M", "D")
    assert lue.cree_le == datetime(2026, 1, 5, 1, 18, 36, tzinfo=PARIS)
    assert lue.reference == date(2025, 12, 31)
    assert lue.mensuel
    assert not lue.quotidien


def test_identite_et_droits(flux: Flux) -> None:
    lu = un(flux(foyer()))
    assert (lu.fonction_organisme, lu.numero_organisme) == ("CAF", "941")
    assert (lu.matricule_brut, lu.matricule, lu.numdemrsa) == ("912345600000000", "9123456", "00000010094")
    assert (lu.type_partenaire, lu.partenaire) == ("CG", "094")
    assert (lu.etat, lu.sans_domicile_fixe, lu.personnes_a_charge, lu.foyer_soumis) == ("2", False, 0, None)
    personne = lu.demandeur
    assert personne is not None
    assert (personne.nom, personne.nom_naissance, personne.prenom) == ("TIREVENT", "ABELUNE", "NORA")
    assert (personne.naissance, personne.sexe, personne.nir) == (date(1988, 6, 21), "2", "2880699023456")
    assert (personne.soumis, personne.entrant_soumis) == (True, None)
    assert personne.montant_ressources == Decimal("120.00")
    adresse = lu.adresses[0]
    assert (adresse.rang, adresse.emmenagement, adresse.insee) == (1, date(2021, 5, 26), "94028")
    assert (adresse.numero_voie, adresse.type_voie, adresse.nom_voie) == ("25", "RUE", "DU PITON")
    assert (adresse.complement, adresse.hors_france) == ("", False)
    assert lu.avertissements == ()


def test_role_lu_dans_la_prestation_rsa(flux: Flux) -> None:
    """Each person has two Prestations blocks; the family benefits one often comes first and says something else."""
    personne = un(flux(foyer())).personnes[0]
    assert (personne.role, personne.a_charge) == ("DEM", True)
    assert (personne.role_pfa, personne.a_charge_pfa) == ("RDO", False)


def test_indicateur_absent_n_est_pas_non(flux: Flux) -> None:
    lu = un(flux(foyer("1", ("<TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA>", ""))))
    assert lu.personnes[0].soumis is None
    assert codes(lu) == ["soumission_inconnue"]


def test_motifs_suspensions_et_fin(flux: Flux) -> None:
    etat = "<EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA>"
    suspension = bloc("SuspensionVersement", MOTISUSVERSRSA="{}", DDSUSVERSRSA="{}")
    quatre = etat.replace(">2<", ">4<") + suspension.format("06", "2025-11-01") + suspension.format("CG", "2025-12-01")
    lu = un(flux(foyer("1", (etat, quatre))))
    motifs = [(suspendu.motif, suspendu.debut) for suspendu in lu.suspensions_versement]
    assert lu.etat == "4"
    assert motifs == [("06", date(2025, 11, 1)), ("CG", date(2025, 12, 1))]
    cinq = etat.replace(">2<", ">5<") + bloc("FinDroit", MOTICLORSA="ECH", DTCLORSA="2025-12-01")
    clos = un(flux(foyer("1", (etat, cinq))))
    assert clos.fin_droit is not None
    assert (clos.fin_droit.motif, clos.fin_droit.le) == ("ECH", date(2025, 12, 1))


def test_mutation_et_numero_precedent(flux: Flux) -> None:
    cedant = bloc("OrganismeCedant", FONORGCEDMUT="MSA", NUMORGCEDMUT="940", DDARRMUT="2025-12-02")
    lu = un(
        flux(
            foyer(
                "1",
                ("</DemandeRSA>", f"</DemandeRSA>{cedant}"),
                ("</DDRATDOS>", "</DDRATDOS><NUMDEMRSAPRECE>00000003099</NUMDEMRSAPRECE>"),
            )
        )
    )
    assert lu.cedant is not None
    assert (lu.cedant.fonction, lu.cedant.numero, lu.cedant.arrivee) == ("MSA", "940", date(2025, 12, 2))
    assert lu.prenant is None
    assert lu.personnes[0].numdemrsa_precedent == "00000003099"


def test_quotidien_garde_ses_evenements(flux: Flux) -> None:
    evenement = "<Evenement><DTLIQ>2026-01-07</DTLIQ><HEULIQ>03:00:17.52</HEULIQ><FG>ADR</FG></Evenement>"
    corps = foyer("1", ("</PrestationRSA>", f"</PrestationRSA>{evenement}{evenement.replace('ADR', 'ENTDED')}"))
    chemin = flux(corps, entete=ENTETE.replace("<TYPEFLUX>M", "<TYPEFLUX>I"))
    assert entete(chemin).quotidien
    assert [(e.le, e.heure, e.fait) for e in un(chemin).evenements] == [
        (date(2026, 1, 7), "03:00:17.52", "ADR"),
        (date(2026, 1, 7), "03:00:17.52", "ENTDED"),
    ]


def test_adresse_hors_de_france(flux: Flux) -> None:
    debut, fin = "<AdresseDetailleeFrance>", "</AdresseDetailleeFrance>"
    texte = foyer("1", ("<PAYS>FRA", "<PAYS>HOR"))
    dedans = texte[texte.index(debut) : texte.index(fin) + len(fin)]
    ailleurs = bloc("AdresseHorsFrance", LIBLIG2ADR=" ", LIBLIG4ADR="4 VIA X", LIBLIG7ADR="ITALIE")
    adresse = un(flux(texte.replace(dedans, ailleurs))).adresses[0]
    assert adresse.hors_france
    assert adresse.lignes_etranger == ("4 VIA X", "ITALIE")


def test_detail_complet_sans_nir(flux: Flux) -> None:
    """What no typed field holds stays in ``detail``, as lists where blocks repeat; never a NIR (V1)."""
    pension = bloc(
        "PensionAlimentaire", CreanceAlimentaire="<ETATCREALIM>PE</ETATCREALIM><COMMCREALIM>NOTE</COMMCREALIM>"
    )
    lien = bloc("Rattachement", NOMNAI="ABELUNE", NIR="2880699023456", TYPEPAR="LEG")
    avec_lien = ("</Prestations>\n<Montant", f"</Prestations>{lien}\n<Montant")
    lu = un(flux(foyer("1", avec_lien, ("</Personne>", f"{pension}</Personne>"))))
    personne = lu.personnes[0]
    assert personne.detail["PensionAlimentaire"] == {
        "CreanceAlimentaire": [{"ETATCREALIM": "PE", "COMMCREALIM": "NOTE"}]
    }
    assert personne.detail["Identification"]["TOPVALIEC"] == "1"
    assert personne.rattachements[0].nir == "2880699023456"
    assert "2880699023456" not in repr((lu.detail, personne.detail, personne, lu))
    assert lu.detail["IdentificationRSA"]["Organisme"]["NUMORG"] == "941"
    assert "Personne" not in lu.detail


def test_element_hors_schema_garde(flux: Flux) -> None:
    lu = un(flux(foyer("1", ("</QUAL>", "</QUAL><QUAL>MR</QUAL><NOUVEAU><A>1</A></NOUVEAU>"))))
    assert lu.personnes[0].civilite == "MME"
    assert lu.personnes[0].detail["Identification"]["hors_schema"] == [{"QUAL": "MR"}, {"NOUVEAU": [{"A": "1"}]}]
    assert codes(lu) == ["hors_schema", "hors_schema"]


def test_valeurs_illisibles_tolerees(flux: Flux) -> None:
    lu = un(
        flux(
            foyer(
                "1",
                ("<DTEMM>2021-05-26", "<DTEMM>2021-13-26"),
                ("0000120.00", "beaucoup"),
                ("<SITFAM>CEL", "<SITFAM>ZZZ"),
                ("<TOPSANSDOMFIXE>0", "<TOPSANSDOMFIXE>?"),
                ("<NBENFAUTCHA>00", "<NBENFAUTCHA>x"),
            )
        )
    )
    assert lu.adresses[0].emmenagement is None
    assert lu.detail["DonneesAdministratives"]["Adresse"][0]["TroncCommunAdresse"]["DTEMM"] == "2021-13-26"
    assert lu.situation_familiale == "ZZZ"
    assert lu.sans_domicile_fixe is None
    assert lu.personnes_a_charge is None
    assert lu.personnes[0].montant_ressources is None
    assert sorted(codes(lu)) == [
        "code_inconnu", "date_illisible", "indicateur_illisible", "montant_illisible", "nombre_illisible",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nir", "lu_attendu", "avis"),
    [
        ("2880699023456", "2880699023456", []),
        ("2 88 06 99 023 456", "2880699023456", []),
        ("288069902345613", "2880699023456", []),
        ("288069902345699", "2880699023456", ["nir_cle_fausse"]),
        ("PROVISOIRE", "", ["nir_illisible"]),
    ],
)
def test_nir_treize_caracteres(flux: Flux, nir: str, lu_attendu: str, avis: list[str]) -> None:
    """A CAF sends 13 characters, the MSA 15 with the key: one form to match on, and the number is never quoted."""
    lu = un(flux(foyer("1", ("2880699023456", nir))))
    assert lu.personnes[0].nir == lu_attendu
    assert lu.personnes[0].nir_brut == nir
    assert codes(lu) == avis
    assert not any(nir in message for _, message in lu.avertissements)


@pytest.mark.parametrize(
    ("remplacement", "code"),
    [
        (("<NUMDEMRSA>1</NUMDEMRSA>", ""), "numdemrsa_absent"),
        (("<DTNAI>1988-06-21", "<DTNAI>1988-02-31"), "naissance_impossible"),
        (("<DTNAI>1988-06-21", "<DTNAI>2031-06-21"), "naissance_impossible"),
        (("<DTNAI>1988-06-21", "<DTNAI>1788-06-21"), "naissance_impossible"),
        (("<DTNAI>1988-06-21</DTNAI>", ""), "naissance_impossible"),
        (("<NOM>TIREVENT</NOM><NOMNAI>ABELUNE</NOMNAI>", ""), "nom_absent"),
        (("<ROLEPERS>DEM", "<ROLEPERS>ENF"), "sans_adulte"),
        ((PERSONNE, ""), "sans_personne"),
    ],
)
def test_foyer_rejete(flux: Flux, remplacement: tuple[str, str], code: str) -> None:
    rejet = un_rejet(flux(foyer("1", remplacement)))
    assert rejet.code == code
    assert rejet.numdemrsa == ("" if code == "numdemrsa_absent" else "1")
    assert rejet.ligne == 6
    assert "TIREVENT" not in rejet.motif
    assert b"<InfosFoyerRSA>" in rejet.brut
    assert b"2880699023456" not in rejet.brut_sans_nir


def test_un_rejet_ne_perd_pas_les_autres(flux: Flux) -> None:
    mauvais = foyer("2", ("<DTNAI>1988-06-21", "<DTNAI>0000-00-00"))
    lus = list(lire(flux(foyer("1"), mauvais, foyer("3"))))
    assert [type(lu) for lu in lus] == [FoyerLu, Rejet, FoyerLu, Total]
    assert lus[3] == Total(annonces=3, annonces_en_anomalie=0, lus=3, rejetes=1)


def test_naissance_incomplete(flux: Flux) -> None:
    lu = un(flux(foyer("1", ("<DTNAI>1988-06-21</DTNAI>", "<DTNAI>1988-00-00</DTNAI><TYPEDTNAI>O</TYPEDTNAI>"))))
    assert lu.personnes[0].naissance == date(1988, 1, 1)
    assert codes(lu) == ["naissance_approchee"]


def test_conjoint_sans_demandeur_tolere(flux: Flux) -> None:
    """Such households stand in public files: refusing them would lose people."""
    lu = un(flux(foyer("1", ("<ROLEPERS>DEM", "<ROLEPERS>CJT"))))
    assert lu.demandeur is None
    assert lu.conjoint is not None
    assert codes(lu) == ["sans_demandeur"]


def test_numero_en_double_signale(flux: Flux) -> None:
    premier, second, _ = lire(flux(foyer("1"), foyer("1", ("9123456", "9123457"))))
    assert isinstance(premier, FoyerLu)
    assert isinstance(second, FoyerLu)
    assert codes(premier) == []
    assert codes(second) == ["numdemrsa_en_double"]


def test_total_annonce_et_lu(flux: Flux) -> None:
    *_, total = lire(flux(foyer("1"), annonces=3))
    assert isinstance(total, Total)
    assert (total.annonces, total.lus, total.coherent) == (3, 1, False)


def test_foyers_connus_passes_sans_lecture(flux: Flux) -> None:
    avant = flux(foyer("1"), foyer("2"), nom="avant.xml")
    connus = {lu.numdemrsa: lu.empreinte for lu in lire(avant) if isinstance(lu, FoyerLu)}
    change = foyer("2", ("<ETATDOSRSA>2", "<ETATDOSRSA>4"))
    premier, second, troisieme, _ = lire(flux(foyer("1"), change, foyer("3"), nom="apres.xml"), connus=connus)
    assert isinstance(premier, FoyerInchange)
    assert premier.numdemrsa == "1"
    assert isinstance(second, FoyerLu)
    assert isinstance(troisieme, FoyerLu)


def test_empreinte_du_contenu_seul(flux: Flux) -> None:
    """Blanks, encoding and place in the file leave the print as it is; one character of content changes it."""
    premier = un(flux(foyer("1", ("<NOMVOIE>DU PITON", "<NOMVOIE>DE L'ÉTÉ")))).empreinte
    espacee = ("<NOMVOIE>DU PITON", "<NOMVOIE>DE L'ÉTÉ" + " " * 21)
    complete = foyer("1", espacee, ("<COMPLIDEADR/>", "<COMPLIDEADR>  </COMPLIDEADR>"))
    _, second, _ = lire(flux(foyer("0"), complete.replace("><", ">\n   <"), encodage="UTF-8"))
    assert isinstance(second, FoyerLu)
    assert second.empreinte == premier
    assert un(flux(foyer("1"))).empreinte != premier


def test_sha256_du_fichier_recu(flux: Flux, tmp_path: Path) -> None:
    copie = tmp_path / "autre nom"
    copie.write_bytes(flux(foyer()).read_bytes())
    assert sha256(copie) == sha256(tmp_path / "flux.xml")
    assert len(sha256(copie)) == 64
