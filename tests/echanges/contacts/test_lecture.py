"""Reading a contacts file: numbers, e-mails, columns, what is set aside. No database."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.echanges.contacts.apercu import ApercuContacts, apercevoir
from cordee.echanges.contacts.colonnes import lire_entete, reconnaitre
from cordee.echanges.contacts.lecture import LigneLue, LigneRejetee, lire, lire_telephone, lire_texte_garde
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.metier.personnes.enums import Autorisation
from tests.echanges.contacts.lignes import ENTETE, NIR_DEM, Ecrire, ligne

NUMEROS = st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True).filter(lambda n: len(set(n[2:])) > 1)


def lues(chemin: Path) -> list[LigneLue]:
    resultat = list(lire(chemin))
    assert all(isinstance(lue, LigneLue) for lue in resultat), resultat
    return resultat  # type: ignore[return-value]


def refus(chemin: Path) -> str:
    with pytest.raises(FichierRefuse) as capture:
        list(lire(chemin))
    return str(capture.value)


@given(numero=NUMEROS, forme=st.sampled_from(["{0}", "{z}", "+33{z}", "0033{z}", "33{z}", "+33 (0){z}", "{p}", "{d}"]))
def test_un_numero_quelle_que_soit_son_ecriture(numero: str, forme: str) -> None:
    pieces = [numero[i : i + 2] for i in range(0, 10, 2)]
    ecrit = forme.format(numero, z=numero[1:], p=" ".join(pieces), d=".".join(pieces))
    assert lire_telephone(ecrit) == numero


@given(st.text(max_size=30))
def test_ce_qui_est_lu_est_un_numero_ou_rien(texte: str) -> None:
    numero = lire_telephone(texte)
    assert numero == "" or (len(numero) == 10 and numero.isascii() and numero.isdigit() and numero[0] == "0")
    assert lire_telephone(numero) == numero


@pytest.mark.parametrize(
    ("brut", "lu"),
    [
        ("692123456", "0692123456"), ("+262 692 12 34 56", "0692123456"), ("00590690123456", "0690123456"),
        ("0600000000", ""), ("6,12E+08", ""), ("+32470123456", ""), ("3949", ""), ("neant", ""),
    ],
)  # fmt: skip
def test_numeros_particuliers(brut: str, lu: str) -> None:
    assert lire_telephone(brut) == lu


def test_le_mobile_d_abord_et_pas_deux_fois_le_meme(ecrire: Ecrire) -> None:
    lue, double = lues(ecrire(ligne("145000001", autre="639980001"), ligne("639980001", autre="+33639980001")))
    assert lue.telephones == ("0639980001", "0145000001")
    assert double.telephones == ("0639980001",)


def test_les_zeros_perdus_du_dossier(ecrire: Ecrire) -> None:
    lue = lues(ecrire(ligne(matricule="12345", numdemrsa="10099", nir=NIR_DEM + "04")))[0]
    assert (lue.matricule, lue.numdemrsa, lue.nir, lue.role) == ("0012345", "00000010099", NIR_DEM, "dem")
    assert lue.demande_le == date(2024, 3, 12)


@pytest.mark.parametrize("encodage", ["cp1252", "latin-1", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
def test_encodages(ecrire: Ecrire, encodage: str, fin: str) -> None:
    chemin = ecrire(ligne("612345679", nom="DÉLÉTANG"), encodage=encodage, fin=fin)
    assert lues(chemin)[0].nom_responsable == "DÉLÉTANG"
    assert reconnaitre(chemin) is not None


def test_comprime(ecrire: Ecrire, tmp_path: Path) -> None:
    comprime = tmp_path / "c"
    comprime.write_bytes(gzip.compress(ecrire(ligne("612345679")).read_bytes()))
    assert lues(comprime)[0].telephones == ("0612345679",)
    comprime.write_bytes(comprime.read_bytes()[:-12])
    assert "incomplet" in refus(comprime)


def test_colonnes_dans_un_autre_ordre_et_inconnues(ecrire: Ecrire) -> None:
    entete = "Numéro téléphone dossier,Remarque,Rôle personne,Numero demande RSA,AUTORUTITEL,autorutiadrelec"
    lue = lues(ecrire('612345679,"un, deux",CJT,10099,R,A', entete=entete))[0]
    assert lue.telephones == ("0612345679",)
    assert (lue.autorisation_telephone, lue.autorisation_courriel) == (Autorisation.REFUS, Autorisation.ACCORD)
    colonnes = lire_entete(entete)
    assert colonnes is not None
    assert colonnes.inconnues == ("Remarque",)


def test_sans_code_rien_n_est_dit(ecrire: Ecrire) -> None:
    assert lues(ecrire(ligne("612345679")))[0].autorisation_telephone == Autorisation.INCONNU


def test_une_derniere_colonne_facultative_absente(ecrire: Ecrire) -> None:
    lue = lues(ecrire(ligne("612345679", "a@exemple.invalid").removesuffix(";")))[0]
    assert lue.courriel == "a@exemple.invalid"


@pytest.mark.parametrize(
    ("brute", "code"),
    [
        (ligne("6,12E+08"), "telephone_tableur"),
        (ligne("612345679", nom="MARTIN; DUPONT"), "colonnes"),
        ("9900001;DEM;ADULTE", "colonnes"),
        (ligne("612345679", matricule="", numdemrsa=""), "personne_illisible"),
        (ligne("612345679", role="?"), "personne_illisible"),
        (ligne("612345679", matricule="1,2E+06", numdemrsa="9,9E+09"), "personne_illisible"),
    ],
)
def test_lignes_mises_de_cote(ecrire: Ecrire, brute: str, code: str) -> None:
    rejet, bonne = lire(ecrire(brute, ligne("612345679")))
    assert isinstance(rejet, LigneRejetee)
    assert (rejet.code, rejet.ligne) == (code, 2)
    assert isinstance(bonne, LigneLue)


def test_le_nir_ne_reste_nulle_part(ecrire: Ecrire) -> None:
    abimee = ligne("6,12E+08", nir=NIR_DEM)
    decalee = f"{NIR_DEM};" + abimee
    for rejet in lire(ecrire(abimee, decalee)):
        assert isinstance(rejet, LigneRejetee)
        assert NIR_DEM not in rejet.texte
        assert "jeton-" in rejet.texte


def test_une_ligne_corrigee_garde_son_jeton(ecrire: Ecrire) -> None:
    rejet = next(lire(ecrire(ligne("6,12E+08", nir=NIR_DEM))))
    corrigee = lire_texte_garde(rejet.texte.replace("6,12E+08", "612345679"))
    assert isinstance(corrigee, LigneLue)
    assert corrigee.nir == ""
    assert corrigee.empreinte_nir is not None
    assert corrigee.telephones == ("0612345679",)
    with pytest.raises(FichierRefuse, match="deux lignes"):
        lire_texte_garde(rejet.texte.splitlines()[1])


def test_ce_qui_est_tolere_est_dit(ecrire: Ecrire) -> None:
    lue = lues(ecrire(ligne("12", "sans arobase", nir="illisible")))[0]
    assert set(lue.avis) == {"telephone_illisible", "courriel_illisible", "nir_illisible"}
    assert (lue.telephones, lue.courriel) == ((), "")


def test_un_fichier_coupe_au_milieu_d_une_ligne(ecrire: Ecrire) -> None:
    chemin = ecrire(ligne("612345679"), ligne("612345670"))
    chemin.write_bytes(chemin.read_bytes()[:-40])
    assert "milieu de la ligne 3" in refus(chemin)


def test_un_fichier_passe_par_un_tableur_est_redemande(ecrire: Ecrire) -> None:
    assert "tableur" in refus(ecrire(*[ligne("6,12E+08")] * 30, *[ligne("612345679")] * 60))
    assert len(list(lire(ecrire(*[ligne("6,12E+08")] * 19, ligne("612345679"))))) == 20


@given(lignes=st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60), min_size=1, max_size=6))
def test_jamais_une_ligne_perdue(tmp_path: Path, lignes: list[str]) -> None:
    """Whatever the lines hold, each is read or set aside, or the whole file is refused."""
    chemin = tmp_path / "n"
    contenu = "\n".join((ENTETE, *lignes)) + "\n"
    chemin.write_text(contenu, "utf-8", newline="")
    attendues = [x for x in re.split(r"\r\n|\r|\n", contenu)[1:] if x.strip(" \n\0\x1a")]
    try:
        resultat = list(lire(chemin))
    except FichierRefuse as refuse:
        resultat = []
        motif = str(refuse)
    else:
        motif = ""
    assert len(resultat) == len(attendues) if attendues else "aucune personne" in motif


def test_refus_entiers(ecrire: Ecrire) -> None:
    assert "aucune personne" in refus(ecrire())
    assert "colonnes manquent" in refus(ecrire("1;2", entete="nom;prenom"))


def test_apercu_sans_un_seul_numero(ecrire: Ecrire) -> None:
    chemin = ecrire(
        ligne("612345679", "a@exemple.invalid"),
        ligne(),
        ligne("12"),
        ligne("6,12E+08"),
        entete=ENTETE.replace("TAGS", "Note"),
    )
    apercu = apercevoir(chemin, reference=date(2024, 1, 31))
    assert apercu == ApercuContacts(
        lignes=4, telephones=1, courriels=1, sans_contact=2, illisibles=1, avec_nir=True, demande_recente="12/03/2024",
        colonnes_inconnues=("Note",), date_du_fichier="31/01/2024", alertes=apercu.alertes,
        avertissements={"telephone_illisible": 1},
    )  # fmt: skip
    dates, mises, colonnes = apercu.alertes
    assert "demande de RSA du 12/03/2024" in dates
    assert mises.startswith("1 ligne sera mise de côté")
    assert "« Note »" in colonnes
    assert ApercuContacts.de_json(apercu.vers_json()) == apercu


@pytest.mark.reference
def test_echantillon(fichier_reference: Callable[[str], Path]) -> None:
    """Golden: the sample of the reference, whose numbers lost their zero."""
    camille, conjoint, yanis = lues(fichier_reference("caf/samples/contacts_invente.csv"))
    assert (camille.role, conjoint.role, yanis.role) == ("dem", "cjt", "dem")
    assert camille.telephones == conjoint.telephones == ("0612345678",)
    assert camille.courriel == conjoint.courriel == "camille.exemple@example.org"
    assert (yanis.telephones, yanis.courriel, yanis.numdemrsa) == (("0145000000",), "", "00000020099")
    assert (camille.matricule, camille.numdemrsa) == ("9900001", "00000010099")
    assert not any(lue.avis for lue in (camille, conjoint))
