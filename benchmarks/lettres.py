"""5,000 letters: written in bulk, put into one sorted file, given to the post; beside a bare compilation of the pages.

The bare limit is Typst alone on the same data, in the same lots, in the same process: no database, no proof, no page
that counts, no merging. Memory is the peak of this process.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
from datetime import date, datetime
from time import perf_counter
from typing import Any

import typst
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.mesure import Mesure
from cordee.echanges.messagerie import impression
from cordee.metier.courriers import polices, rendu, services
from cordee.metier.courriers.composition import MODELES, POLICES_DE_SECOURS
from cordee.metier.courriers.enums import Canal, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import LettreAEcrire
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.enums import Localisation, Sexe, SourceDonnee
from cordee.metier.personnes.models import Adresse, Personne
from cordee.socle.horloge import PARIS

COMBIEN = 5_000
LE = datetime(2026, 2, 17, 9, tzinfo=PARIS)
CONTENU: dict[str, Any] = {
    "departement": {
        "nom": "Département d'essai", "service": "Plateforme d'orientation", "adresse": ["1, rue du Banc"],
        "telephone": "01 99 00 00 01",
    },
    "rdv": {
        "quand": datetime(2026, 3, 3, 9, 30, tzinfo=PARIS), "duree": "45 minutes",
        "lieu": {"nom": "Espace des solidarités", "adresse": ["12, rue de la Paix", "94000 Créteil"]},
        "pourquoi": "Faire connaissance, parler de votre situation et de vos projets.",
        "apporter": ["une pièce d'identité", "votre CV, si vous en avez un"],
    },
    "deplacer": {"telephone": "01 99 00 00 01"},
}  # fmt: skip


def mesurer(options: argparse.Namespace) -> list[Mesure]:
    """Writing, file, posting; the file against bare Typst; memory."""
    par = Agent.objects.create(courriel="banc@exemple.invalid", nom="Banc", prenom="", cree_le=LE)
    personnes = _habitants(COMBIEN)
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="cordee-lettres-")
    try:
        lettres = [LettreAEcrire(personne_id=p.pk, donnees=CONTENU, canal=Canal.COURRIER) for p in personnes]
        debut = perf_counter()
        with CaptureQueriesContext(connection) as requetes:
            services.emettre_lot(lettres=lettres, genre=GenreCourrier.CONVOCATION, par=par, le=LE)
        ecriture = perf_counter() - debut
        debut = perf_counter()
        lot = services.preparer_lot(
            courriers=Courrier.objects.all(), moyen=MoyenRemise.LETTRE_SIMPLE, par=par, le=LE
        )  # fmt: skip
        impression.preparer_fichiers(lot=lot, le=LE)
        fichier = perf_counter() - debut
        memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lot.refresh_from_db()
        debut = perf_counter()
        services.poster(lot=lot, le_jour=LE.date(), par=par, le=LE)
        poste = perf_counter() - debut
        octets = impression.fichier_du_lot(lot).stat().st_size
    finally:
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    nu = _typst_seul(list(Courrier.objects.order_by("pk").values_list("donnees", flat=True)))
    return [
        Mesure(f"{COMBIEN} lettres écrites, avec leur preuve", ecriture, 30, "s", f"{len(requetes)} requêtes"),
        Mesure(f"{COMBIEN} lettres en un fichier trié", fichier, 60, "s",
               f"{lot.pages} pages, {octets / 1e6:.0f} Mo, lots de {rendu.TAILLE_LOT}"),
        Mesure("le même fichier, rapporté à Typst seul", fichier / nu, 3, "×", f"Typst seul : {nu:.1f} s"),
        Mesure("remise à La Poste, en un acte", poste, 10, "s"),
        Mesure("mémoire résidente, au plus haut", memoire, 1_500, "Mo"),
    ]  # fmt: skip


def _habitants(combien: int) -> list[Personne]:
    qui = {"prenom": "Camille", "sexe": Sexe.FEMME, "source": SourceDonnee.DEMONSTRATION, "cree_le": LE}
    gens = Personne.objects.bulk_create([Personne(nom=f"Fictif{n:05d}", **qui) for n in range(combien)])
    Adresse.objects.bulk_create(
        [Adresse(personne=p, localisation=Localisation.INCONNUE, numero="5", type_voie="RUE", voie="DES LILAS FICTIFS",
                 code_postal=f"94{n * 7919 % 470:03d}", ville="COMMUNE", source=SourceDonnee.DEMONSTRATION,
                 debut=date(2024, 1, 1))
         for n, p in enumerate(gens)]
    )  # fmt: skip
    return gens


def _typst_seul(donnees: list[dict[str, Any]]) -> float:
    """Seconds of bare compilations of the same letters, in the same lots."""
    dossier = polices.dossier_polices()
    compilateur = typst.Compiler(
        MODELES / "principal.typ", root=MODELES,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[dossier] if dossier else []),
    )  # fmt: skip
    base = {"date": "mardi 17 février 2026", "modele": "convocation", "titre": "Votre rendez-vous", "corps": 11,
            "grands_caracteres": False}  # fmt: skip
    commun = {"titre": "Banc", "auteur": "Banc", "recto_verso": True, "lot": None,
              "polices": [*([polices.FAMILLE] if dossier else []), *POLICES_DE_SECOURS]}  # fmt: skip
    debut = perf_counter()
    for rang in range(0, len(donnees), rendu.TAILLE_LOT):
        lettres = [{**base, **d} for d in donnees[rang : rang + rendu.TAILLE_LOT]]
        compilateur.compile(
            sys_inputs={"entree": json.dumps({**commun, "lettres": lettres}, ensure_ascii=False)}, format="pdf",
            pdf_standards=["ua-1"],
        )  # fmt: skip
    return perf_counter() - debut
