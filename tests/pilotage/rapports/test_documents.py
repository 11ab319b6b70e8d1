"""Printed documents: the same content in a PDF that screen readers follow, a page, a workbook. No database."""

from __future__ import annotations

import ast
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import cordee
from cordee.pilotage.contradictions import CONTRADICTIONS
from cordee.pilotage.dessins import graphiques
from cordee.pilotage.entetes import definition
from cordee.pilotage.enums import Niveau, Secret
from cordee.pilotage.rapports import blocs, classeur, contenu, html, mots
from cordee.pilotage.rapports.anonymat import ce_qui_designe, paires_de_noms
from cordee.pilotage.rapports.dessins import en_svg
from cordee.pilotage.rapports.lecture import mois_de_l_an
from cordee.pilotage.rapports.pdf import document_pdf, pdf
from cordee.pilotage.selectors import Valeur

LE = datetime(2026, 1, 15, 9, tzinfo=UTC)
POINTS = [graphiques.Point(date(2025, m, 28), m * 1000.0 if m != 5 else None, str(m)) for m in range(1, 13)]


def _texte(fichier: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(fichier)).pages).split())


def _tout() -> list[dict[str, Any]]:
    """One block of each kind, with what could be taken for markup."""
    return [
        blocs.paragraphe("Du texte, #import \"x\", <b>gras</b> & « guillemets »."),
        blocs.intertitre("Un intertitre"), blocs.puces(["Premier", "Second"]),
        blocs.encadre("À savoir", ["Une réserve."]),
        blocs.definitions([("Périmètre", "les personnes soumises"), ("Vide", "")], titre="Un terme"),
        blocs.tableau("Légende", ["Quoi", "Combien"], [["Créteil", "12"], ["=1+1", "9"]], note="Sous le tableau.",
                      donnees=[["Créteil", 12], ["=1+1", 9]]),
        blocs.dessin(graphiques.courbe(POINTS, description="d"), "La courbe monte."),
        blocs.citation("« On m'a écoutée 😀. »", titre="Parole", source="Atelier, 3 mars 2025"),
    ]  # fmt: skip


def test_a_chart_is_drawn_without_a_browser_in_french_and_silent() -> None:
    svg = en_svg(graphiques.courbe(POINTS, description="d"), largeur=500)
    assert 'width="500"' in svg
    assert "janv. 2025" in svg
    assert "2,000" not in svg  # thousands as people write them here
    assert svg.startswith('<svg aria-hidden="true"')
    assert "role=" not in svg


def test_a_piece_is_an_accessible_pdf_and_text_is_never_markup() -> None:
    fichier = pdf("Une pièce", _tout(), le=LE, sous_titre="Un essai", departement="Département d'essai")
    lu = _texte(fichier)
    for attendu in ("Une pièce", '#import "x", <b>gras</b> &', "Créteil", "La courbe monte.", "Atelier, 3 mars 2025"):
        assert attendu in lu, attendu
    lecteur = PdfReader(io.BytesIO(fichier))
    racine: Any = lecteur.trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"]
    assert racine["/Lang"].startswith("fr")
    assert b"pdfuaid" in racine["/Metadata"].get_object().get_data()
    assert pdf("Une pièce", _tout(), le=LE, sous_titre="Un essai", departement="Département d'essai") == fichier


def test_the_page_says_the_same_and_escapes_what_was_typed() -> None:
    document = blocs.document("Titre", [blocs.chapitre("a", "Chapitre", _tout())], sous_titre="2025")
    page = html.page_seule(document)
    assert "<b>gras</b>" not in page
    assert "&lt;b&gt;gras&lt;/b&gt;" in page
    assert 'aria-label="La courbe monte."' in page
    assert '<th scope="row">Créteil</th>' in page
    assert "style=" not in html.corps(document)  # the site's policy refuses it


def test_wide_tables_and_long_documents_hold() -> None:
    large = blocs.tableau("Large", ["", *map(str, range(14))], [["Ligne", *map(str, range(14))]] * 4)
    document = blocs.document(
        "T", [blocs.chapitre(f"c{n}", f"Chapitre {n}", [large]) for n in range(4)], mention="Projet"
    )
    pages = PdfReader(io.BytesIO(document_pdf(document, le=LE))).pages
    formats = {float(p.mediabox.width) > float(p.mediabox.height) for p in pages}
    assert formats == {True, False}
    assert all("Projet" in p.extract_text() for p in pages)


def test_the_workbook_holds_numbers_and_no_formula() -> None:
    document = blocs.document("T", [blocs.chapitre("a", "Chapitre", _tout())])
    ligne = ["taux", "Taux", "%", "tous", "94", "=x", "commune", "2025-12-31", 12.5, 1, 8, 0, ""]
    with zipfile.ZipFile(io.BytesIO(classeur.xlsx(document, [ligne]))) as livre:
        noms = livre.read("xl/workbook.xml").decode()
        feuille, textes = livre.read("xl/worksheets/sheet3.xml").decode(), livre.read("xl/sharedStrings.xml").decode()
    assert all(f'name="{nom}"' in noms for nom in ("Lisez-moi", "Chiffres", "Légende"))
    assert '<c r="B4"><v>12</v></c>' in feuille
    assert "<f>" not in feuille
    assert "'=1+1" in textes
    texte = classeur.csv([ligne]).decode("utf-8-sig")
    assert texte.splitlines()[1] == "taux;Taux;%;tous;94;'=x;commune;2025-12-31;12,5;1;8;0;"


