"""Rows written straight from the values of a household are those that the full reading gives."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.echanges.caf import express, lots
from cordee.echanges.caf.ecriture import ecrire
from cordee.echanges.caf.foyer import FoyerLu
from cordee.echanges.caf.lecture import Suivi
from cordee.echanges.caf.lignes import COLONNES_ADRESSE, COLONNES_FOYER, COLONNES_PERSONNE, Carte
from cordee.echanges.caf.lots import Lot, lire_par_lots
from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.selectors import CarteSecteurs
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import ARRIVANTE, CONJOINT, ENFANT, PARTANTE, avec, clos, suspendu
from tests.echanges.caf.strategies import foyers
from tests.echanges.caf.test_ecriture import ENTETE

CARTE = Carte(
    CarteSecteurs({("94028", PublicSecteur.AVEC_ENFANT): 1, ("94028", PublicSecteur.ISOLES): 2}),
    frozenset({"94028", "94046"}),
)
_JSON = {"detail", "droit_detail", "membre_detail", "lignes_etranger"}
_NOMBRES = {"montant", "ressources", "nb_enfants_autres", "rang_naissance"}
_VRAIS = {"1": "t", "0": "f"}
_BOOLEENS = {"sdd", "entrante", "a_charge", "etat_civil_valide"}


class _SceauFixe:
    """The cipher of a NIR never gives the same bytes twice: a reversible stand-in lets rows be compared."""

    def marquer(self, texte: str) -> bytes:
        return texte.encode()

    def chiffrer(self, texte: str) -> bytes:
        return texte[::-1].encode()

    sceller = chiffrer


@pytest.fixture(autouse=True)
def sceau(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lots, "Sceau", _SceauFixe)


def rangees(lus: list[Lot]) -> list[list[dict[str, Any]]]:
    """The rows of three tables, as what PostgreSQL would store."""
    tables = (COLONNES_FOYER, COLONNES_PERSONNE, COLONNES_ADRESSE)
    textes = ([lot.foyers for lot in lus], [lot.personnes for lot in lus], [lot.adresses for lot in lus])
    return [
        [
            {nom: valeur(nom, texte) for nom, texte in zip(colonnes, ligne.split("\t"), strict=True)}
            for ligne in "".join(m for morceaux in lot for m in morceaux).split("\n")[:-1]
        ]
        for colonnes, lot in zip(tables, textes, strict=True)
    ]


def valeur(nom: str, texte: str) -> Any:
    if texte == r"\N":
        return None
    if nom in _JSON:
        return json.loads(texte.replace("\\\\", "\\"))
    if nom in _NOMBRES:
        return float(texte)
    return _VRAIS.get(texte, texte) if nom in _BOOLEENS else texte


def lire_tout(chemin: Path) -> tuple[list[list[dict[str, Any]]], Counter[str], list[tuple[int, str]]]:
    lus = list(lire_par_lots(chemin, organisme="CAF941", carte=CARTE, taille=2))
    avertissements: Counter[str] = sum((lot.avertissements for lot in lus), Counter())
    return rangees(lus), avertissements, [(rejet.rang, rejet.code) for lot in lus for rejet in lot.rejets]


def comparer(chemin: Path) -> None:
    vite = lire_tout(chemin)
    with pytest.MonkeyPatch.context() as lent:
        lent.setattr(express.Express, "lire", lambda *_, **__: None)
        assert lire_tout(chemin) == vite


REFUS = "<Refus><DTREFURSA>2025-12-02</DTREFURSA><MOTIREFURSA>F85</MOTIREFURSA></Refus>"
CALCUL = (
    "<DetailCalculDroitRSA><NATPF>RSD</NATPF><SOUSNATPF>RSDN2</SOUSNATPF><DDNATDRO>{}</DDNATDRO></DetailCalculDroitRSA>"
)
SECONDE = (
    "</Adresse>",
    "</Adresse><Adresse><TroncCommunAdresse><RGADR>02</RGADR><PAYS>HOR</PAYS><TYPEADR>D</TYPEADR><ETATADR>CO</ETATADR>"
    "</TroncCommunAdresse><AdresseHorsFrance><LIBLIG2ADR>VIA UNO</LIBLIG2ADR><LIBLIG3ADR> </LIBLIG3ADR>"
    "<LIBLIG4ADR>ROMA</LIBLIG4ADR></AdresseHorsFrance></Adresse>",
)
PARENT = (
    "</Prestations>\n<Montant",
    "</Prestations><Rattachement><NOMNAI>X</NOMNAI><NIR>2880699023456</NIR><TYPEPAR>LEG</TYPEPAR></Rattachement>"
    "<Rattachement><NOMNAI>Y</NOMNAI></Rattachement><Montant",
)
MATRICULE_NIR = ("912345600000000", "288069902345613")
ARRIVANTE_MSA = (
    ARRIVANTE[0],
    ARRIVANTE[1].replace("<DDARR", "<MATRICULEORGCEDMUT>2880699023456</MATRICULEORGCEDMUT><DDARR"),
)
ORDINAIRES = {
    "as it is": (),
    "couple": (avec(CONJOINT),),
    "family": (avec(CONJOINT, ENFANT),),
    "arrival": (ARRIVANTE,),
    "departure": (PARTANTE,),
    "closed": clos("ECH"),
    "suspended": suspendu("CG"),
    "right suspended, presumed death": suspendu("DG", "3"),
    "refused after a death": (("<ETATDOSRSA>2<", "<ETATDOSRSA>1<"), ("</EtatDossierRSA>", f"</EtatDossierRSA>{REFUS}")),
    "unknown home": (("<TOPSANSDOMFIXE>0<", "<TOPSANSDOMFIXE>1<"),),
    "two addresses": (SECONDE,),
    "addresses out of order": (SECONDE, ("<RGADR>01<", "<RGADR>03<")),
    "elsewhere": (("<NUMCOM>94028<", "<NUMCOM>75056<"),),
    "calculated": (("</TroncCommunDroitRSA>", "</TroncCommunDroitRSA>" + CALCUL.format("2024-03-01")),),
    "parents": (PARENT,),
    "long number": (("2880699023456", "288069902345613"),),
    "no number": (("<NIR>2880699023456</NIR>", ""),),
    "number of the household that is a NIR": (MATRICULE_NIR,),
    "arrival from a body that numbers by NIR": (ARRIVANTE_MSA,),
    "number padded": (("<NOM>TIREVENT<", "<NOM>TIREVENT  <"),),
    "percent": (("<NOMVOIE>DU PITON<", "<NOMVOIE>DES 100 % L'ÉTÉ<"),),
    "Windows-1252": (("<NOMVOIE>DU PITON<", "<NOMVOIE>DU CŒUR’<"),),
    "event": (("</PrestationRSA>", "</PrestationRSA><Evenement><DTLIQ>2026-01-07</DTLIQ><FG>ADR</FG></Evenement>"),),
}
EXTRAORDINAIRES = {
    "entity": (("<NOMVOIE>DU PITON<", "<NOMVOIE>A &amp; B &#9; C<"),),
    "quotes": (("<NOMVOIE>DU PITON<", '<NOMVOIE>LE "PITON" \\N<'),),
    "tab and line": (("<NOMVOIE>DU PITON<", "<NOMVOIE>DU\tPITON\nROUGE<"),),
    "comma": (("0000120.00", "120,5"),),
    "enormous": (("0000120.00", "123456789012.00"),),
    "number that is the NIR of somebody without NIR": (MATRICULE_NIR, ("<NIR>2880699023456</NIR>", "")),
    "unreadable": (("<DTEMM>2021-05-26<", "<DTEMM>2021-13-26<"),),
    "unknown code": (("<SITFAM>CEL<", "<SITFAM>ZZZ<"),),
    "flag missing": (("<TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA>", ""),),
    "incomplete birth": (("<DTNAI>1988-06-21</DTNAI>", "<DTNAI>1988-00-00</DTNAI><TYPEDTNAI>O</TYPEDTNAI>"),),
    "unknown element": (("</QUAL>", "</QUAL><NOUVEAU>1</NOUVEAU>"),),
    "twice the same element": (("</QUAL>", "</QUAL><QUAL>MR</QUAL>"),),
    "text beside elements": (("<Identification>", "<Identification>VU"),),
    "text after elements": (("</Identification>", "</Identification>VU"),),
    "attribute": (("<QUAL>", "<QUAL a='1'>"),),
    "born tomorrow": (("<DTNAI>1988-06-21<", "<DTNAI>2031-06-21<"),),
    "wrong number": (("2880699023456", "PROVISOIRE"),),
    "wrong key": (("2880699023456", "288069902345699"),),
    "nobody": (("<ROLEPERS>DEM<", "<ROLEPERS>ENF<"),),
    "spouse alone": (("<ROLEPERS>DEM<", "<ROLEPERS>CJT<"),),
    "too long a request": (("00000010094", "000000100941"),),
    "blocks out of order": (("<DonneesAdministratives>", "<PrestationRSA></PrestationRSA><DonneesAdministratives>"),),
    "greater than": (("<NOMVOIE>DU PITON<", "<NOMVOIE>A > B<"),),
    "control character": (("<NOMVOIE>DU PITON<", "<NOMVOIE>DU\x02PITON<"),),
}


@pytest.mark.parametrize("cas", ORDINAIRES | EXTRAORDINAIRES)
def test_both_ways_give_the_same_rows(flux: Flux, cas: str) -> None:
    changements = (ORDINAIRES | EXTRAORDINAIRES)[cas]
    corps = foyer("00000010094", *changements)
    comparer(flux(foyer("1"), corps, foyer("3"), corps, encodage="ISO-8859-1", python="cp1252"))


@pytest.mark.parametrize("encodage", ["UTF-8", "windows-1252", "ISO-8859-15", "latin1"])
@pytest.mark.parametrize("fin_de_ligne", ["\n", "\r\n", ""])
def test_both_ways_in_every_encoding(flux: Flux, encodage: str, fin_de_ligne: str) -> None:
    corps = foyer("1", ("DU PITON", "DE L'ÉTÉ À ÇA"), avec(CONJOINT)).replace("\n", fin_de_ligne)
    comparer(flux(corps, foyer("2"), encodage=encodage))


@pytest.mark.parametrize("cas", ORDINAIRES)
def test_ordinary_households_need_no_parser(flux: Flux, monkeypatch: pytest.MonkeyPatch, cas: str) -> None:
    """Otherwise an import would be slow, and nothing would say why."""
    chemin = flux(foyer("00000010094", *ORDINAIRES[cas]), python="cp1252")

    def relu(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Suivi, "lire", relu)
    (lot,) = lire_par_lots(chemin, organisme="CAF941", carte=CARTE)
    assert len(lot.foyers) == 1


@given(st.lists(foyers(), min_size=1, max_size=4))
@settings(max_examples=30)
def test_both_ways_for_any_household(ecrits: list[FoyerLu]) -> None:
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "flux.xml"
        ecrire(chemin, ENTETE, ecrits)
        with pytest.MonkeyPatch.context() as fixe:
            fixe.setattr(lots, "Sceau", _SceauFixe)
            comparer(chemin)
