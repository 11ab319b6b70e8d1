"""Letters as their readers get them: what is written, where, how large, and what a screen reader finds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader

from cordee.metier.courriers import composition
from cordee.metier.courriers.composition import FORMATS, MODELES
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.regles import (
    KIND_COURRIER,
    bloc_adresse,
    delais_du_courrier,
    durees_enoncees,
    ecarts_de_delais,
)
from cordee.metier.courriers.rendu import (
    GABARITS,
    DonneesManquantes,
    Lettre,
    empreinte,
    en_francais,
    lot_pdf,
    rendre_pdf,
    version_modele,
)

Fabrique = Callable[[GenreCourrier], dict[str, Any]]
POSTAUX = (GenreCourrier.CONVOCATION, GenreCourrier.NOTIFICATION_ORIENTATION, GenreCourrier.NOMINATION_REFERENT)
POINTS_PAR_MM = 72 / 25.4
HAUTEUR_A4 = 297 * POINTS_PAR_MM


class Fragment(NamedTuple):
    """A piece of text, its size in points, its place in millimetres from the top left corner."""

    texte: str
    corps: float
    x: float
    y: float


def pages_de(pdf: bytes) -> list[str]:
    """The text of each page, on one line, unbreakable spaces made plain."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def texte_de(pdf: bytes) -> str:
    return " ".join(pages_de(pdf))


def sans_coupure(texte: str) -> str:
    """Without any space: a name cut at its hyphens by the end of a line is still the same name."""
    return re.sub(r"\s", "", texte)


def fragments(pdf: bytes, page: int) -> list[Fragment]:
    trouves: list[Fragment] = []

    def noter(texte: str, repere: list[float], _tm: list[float], _police: object, corps: float) -> None:
        if texte.strip():
            trouves.append(Fragment(texte, corps, repere[4] / POINTS_PAR_MM, (HAUTEUR_A4 - repere[5]) / POINTS_PAR_MM))

    PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=noter)
    return trouves


ATTENDUS = {
    GenreCourrier.CONVOCATION: ["mardi 17 février 2026 à 8 h", "Espace des solidarités", "Samia Exemple", "Bus 172"],
    GenreCourrier.NOTIFICATION_ORIENTATION: [
        "mardi 24 février 2026", "Parcours socio-professionnel", "Espace insertion de Créteil", "petite enfance",
        "Service des recours", "Tribunal administratif", "en main propre contre signature le", "www.cada.fr",
        "C’est une personne qui a décidé",
    ],
    GenreCourrier.NOMINATION_REFERENT: [
        "Mme Awa Exemple", "01 99 00 00 02", "mardi 3 mars 2026", "changer de référent",
    ],
    GenreCourrier.CONTRAT_ENGAGEMENT: [
        "Travailler dans la petite enfance.", "Vous recevoir et répondre", "Venir aux rendez-vous",
        "Atelier petite enfance", "9 heures par semaine", "vous élevez seule un enfant", "Mme Awa Exemple",
        "lundi 21 septembre 2026", "Signature", "Tribunal administratif",
    ],
    GenreCourrier.FEUILLE_DE_ROUTE: [
        "Mme Awa Exemple", "mardi 17 février 2026", "Espace des solidarités", "Préparer ensemble", "contester",
    ],
    GenreCourrier.ATTESTATION_ACCOMPAGNEMENT: [
        "née le 5 mai 1985 à Créteil", "vendredi 9 janvier 2026", "Mme Awa Exemple",
    ],
    GenreCourrier.INVITATION: ["Choisissez le jour et l’heure", "mardi 10 mars 2026"],
    GenreCourrier.RAPPEL: ["Rappel : rendez-vous mar. 17/02 à 9h"],
    GenreCourrier.RENDEZ_VOUS_DEPLACE: ["Votre rendez-vous a changé de date.", "Nouveau rendez-vous"],
    GenreCourrier.RENDEZ_VOUS_ANNULE: ["Il ne faut pas venir."],
    GenreCourrier.EXCUSES: ["Nous vous présentons nos excuses."],
    GenreCourrier.PRISE_DE_NOUVELLES: ["J’aimerais prendre de vos nouvelles."],
    GenreCourrier.REFUS_REORIENTATION: [
        "lundi 2 mars 2026", "vendredi 20 mars 2026", "La réponse est non", "L’accompagnement vient de commencer",
        "au printemps", "Espace insertion de Créteil", "Tribunal administratif",
        "en main propre contre signature le",
    ],
    GenreCourrier.CONVOCATION_EP: [
        "Elle ne décide pas", "venir avec une personne de votre choix", "quatre professionnels", "interprète",
    ],
    GenreCourrier.SUITE_EP: ["n’est pas une décision", "Défavorable", "Reprendre le contrat", "Votre référent"],
    **{
        genre: [
            "Nous avons besoin de votre réponse", "mercredi 1er avril 2026", "deux ateliers", "être entendue",
            "CASF L262-37", "2026-11", "Hélène Exemple", "interprète",
        ]
        for genre in (
            GenreCourrier.AUDITION, GenreCourrier.COMMUNICATION_DOSSIER, GenreCourrier.CLASSEMENT,
            GenreCourrier.LEVEE_MESURE, GenreCourrier.ACCUSE_RECOURS, GenreCourrier.REPONSE_RECOURS,
        )
    },
    GenreCourrier.GRIEFS: ["Votre accompagnement continue", "Je veux voir mon dossier", "deux ateliers"],
    **{
        genre: [
            "mercredi 1er avril 2026", "Vos recours", "Tribunal administratif", "en main propre contre signature le",
        ]
        for genre in (
            GenreCourrier.DECISION_SUSPENSION, GenreCourrier.DECISION_SUPPRESSION, GenreCourrier.DECISION_FIN_DE_DROIT,
        )
    },
    GenreCourrier.EXPLICATION_PROPOSITION: [
        "lundi 2 février 2026", "criteres-nationaux-2024-11/1", "une personne décide", "Impact fort",
        "Une autre réponse aurait changé", "Si la difficulté « Logement » était levée", "Parcours socio-professionnel",
        "Une autre appréciation de la situation", "Ni votre nom, ni votre sexe", "Tribunal administratif",
        "www.cada.fr",
    ],
}  # fmt: skip