def test_every_contradiction_is_printed_and_none_mended() -> None:
    lus = json.dumps(contenu._contradictions(), ensure_ascii=False)
    for c in CONTRADICTIONS:
        assert c.titre in lus
        assert c.constat in lus
        assert c.retenu in lus


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=5))
@settings(max_examples=25)
def test_the_seal_does_not_depend_on_the_order_of_keys(d: dict[str, Any]) -> None:
    assert blocs.empreinte(d) == blocs.empreinte(dict(reversed(d.items())))
    assert blocs.empreinte({**d, "autre clé": 1}) != blocs.empreinte(d)


# Words --------------------------------------------------------------------------------------------------------------
def _valeur(valeur: float | None, *, code: str = "en_attente_orientation", secret: Secret | None = None) -> Valeur:
    return Valeur(
        definition(code), date(2025, 12, 31), "94", "Tout", Niveau.DEPARTEMENT, valeur, valeur, None, 3, secret
    )


@pytest.mark.parametrize(
    ("ici", "avant", "phrase"),
    [
        (80, 100, "Contre 100 personnes un an plus tôt (−20,0 %) : en mieux."),
        (120, 100, "Contre 100 personnes un an plus tôt (+20,0 %) : en moins bien."),
        (100, 100, "Comme un an plus tôt."),
        (80, None, "Pas de comparaison possible avec l'an dernier."),
        (None, 80, "L'histoire connue ne permet pas encore de le mesurer."),
    ],
)
def test_one_sentence_says_where_a_figure_stands(ici: float | None, avant: float | None, phrase: str) -> None:
    dite = mots.phrase(_valeur(ici), _valeur(avant)).replace("\N{NO-BREAK SPACE}", " ")
    assert dite == phrase


def test_a_hidden_figure_says_nothing_else() -> None:
    v = _valeur(None, secret=Secret.PETIT_NOMBRE)
    assert (mots.texte(v), mots.repose_sur(v), mots.evolution(v, _valeur(4))) == ("non affiché", "", "")


@pytest.mark.parametrize(
    ("valeur", "echeance", "tenu", "verdict"),
    [
        (40, date(2025, 12, 31), True, "tenu"),
        (60, date(2025, 12, 31), False, "non tenu, 10 personnes de trop"),
        (60, date(2026, 12, 31), False, "à atteindre le 31 décembre 2026"),
        (None, date(2025, 12, 31), None, "ne peut pas être vérifié"),
    ],
)
def test_unknown_is_no_failure_and_a_day_to_come_neither(
    valeur: float | None, echeance: date, tenu: bool | None, verdict: str
) -> None:
    d = definition("en_attente_orientation")
    e = mots.engagement(d, _valeur(valeur), 50, echeance=echeance, origine="x", au=date(2025, 12, 31))
    assert (e.tenu, e.verdict.replace("\N{NO-BREAK SPACE}", " ")) == (tenu, verdict)


def test_a_year_is_thirteen_ends_of_month() -> None:
    jours = mois_de_l_an(date(2025, 12, 31))
    assert (len(jours), jours[0], jours[-1]) == (13, date(2024, 12, 31), date(2025, 12, 31))
    en_cours = mois_de_l_an(date(2026, 2, 17))
    assert (len(en_cours), en_cours[0], en_cours[-1]) == (13, date(2025, 2, 28), date(2026, 2, 17))


# No person is named -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("texte", "quoi"),
    [
        ("Écrire à claire.d@exemple.fr", "une adresse électronique"),
        ("Le 1 85 05 94 028 123 45", "un numéro de sécurité sociale"),
        ("Au 06.12.34.56.78", "un numéro de téléphone"),
        ("Dossier 1234567", "un numéro de dossier ou d'allocataire"),
        ("Monsieur Ndiaye a dit", "une personne par son nom"),
        ("née le 3 mars", "une date de naissance"),
    ],
)
def test_what_points_at_somebody_is_seen(texte: str, quoi: str) -> None:
    assert quoi in ce_qui_designe(texte)


def test_ordinary_sentences_point_at_nobody() -> None:
    assert not ce_qui_designe("Le 12 mars 2025, 37 600 foyers ; Madame, Monsieur : 45 % ont répondu en 15 jours.")
    assert paires_de_noms("Le groupe de Créteil a rencontré Awa Diallo.") == {("awa", "diallo")}


def test_the_drawing_engine_is_imported_where_it_is_used_only() -> None:
    """By the function that draws: a web process that imports these rooms loads none of it."""
    racine = Path(cordee.__file__).parent
    nommee = [f for f in racine.rglob("*.py") if "import vl_convert" in f.read_text(encoding="utf-8")]
    assert [f.name for f in nommee] == ["dessins.py"]
    en_tete = [n for n in ast.parse(nommee[0].read_text(encoding="utf-8")).body if isinstance(n, ast.Import)]
    assert "vl_convert" not in {alias.name for n in en_tete for alias in n.names}
