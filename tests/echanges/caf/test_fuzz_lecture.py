"""Files spoilt at random, and every way found so far of hiding a household from the reader."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.echanges.caf.lecture import FichierRefuse, FoyerInchange, FoyerLu, lire
from tests.echanges.caf.blocs import ENTETE, Flux, foyer
from tests.echanges.caf.proprietes import verifier

FIN = "<TransmissionFlux><NBTOTDOSRSATRANSM>3</NBTOTDOSRSATRANSM></TransmissionFlux>"
ENTIER = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<Racine>\n{ENTETE}\n' + "\n".join(
    (foyer("1"), foyer("2"), foyer("3"), FIN, "</Racine>\n")
)
JETONS = (
    "<InfosFoyerRSA>", "</InfosFoyerRSA>", "<InfosFoyerRSA/>", "<InfosFoyerRSA >", "<InfosFoyerRSA a='b'>",
    "</InfosFoyerRSA >", "<!--", "-->", "<![CDATA[", "]]>", "<?x ", "?>", "&amp;", "&#0;", "&x;", "<", ">", "\0",
    "\x1a", "\r\n", "\t", '"', "\\", "%s", "\ue000", "é", "<Racine>", "</Racine>", "<Personne>", "</Personne>",
    "<Personne/>", "<PrestationRSA>", "</PrestationRSA>", "<NUMDEMRSA>1</NUMDEMRSA>", "<NIR>1</NIR>",
    "<TransmissionFlux>", "</TransmissionFlux>", "<IdentificationRSA>", " ", "\x85", "\xa0",
)  # fmt: skip
"""What a spoilt file may hold anywhere."""


@st.composite
def abimes(draw: st.DrawFn) -> bytes:
    """A sound file, spoilt in a few places."""
    texte = ENTIER
    for _ in range(draw(st.integers(0, 4))):
        ou = draw(st.integers(0, len(texte)))
        longueur = draw(st.sampled_from([0, 0, 1, 5, 40, 400, 3000]))
        match draw(st.sampled_from(["inserer", "remplacer", "retirer", "repeter"])):
            case "inserer":
                texte = texte[:ou] + draw(st.sampled_from(JETONS)) + texte[ou:]
            case "remplacer":
                texte = texte[:ou] + draw(st.sampled_from(JETONS)) + texte[ou + longueur :]
            case "retirer":
                texte = texte[:ou] + texte[ou + longueur :]
            case "repeter":
                texte = texte[: ou + longueur] + texte[ou:]
    encodage = draw(st.sampled_from(["latin-1", "utf-8"]))
    octets = texte.encode(encodage, "replace")
    return gzip.compress(octets) if draw(st.booleans()) and draw(st.booleans()) else octets


@given(abimes())
@settings(max_examples=300)
def test_no_household_is_lost_without_a_word(octets: bytes) -> None:
    verifier(octets)


@given(st.binary(max_size=3000))
@settings(max_examples=100)
def test_any_bytes(octets: bytes) -> None:
    verifier(octets)
    verifier(b"<Racine>" + ENTETE.encode() + octets)


CACHE = foyer("99")
# Where a household may hide, or seem to be: (what is written, households that the file really holds).
CACHETTES = {
    "comment between two households": (f"<!-- {CACHE} -->", 2),
    "comment that closes and opens": ("<!-- </InfosFoyerRSA><InfosFoyerRSA> -->", 2),
    "cdata": (f"<Autre><![CDATA[{CACHE}]]></Autre>", 2),
    "instruction": (f"<?vu {CACHE.replace('?>', '')} ?>", 2),
    "in another element": (f"<Autre>{CACHE}</Autre>", 3),
    "with an attribute": (CACHE.replace("<InfosFoyerRSA>", "<InfosFoyerRSA n='1'>"), 3),
    "with a space": (CACHE.replace("<InfosFoyerRSA>", "<InfosFoyerRSA >"), 3),
    "closed with a space": (CACHE.replace("</InfosFoyerRSA>", "</InfosFoyerRSA >"), 3),
    "empty": ("<InfosFoyerRSA/>", 3),
    "another element that begins alike": ("<InfosFoyerRSABIS></InfosFoyerRSABIS>", 2),
    "text between households": ("VU", 2),
    "an element between households": ("<Autre/>", 2),
}


@pytest.mark.parametrize("cas", CACHETTES)
def test_hiding_places_between_households(flux: Flux, cas: str) -> None:
    texte, attendus = CACHETTES[cas]
    chemin = flux(foyer("1") + texte, foyer("2"))
    bilan = verifier(chemin.read_bytes())
    assert bilan is not None
    assert bilan.lus == attendus


@pytest.mark.parametrize(
    "dedans", ["<!-- </InfosFoyerRSA> -->", "<![CDATA[</InfosFoyerRSA>]]>", "<?a </InfosFoyerRSA>?>"]
)
def test_hiding_places_inside_a_household(flux: Flux, dedans: str) -> None:
    bilan = verifier(flux(foyer("1", ("</QUAL>", f"</QUAL>{dedans}")), foyer("2")).read_bytes())
    assert bilan is not None
    assert (bilan.lus, bilan.rejets) == (2, ())


@pytest.mark.parametrize("avant", ["<!-- <InfosFoyerRSA></InfosFoyerRSA> -->", "<?a <InfosFoyerRSA>?>"])
def test_hiding_places_before_the_first_household(flux: Flux, avant: str) -> None:
    bilan = verifier(flux(foyer("1"), foyer("2"), entete=ENTETE + avant).read_bytes())
    assert bilan is not None
    assert bilan.lus == 2


def test_a_comment_in_a_spoilt_file_refuses_it(flux: Flux) -> None:
    """Nothing can say which of its tags are real."""
    chemin = flux(foyer("1") + "<!-- <InfosFoyerRSA> -->", foyer("2", ("DU PITON", "A & B")), foyer("3"))
    with pytest.raises(FichierRefuse, match="commentaires"):
        list(lire(chemin))


def test_the_same_bytes_are_the_same_household(flux: Flux) -> None:
    avant = flux(foyer("1"), foyer("2"), foyer("3"), nom="avant.xml")
    bruts = {lu.empreinte_brute: lu.numdemrsa for lu in lire(avant) if isinstance(lu, FoyerLu)}
    assert len(bruts) == 3
    apres = flux(foyer("3"), foyer("1", ("<SEXE>2<", "<SEXE>1<")), foyer("1"), foyer("1"), foyer("2"), nom="apres.xml")
    lus = list(lire(apres, bruts=bruts))
    assert [type(lu) for lu in lus[:-1]] == [FoyerInchange, FoyerLu, FoyerLu, FoyerLu, FoyerInchange]
    assert [lu.numdemrsa for lu in lus if isinstance(lu, FoyerInchange)] == ["3", "2"]


def test_the_same_bytes_in_another_encoding_are_read_again(flux: Flux) -> None:
    corps = foyer("1", ("DU PITON", "DE L'\xa4UVRE"))
    latin = flux(corps, encodage="ISO-8859-1", nom="1.xml")
    bruts = {lu.empreinte_brute: lu.numdemrsa for lu in lire(latin) if isinstance(lu, FoyerLu)}
    euro = flux(corps, encodage="ISO-8859-15", python="latin-1", nom="15.xml")
    (lu, _) = lire(euro, bruts=bruts)
    assert isinstance(lu, FoyerLu)
    assert lu.adresses[0].nom_voie == "DE L'€UVRE"


def test_bytes_already_seen_do_not_hide_what_stands_before_them(flux: Flux) -> None:
    avant = flux(foyer("1"), foyer("2"), nom="avant.xml")
    bruts = {lu.empreinte_brute: lu.numdemrsa for lu in lire(avant) if isinstance(lu, FoyerLu)}
    apres = flux(foyer("1") + "<!-- -->", f"<!-- {foyer('2')} -->", foyer("2"), nom="apres.xml")
    *lus, total = lire(apres, bruts=bruts)
    assert len(lus) == 2
    assert getattr(total, "lus", 0) == 2


def test_a_file_written_otherwise_says_nothing_new(flux: Flux, tmp_path: Path) -> None:
    """Indented or encoded otherwise: another print of the bytes, the same content."""
    avant = flux(foyer("1", ("DU PITON", "DE L'ÉTÉ")), nom="avant.xml")
    (lu, _) = lire(avant)
    assert isinstance(lu, FoyerLu)
    apres = flux(foyer("1", ("DU PITON", "DE L'ÉTÉ")).replace("><", ">\n  <"), encodage="UTF-8", nom="apres.xml")
    (inchange, _) = lire(apres, connus={"1": lu.empreinte}, bruts={lu.empreinte_brute: "1"})
    assert isinstance(inchange, FoyerInchange)
    assert inchange.empreinte_brute not in {lu.empreinte_brute, b""}