@pytest.mark.parametrize("grands", [False, True])
@pytest.mark.parametrize("genre", GenreCourrier)
def test_chaque_lettre_dit_ce_qu_elle_doit(
    genre: GenreCourrier, grands: bool, donnees_de: Fabrique, le: datetime
) -> None:
    texte = texte_de(rendre_pdf(genre, donnees_de(genre), le=le, grands_caracteres=grands))
    for attendu in [*ATTENDUS[genre], "Zoé Œuvrard-Traoré", "2026-000123"]:
        assert sans_coupure(attendu) in sans_coupure(texte)


@pytest.mark.parametrize("genre", GenreCourrier)
def test_document_accessible(genre: GenreCourrier, donnees_de: Fabrique, le: datetime) -> None:
    """PDF/UA-1: tagged, in French, with a title that shows; every image described or declared decorative."""
    lecteur = PdfReader(io.BytesIO(rendre_pdf(genre, donnees_de(genre), le=le)))
    racine = lecteur.root_object
    assert racine["/Lang"] == "fr-FR"
    assert racine["/MarkInfo"]["/Marked"]
    assert racine["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in racine["/Metadata"].get_object().get_data().decode()
    assert lecteur.metadata is not None
    assert lecteur.metadata.title == KIND_COURRIER[genre].titre


def test_logo_decrit(donnees_de: Fabrique, le: datetime) -> None:
    donnees = donnees_de(GenreCourrier.CONVOCATION)
    donnees["departement"]["logo_svg"] = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    )
    pdf = rendre_pdf(GenreCourrier.CONVOCATION, donnees, le=le)
    alternatives = {
        objet["/Alt"]
        for objet in (PdfReader(io.BytesIO(pdf)).get_object(n) for n in range(1, 2000))
        if isinstance(objet, dict) and "/Alt" in objet
    }
    assert alternatives == {"Logo : Département de démonstration"}


@pytest.mark.parametrize("genre", GenreCourrier)
def test_nombre_de_pages(genre: GenreCourrier, donnees_de: Fabrique, le: datetime) -> None:
    assert len(pages_de(rendre_pdf(genre, donnees_de(genre), le=le))) == FORMATS[genre].pages


