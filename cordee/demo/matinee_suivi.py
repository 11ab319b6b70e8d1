"""The follow-up on a morning: interviews, notes, documents, papers that end, two professionals on one plan.

Everything is invented: documents say so on their only page; figures of the objective are a hypothesis at this size.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from cordee.demo import identites
from cordee.demo.matinee_atelier import Atelier
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat, Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.services import marquer_sensible, ouvrir_au_guichet
from cordee.metier.personnes.enums import Sexe
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.regles import EtatCivil
from cordee.metier.suivi import services as suivi
from cordee.metier.suivi.enums import (
    CanalReclamation,
    Constat,
    GenreDocument,
    GenreReclamation,
    IssueGlobale,
    IssueReclamation,
    NaturePiece,
    ObjetReclamation,
    QuiFait,
    ResultatRevue,
    ThemeNote,
)
from cordee.metier.suivi.regles.situations import trimestre_de
from cordee.metier.suivi.services.entretiens import Decision, Sujet

SANS_RSA: Final = 16
AVEC_RSA: Final = 44
SORTIES: Final = 14
PAR_COMPTE: Final = 6
COMPTES: Final = ("referente", "referent2", "social", "operateur")
_NOTES: Final[tuple[tuple[ThemeNote, str, str], ...]] = (
    (ThemeNote.EMPLOI, "Deux candidatures envoyées dans l'aide à domicile. Réponse attendue vendredi.", ""),
    (ThemeNote.MOBILITE, "Dit ne pas pouvoir se rendre à Orly avant 9 h : le premier bus passe à 8 h 10.", ""),
    (ThemeNote.LOGEMENT, "Hébergement chez sa sœur jusqu'en juin. Demande de logement social renouvelée.",
     "La sœur demande qu'elle parte plus tôt. Ne pas appeler à ce domicile."),
    (ThemeNote.SANTE, "Disponible l'après-midi seulement jusqu'en mars.", "Des soins ont lieu le matin, dit-elle."),
    (ThemeNote.FINANCES, "Rendez-vous pris avec la conseillère en économie sociale et familiale.", ""),
    (ThemeNote.NUMERIQUE, "A créé sa boîte de courriel pendant l'entretien. Sait envoyer une pièce jointe.", ""),
)  # fmt: skip
_ISSUES: Final = (
    IssueGlobale.EMPLOI_DURABLE, IssueGlobale.FORMATION, IssueGlobale.EMPLOI_COURT, IssueGlobale.AUTRE_PARCOURS,
    IssueGlobale.EMPLOI_DURABLE, IssueGlobale.SANS_NOUVELLES, IssueGlobale.CREATION, IssueGlobale.DEMENAGEMENT,
)  # fmt: skip
_CHIFFRES: Final = (Decimal(1450), Decimal(1720), Decimal(2310))


def suivre(atelier: Atelier) -> None:
    """Live the follow-up of the last weeks."""
    for compte in COMPTES:
        _entretenir(atelier, atelier.organisation.comptes[compte])
    _noter_des_pieces(atelier)
    _faire_des_points(atelier)
    _reclamer(atelier)
    _accompagner_a_deux(atelier)
    _proteger(atelier)


# Interviews, notes, documents ---------------------------------------------------------------------------------------
def _entretenir(a: Atelier, agent: Agent) -> None:
    """One interview out of two, notes, a document; one draft to resume."""
    suivies = _suivies(PAR_COMPTE, referent_agent=agent)
    for rang, situation in enumerate(suivies):
        personne, le = situation.personne, a.il_y_a(2 + rang)
        theme, texte, detail = _NOTES[(rang + agent.pk) % len(_NOTES)]
        if rang % 2:
            a.tenter("notes", suivi.ecrire_note, personne=personne, theme=theme, texte=texte, detail=detail, par=agent,
                     le=le)  # fmt: skip
            continue
        contenu = suivi.ContenuEntretien(
            debut=le - timedelta(minutes=45), theme=theme, texte=texte, detail=detail,
            prochain_le=a.au + timedelta(days=24),
            ordre_du_jour=[Sujet("Où en sont les candidatures", aborde=True), Sujet("Préparer la suite du contrat")],
            decisions=[
                Decision("Appeler l'organisme de formation", QuiFait.REFERENT, a.au + timedelta(days=5 - 4 * rang)),
                Decision("Apporter l'attestation de formation", QuiFait.PERSONNE, a.au + timedelta(days=12)),
            ],
        )  # fmt: skip
        finir = suivi.garder_entretien if rang == 4 else suivi.finir_entretien
        a.tenter("entretiens", finir, personne=personne, contenu=contenu, par=agent, le=le)
        genre, octets = ((GenreDocument.CV, page_pdf("CV")), (GenreDocument.PRESENCE, image_png(agent.pk)))[
            rang // 2 % 2
        ]
        a.tenter("documents", suivi.deposer_document, personne=personne, genre=genre, octets=octets,
                 titre="Document de démonstration", par=agent, le=le)  # fmt: skip


def page_pdf(titre: str) -> bytes:
    """One page that says it is of no value. Plain ASCII: the base fonts of a reader have it."""
    texte = f"{titre} : document fictif de demonstration, sans valeur".encode("ascii", "replace")
    contenu = b"BT /F1 16 Tf 60 760 Td (" + texte + b") Tj ET"
    objets = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(contenu), contenu),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    sortie, positions = b"%PDF-1.4\n", []
    for n, objet in enumerate(objets, start=1):
        positions.append(len(sortie))
        sortie += b"%d 0 obj\n%s\nendobj\n" % (n, objet)
    table = b"".join(b"%010d 00000 n \n" % p for p in positions)
    debut = len(sortie)
    fin = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % debut
    return sortie + b"xref\n0 6\n0000000000 65535 f \n" + table + fin


def image_png(graine: int, cote: int = 96) -> bytes:
    """A square of stripes: nobody can take it for a true paper."""

    def bloc(nom: bytes, contenu: bytes) -> bytes:
        return struct.pack(">I", len(contenu)) + nom + contenu + struct.pack(">I", zlib.crc32(nom + contenu))

    teinte = (40 * graine) % 200
    lignes = b"".join(
        b"\0" + bytes(v for x in range(cote) for v in ((teinte, 140, 140) if (x + y) // 12 % 2 else (245, 240, 230)))
        for y in range(cote)
    )
    entete = struct.pack(">IIBBBBB", cote, cote, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", zlib.compress(lignes)) + bloc(b"IEND", b"")


# Papers, points, complaints -----------------------------------------------------------------------------------------
def _noter_des_pieces(a: Atelier) -> None:
    natures = (NaturePiece.TITRE_SEJOUR, NaturePiece.RQTH, NaturePiece.DOMICILIATION, NaturePiece.DOSSIER_MDPH)
    par = a.organisation.comptes["referente"]
    for rang, situation in enumerate(_suivies(8, ordre="-personne_id", referent_agent=par)):
        a.tenter(
            "pièces vues", suivi.noter_piece_vue, personne=situation.personne, nature=natures[rang % 4], par=par,
            vue_le=a.ouvre(-12), expire_le=a.au + timedelta(days=(-20, 40, 75, 400)[rang // 2 % 4]), le=a.il_y_a(12),
        )  # fmt: skip


def _faire_des_points(a: Atelier) -> None:
    """A quarter of turnover for the self-employed, the joint diagnosis of the social path."""
    for rang, situation in enumerate(_situations(4, [Etat.INDEPENDANTE])):
        par = situation.referent_agent
        if par is not None:
            constats = (Constat.VIABLE, Constat.A_CONSOLIDER, Constat.A_REDIRIGER)
            a.tenter(
                "points d'activité", suivi.faire_le_point, personne=situation.personne, etat=Etat.INDEPENDANTE,
                constat=constats[rang % 3], par=par, le=a.il_y_a(1 + rang),
                valeurs=suivi.Valeurs(trimestre=trimestre_de(a.au), chiffre_affaires=_CHIFFRES[rang % 3]),
            )  # fmt: skip
    agence = _agence()
    for rang, situation in enumerate(_suivies(3, voie=str(Voie.SOCIAL), referent_agent__isnull=False)):
        if agence is not None and situation.referent_agent is not None:
            a.tenter(
                "diagnostics conjoints", suivi.tenir_revue_conjointe, personne=situation.personne,
                tenue_le=a.ouvre(-3), operateur=agence, conseiller="Mme Tirevent", personne_presente=True,
                resultat=ResultatRevue.POURSUITE, motif="Le logement vient d'être trouvé : le projet démarre.",
                prolonge=rang == 0, par=situation.referent_agent, le=a.il_y_a(3),
            )  # fmt: skip


def _reclamer(a: Atelier) -> None:
    paroles = (
        (ObjetReclamation.DELAI, "J'ai demandé un rendez-vous il y a trois mois et je n'ai pas de réponse."),
        (ObjetReclamation.ACCUEIL, "On ne m'a pas laissé parler au guichet."),
        (ObjetReclamation.DONNEES, "Mon ancien numéro est toujours utilisé."),
    )
    par = a.organisation.comptes["plateforme"]
    for rang, situation in enumerate(_suivies(3, ordre="depuis", referent_agent__isnull=False)):
        objet, parole = paroles[rang]
        recue = a.tenter(
            "réclamations", suivi.recevoir_reclamation, personne=situation.personne, objet=objet, parole=parole,
            genre=GenreReclamation.MEDIATION if rang == 0 else GenreReclamation.RECLAMATION,
            canal=CanalReclamation.GUICHET, recue_le=a.ouvre(-8), par=par, le=a.il_y_a(8),
        )  # fmt: skip
        if recue is not None and rang == 2:
            a.tenter("réponses", suivi.repondre_reclamation, personne=situation.personne, par=par, le=a.il_y_a(1),
                     issue=IssueReclamation.FONDEE, reponse="Le numéro a été remplacé le jour même.",
                     repondue_le=a.ouvre(-2))  # fmt: skip


# Two professionals --------------------------------------------------------------------------------------------------
def _accompagner_a_deux(a: Atelier) -> None:
    """Sixty people, a quarter of them without RSA; some have left, with an outcome."""
    agence = _agence()
    if agence is None:
        return
    suivi.fixer_objectif_global(
        annee=a.au.year, entrees=90, en_cours=50, sans_rsa=20, part_emploi=Decimal(45),
        par=a.organisation.comptes["encadrante"], le=a.le,
    )  # fmt: skip
    entrees = [p for p in (_entrer(a, s, agence, n) for n, s in enumerate(_du_social(AVEC_RSA))) if p is not None]
    sociaux = _du_social(1)
    if sociaux and sociaux[0].referent_structure is not None:
        entrees += list(_sans_rsa(a, agence, sociaux[0].referent_structure, sociaux[0].referent_agent))
    for rang, personne in enumerate(entrees[:: max(1, len(entrees) // SORTIES)][:SORTIES]):
        fin = a.ouvre(-2 - rang)
        a.tenter("sorties de l'accompagnement global", suivi.clore_global, personne=personne, fin=fin,
                 issue=_ISSUES[rang % len(_ISSUES)], par=a.organisation.comptes["social"], le=a.il_y_a(1))  # fmt: skip


def _entrer(a: Atelier, situation: Situation, agence: Structure, rang: int) -> Personne | None:
    par = situation.referent_agent
    debut = a.au - timedelta(days=40 + 9 * rang)
    fait = par and a.tenter(
        "entrées en accompagnement global", suivi.ouvrir_global, personne=situation.personne,
        coreferent_structure=agence, coreferent_nom=f"{identites.prenom(a.alea, '2').title()} {_initiale(rang)}.",
        debut=debut, par=par, le=a.il_y_a(20),
    )  # fmt: skip
    return situation.personne if fait else None


def _sans_rsa(a: Atelier, agence: Structure, structure: Structure, referent: Agent | None) -> Iterator[Personne]:
    """Known by no file: received at the counter, they ask for no RSA."""
    par = a.organisation.comptes["social"]
    for rang in range(SANS_RSA):
        code, sexe = (("2", Sexe.FEMME), ("1", Sexe.HOMME))[rang % 2]
        personne = a.tenter(
            "personnes sans RSA reçues", ouvrir_au_guichet, structure=structure, par=par, le=a.il_y_a(25),
            etat_civil=EtatCivil(
                nom=identites.nom(a.alea), prenom=identites.prenom(a.alea, code), sexe=sexe,
                date_naissance=date(1972 + 2 * rang, 1 + rang % 12, 3 + rang),
            ),
        )  # fmt: skip
        if personne is None:
            continue
        fait = a.tenter(
            "entrées en accompagnement global", suivi.ouvrir_global, personne=personne, coreferent_structure=agence,
            structure=structure, referent=referent, debut=a.au - timedelta(days=30), par=par, le=a.il_y_a(20),
        )  # fmt: skip
        if fait is not None:
            yield personne


def _proteger(a: Atelier) -> None:
    """One file is restricted to two readers (V13)."""
    for situation in _suivies(1, ordre="-depuis", referent_agent=a.organisation.comptes["referente"]):
        a.tenter(
            "dossiers sensibles", marquer_sensible, personne=situation.personne, motif="Proche d'un agent",
            lecteurs=[a.organisation.comptes["referente"], a.organisation.comptes["encadrante"]],
            par=a.organisation.comptes["encadrante"], le=a.il_y_a(6),
        )  # fmt: skip


# People -------------------------------------------------------------------------------------------------------------
def _suivies(combien: int, *, ordre: str = "personne_id", **filtres: Any) -> list[Situation]:
    return _situations(combien, [Etat.ACCOMPAGNEE], ordre=ordre, **filtres)


def _situations(combien: int, etats: list[Etat], *, ordre: str = "personne_id", **filtres: Any) -> list[Situation]:
    lignes = Situation.objects.filter(
        etat__in=etats, personne__canonique__isnull=True, personne__dossier_sensible=False, **filtres
    )
    lignes = lignes.select_related("personne", "referent_agent", "referent_structure")
    return list(lignes.order_by(ordre, "personne_id")[:combien])


def _du_social(combien: int) -> list[Situation]:
    """Those whom the social service of the Département accompanies."""
    types = [str(TypeStructure.EDS), str(TypeStructure.EI), str(TypeStructure.EQUIPE_SPECIALISEE)]
    return _suivies(combien, ordre="-dernier_contact_le", referent_structure__type__in=types,
                    referent_agent__isnull=False)  # fmt: skip


def _agence() -> Structure | None:
    return Structure.objects.filter(type=TypeStructure.OPERATEUR_EMPLOI, fin__isnull=True).order_by("pk").first()


def _initiale(rang: int) -> str:
    return "BCDFGLMNPRSTV"[rang % 13]