def test_feuille_de_route_longue_reste_sur_une_page(donnees_de: Fabrique, le: datetime) -> None:
    donnees = donnees_de(GenreCourrier.FEUILLE_DE_ROUTE)
    donnees["a_faire"] = [f"démarche numéro {n}, expliquée en quelques mots simples" for n in range(8)]
    donnees["nous_ferons"] = [f"promesse numéro {n}, expliquée en quelques mots simples" for n in range(6)]
    pdf = rendre_pdf(GenreCourrier.FEUILLE_DE_ROUTE, donnees, le=le)
    assert len(pages_de(pdf)) == 1
    assert min(f.corps for f in fragments(pdf, 0)) == 10
    courte = rendre_pdf(GenreCourrier.FEUILLE_DE_ROUTE, donnees_de(GenreCourrier.FEUILLE_DE_ROUTE), le=le)
    assert 13 in {f.corps for f in fragments(courte, 0)}


def test_lettre_que_rien_ne_raccourcit_garde_sa_taille(donnees_de: Fabrique, le: datetime) -> None:
    donnees = donnees_de(GenreCourrier.CONVOCATION)
    donnees["rdv"]["pourquoi"] = ["Une phrase de plus pour expliquer. " * 12] * 30
    pdf = rendre_pdf(GenreCourrier.CONVOCATION, donnees, le=le)
    assert len(pages_de(pdf)) > 1
    assert pages_de(pdf)[0].endswith(f"Page 1 sur {len(pages_de(pdf))}")


@pytest.mark.parametrize("genre", GenreCourrier)
def test_rien_n_est_ecrit_trop_petit(genre: GenreCourrier, donnees_de: Fabrique, le: datetime) -> None:
    pdf = rendre_pdf(genre, donnees_de(genre), le=le)
    tailles = [f.corps for n in range(len(pages_de(pdf))) for f in fragments(pdf, n)]
    assert min(tailles) >= 10


@pytest.mark.parametrize("genre", GenreCourrier)
def test_grands_caracteres(genre: GenreCourrier, donnees_de: Fabrique, le: datetime) -> None:
    """18 points, notes in 16; only the letterhead and the address of the envelope stay smaller."""
    donnees = donnees_de(genre)
    pdf = rendre_pdf(genre, donnees, le=le, grands_caracteres=True)
    assert rendre_pdf(genre, {**donnees, "grands_caracteres": True}, le=le) == pdf
    lus = [(n, f) for n in range(len(pages_de(pdf))) for f in fragments(pdf, n)]
    assert min(f.corps for n, f in lus if n > 0 or f.y > 92) >= 16
    assert any(f.corps == 18 for _, f in lus)


@pytest.mark.parametrize("grands", [False, True])
@pytest.mark.parametrize("genre", POSTAUX)
def test_la_fenetre_de_l_enveloppe_ne_montre_que_l_adresse(
    genre: GenreCourrier, grands: bool, donnees_de: Fabrique, le: datetime
) -> None:
    """V12: nothing but the address between 92 and 200 mm across and 46 to 88 mm down, whatever the letter says."""
    donnees = donnees_de(genre)
    donnees["destinataire"]["adresse"] = bloc_adresse(
        destinataire="M. Jean-Christophe DE LA ROCHEFOUCAULD-MONTBEL", chez="Association Logement Solidaire 94",
        batiment="Résidence des Grands Champs", voie="123 bis avenue du Maréchal de Lattre de Tassigny",
        code_postal="94350", commune="Villiers-sur-Marne",
    )  # fmt: skip
    vus = [
        f.texte.strip()
        for f in fragments(rendre_pdf(genre, donnees, le=le, grands_caracteres=grands), 0)
        if 92 <= f.x <= 200 and 46 <= f.y <= 88
    ]
    assert vus == donnees["destinataire"]["adresse"]
    assert len(vus) == 7


def test_la_convocation_invite_et_ne_menace_pas(donnees_de: Fabrique, le: datetime) -> None:
    """E07, E08, V12: no benefit named, no duty, no consequence, no objective; a way to move the appointment."""
    texte = texte_de(rendre_pdf(GenreCourrier.CONVOCATION, donnees_de(GenreCourrier.CONVOCATION), le=le)).lower()
    for mot in ("rsa", "revenu", "allocat", "sanction", "suspen", "manquement", "obligat", "tenu de", "devez", "délai"):
        assert not re.search(rf"\b{mot}", texte), mot
    assert "on peut changer la date" in texte
    assert durees_enoncees(texte) == frozenset()


def test_l_attestation_ne_dit_rien_des_prestations(donnees_de: Fabrique, le: datetime) -> None:
    genre = GenreCourrier.ATTESTATION_ACCOMPAGNEMENT
    texte = texte_de(rendre_pdf(genre, donnees_de(genre), le=le)).lower()
    for mot in ("rsa", "revenu", "allocat", "droits et devoirs", "insertion", "santé", "difficult"):
        assert not re.search(rf"\b{mot}", texte), mot


@pytest.mark.parametrize("genre", GenreCourrier)
def test_les_delais_ecrits_sont_ceux_des_regles(genre: GenreCourrier, donnees_de: Fabrique, le: datetime) -> None:
    donnees = donnees_de(genre)
    texte = texte_de(rendre_pdf(genre, donnees, le=le))
    assert ecarts_de_delais(texte, donnees["delais"]) == []
    for regle, duree in donnees["delais"].items():  # and the check sees a change of any one of them
        autre = texte_de(rendre_pdf(genre, {**donnees, "delais": {**donnees["delais"], regle: "77 jours"}}, le=le))
        assert "« 77 jour » ne vient d’aucune règle" in ecarts_de_delais(autre, donnees["delais"]), (regle, duree)


def test_aucun_modele_ne_porte_de_duree() -> None:
    for fichier in MODELES.glob("*.typ"):
        lignes = [ligne for ligne in fichier.read_text().splitlines() if not ligne.strip().startswith("//")]
        assert durees_enoncees("\n".join(lignes)) == frozenset(), fichier.name


def test_sans_delai_legal_la_notification_n_en_invente_pas(donnees_de: Fabrique, le: datetime) -> None:
    """E11: the month of the contract binds bodies 1° to 4° only; towards the others none is written."""
    genre = GenreCourrier.NOTIFICATION_ORIENTATION
    donnees = donnees_de(genre)
    assert "un délai de 1 mois" in texte_de(rendre_pdf(genre, donnees, le=le))
    texte = texte_de(rendre_pdf(genre, {**donnees, "delais": delais_du_courrier(genre, au=le.date())}, le=le))
    assert "D. 5411-14-1" not in texte
    assert "contrat d’engagement" in texte


def test_la_signature_de_reception_ne_vaut_pas_accord(donnees_de: Fabrique, le: datetime) -> None:
    genre = GenreCourrier.NOTIFICATION_ORIENTATION
    donnees = donnees_de(genre)
    assert "Elle ne dit pas que vous êtes d’accord" in texte_de(rendre_pdf(genre, donnees, le=le))
    par_la_poste = texte_de(rendre_pdf(genre, {**donnees, "main_propre": False}, le=le))
    assert "en main propre" not in par_la_poste
    sans_outil = texte_de(rendre_pdf(genre, {**donnees, "traitement_algorithmique": ""}, le=le))
    assert "outil informatique" not in sans_outil


def test_contrat_sans_heures_et_deja_signe(donnees_de: Fabrique, le: datetime) -> None:
    genre = GenreCourrier.CONTRAT_ENGAGEMENT
    donnees = donnees_de(genre)
    jour = le.date()
    donnees["heures"] = {
        "sans_duree": {"demande_le": jour, "motif": "vous n’avez pas de garde", "revue_le": jour + timedelta(60)}
    }
    donnees["personne"]["representant"] = "Mme Curatrice Exemple"
    donnees["signatures"] = {"personne_le": jour, "organisme_le": jour}
    texte = texte_de(rendre_pdf(genre, donnees, le=le))
    assert "À votre demande du mardi 3 février 2026" in texte
    assert "heures par semaine." not in texte
    assert texte.count("Signé le mardi 3 février 2026") == 2
    assert texte.count("Mme Curatrice Exemple") == 2


@pytest.mark.parametrize(
    "nom",
    [
        '#panic("x") *gras* _ital_ $x$ = Titre',
        "#sys.inputs <debut-0> @ref // fin /* */",
        '"}], "lettres": [] \\u{41} \\ `code` [x]',
        "<script>alert(1)</script> & %00 {{ nom }}",
        "Œuvre ÿ Ÿ ß ő ŝ Ǆ Đặng Żółć Ŵ",
        "Marie-Françoise-Élisabeth de La Tour d’Auvergne-Lauraguais, née Ó Súilleabháin-N’Diaye-Œhlenschläger",
    ],
)
def test_ce_qui_est_ecrit_par_quelqu_un_reste_du_texte(nom: str, donnees_de: Fabrique, le: datetime) -> None:
    donnees = donnees_de(GenreCourrier.ATTESTATION_ACCOMPAGNEMENT)
    donnees["personne"]["nom"] = nom
    texte = texte_de(rendre_pdf(GenreCourrier.ATTESTATION_ACCOMPAGNEMENT, donnees, le=le))
    assert sans_coupure(nom) in sans_coupure(texte)


def test_un_caractere_sans_dessin_ne_perd_pas_la_lettre(donnees_de: Fabrique, le: datetime) -> None:
    donnees = donnees_de(GenreCourrier.ATTESTATION_ACCOMPAGNEMENT)
    donnees["personne"]["nom"] = "Ａmina \x07日本 \U0001f642 Exemple"
    texte = texte_de(rendre_pdf(GenreCourrier.ATTESTATION_ACCOMPAGNEMENT, donnees, le=le))
    assert "Amina ?? ? Exemple" in texte


def test_meme_lettre_memes_octets(donnees_de: Fabrique, le: datetime) -> None:
    """What is kept (data made plain, template version, digest) prints the same file again."""
    genre = GenreCourrier.CONVOCATION
    donnees = donnees_de(genre)
    conservees = en_francais(donnees)
    assert rendre_pdf(genre, donnees, le=le) == rendre_pdf(genre, conservees, le=le)
    assert empreinte(genre, donnees, le=le) == empreinte(genre, conservees, le=le)
    assert empreinte(genre, {**donnees, "reference": "autre"}, le=le) != empreinte(genre, donnees, le=le)
    assert empreinte(genre, donnees, le=le + timedelta(days=1)) != empreinte(genre, donnees, le=le)
    assert len({version_modele(g) for g in GenreCourrier}) == len({GABARITS.get(g, g) for g in GenreCourrier})


def test_donnees_manquantes(donnees_de: Fabrique, le: datetime) -> None:
    genre = GenreCourrier.NOTIFICATION_ORIENTATION
    donnees = donnees_de(genre)
    del donnees["decision"]["motifs"], donnees["delais"]["recours_contentieux"]
    with pytest.raises(DonneesManquantes, match=r"2026-000123.*decision\.motifs, delais\.recours_contentieux"):
        rendre_pdf(genre, donnees, le=le)
    contrat = donnees_de(GenreCourrier.CONTRAT_ENGAGEMENT)
    with pytest.raises(DonneesManquantes, match=r"heures\.hebdomadaire ou heures\.sans_duree"):
        rendre_pdf(GenreCourrier.CONTRAT_ENGAGEMENT, {**contrat, "heures": {"motif_baisse": "santé"}}, le=le)
    with pytest.raises(ValueError, match="inconnu"):
        rendre_pdf("inconnu", donnees, le=le)


# --------------------------------------------------------------------------- batches
def lettres(donnees_de: Fabrique, codes: list[str]) -> list[Lettre]:
    """One convocation per code; the third is a notification, two pages long."""
    genres = [GenreCourrier.CONVOCATION] * len(codes)
    genres[2] = GenreCourrier.NOTIFICATION_ORIENTATION
    return [
        Lettre(reference=f"R-{n:03}", modele=genre, donnees=donnees_de(genre), code_postal=code, commune="Ville")
        for n, (genre, code) in enumerate(zip(genres, codes, strict=True))
    ]


CODES = ["94800", "94000", "94000", "", "94400"]


@pytest.mark.parametrize("recto_verso", [True, False])
def test_lot_trie_compte_et_retrouve(recto_verso: bool, donnees_de: Fabrique, le: datetime) -> None:
    (lot,) = lot_pdf(lettres(donnees_de, CODES), le=le, recto_verso=recto_verso)
    assert list(lot.pages) == ["R-001", "R-002", "R-004", "R-000", "R-003"]
    assert lot.plis == {"94000": 2, "94400": 1, "94800": 1, "sans code postal": 1}
    assert (lot.numero, lot.sur) == (1, 1)
    pages = pages_de(lot.pdf)
    for reference, (debut, fin) in lot.pages.items():
        longueur = 2 if reference == "R-002" else 1
        assert fin - debut + 1 == longueur
        assert not recto_verso or debut % 2 == 1
        for rang in range(longueur):
            assert pages[debut - 1 + rang].endswith(f"Référence : {reference} Page {rang + 1} sur {longueur}")
    utiles = [n for n, page in enumerate(pages, 1) if page]
    assert utiles == [1, *(n for debut, fin in lot.pages.values() for n in range(debut, fin + 1))]


def test_lot_page_d_affranchissement(donnees_de: Fabrique, le: datetime) -> None:
    (lot,) = lot_pdf(lettres(donnees_de, CODES), le=le, recto_verso=False)
    premiere = pages_de(lot.pdf)[0]
    assert "5 plis" in premiere
    assert "Code postal 1 feuille 2 feuilles Plis" in premiere
    assert "94000 1 1 2" in premiere
    assert "sans code postal 1 0 1" in premiere
    assert premiere.endswith("Total 4 1 5")
    (recto_verso,) = lot_pdf(lettres(donnees_de, CODES), le=le)
    assert pages_de(recto_verso.pdf)[0].endswith("Total 5 5")


def test_lots_de_taille_bornee(donnees_de: Fabrique, le: datetime) -> None:
    lots = list(lot_pdf(lettres(donnees_de, CODES), le=le, taille=2))
    assert [(lot.numero, lot.sur, list(lot.pages)) for lot in lots] == [
        (1, 3, ["R-001", "R-002"]),
        (2, 3, ["R-004", "R-000"]),
        (3, 3, ["R-003"]),
    ]
    assert list(lot_pdf([], le=le)) == []


def test_lot_lettre_trop_longue_reduite_seule(donnees_de: Fabrique, le: datetime) -> None:
    envoi = lettres(donnees_de, ["94000", "94100", "94200"])
    longue = donnees_de(GenreCourrier.CONVOCATION)
    longue["rdv"]["apporter"] = [f"papier {n}" for n in range(9)]
    assert len(pages_de(rendre_pdf(GenreCourrier.CONVOCATION, longue, le=le))) == 1
    envoi[0] = Lettre(reference="R-000", modele="convocation", donnees=longue, code_postal="94000")
    (lot,) = lot_pdf(envoi, le=le, recto_verso=False)
    assert lot.pages == {"R-000": (2, 2), "R-001": (3, 3), "R-002": (4, 5)}
    corps = [{f.corps for f in fragments(lot.pdf, page)} for page in (1, 2)]
    assert 11 not in corps[0]
    assert 11 in corps[1]


def test_lot_refuse_avant_de_composer(donnees_de: Fabrique, le: datetime) -> None:
    envoi = lettres(donnees_de, CODES)
    with pytest.raises(ValueError, match="same reference"):
        next(lot_pdf([*envoi, envoi[0]], le=le))
    incomplete = Lettre(reference="R-999", modele="convocation", donnees={**envoi[0].donnees, "deplacer": {}})
    with pytest.raises(DonneesManquantes, match="R-999"):
        next(lot_pdf([*envoi, incomplete], le=le))


def test_gros_lot_laisse_la_memoire(donnees_de: Fabrique, le: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiler keeps ten generations: after a heavy batch it runs empty until nothing of it is left."""
    monkeypatch.setattr(composition, "LOT_LOURD", 3)
    passes: list[int] = []
    original = composition.Atelier._compiler

    def compter(atelier: composition.Atelier, entree: dict[str, Any], *, le: datetime) -> composition.Document:
        passes.append(len(entree["lettres"]))
        return original(atelier, entree, le=le)

    monkeypatch.setattr(composition.Atelier, "_compiler", compter)
    (lot,) = lot_pdf(lettres(donnees_de, CODES), le=le)
    assert passes == [5] + [0] * composition.PASSES_D_OUBLI
    assert len(lot.pages) == 5
