"""A contacts file: received, looked at, loaded; a line set aside is played again once corrected.

Read and staged, then merged once, all in one transaction: killed at any moment, nothing is half done.

The file says no date of its own and its name is not believed: the day it is true of is typed at deposit, the day of
reception otherwise.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction

from cordee.echanges.contacts import fusion, rapprochement, transit
from cordee.echanges.contacts.apercu import ApercuContacts, apercevoir
from cordee.echanges.contacts.colonnes import reconnaitre
from cordee.echanges.contacts.lecture import LigneLue, LigneRejetee, lire, lire_texte_garde, textes
from cordee.echanges.contacts.rapport import rediger
from cordee.echanges.fichiers.avancement import Avancement
from cordee.echanges.fichiers.chargement import issue, noter_etat, octets_de
from cordee.echanges.fichiers.depot import (
    FichierRefuse,
    ReceptionImpossible,
    oublier_copie,
)
from cordee.echanges.fichiers.models import (
    ElementRejete,
    FichierRecu,
    GenreElement,
    Portee,
    StatutFichier,
    TypeFichier,
)
from cordee.echanges.fichiers.rapport import ElementRapporte, RapportLignes
from cordee.echanges.fichiers.reception import annonce_de, noter_annonce, recevoir_fait
from cordee.echanges.fichiers.rejets import element
from cordee.echanges.fichiers.verrou import seul
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

EMETTEUR: Final = "CNAF"
PART_INCONNUE: Final = 0.5
"""Share of lines about nobody known here from which the file waits for a confirmation."""
_INCONNUES_MIN: Final = 20
_LOT: Final = 5000


class LigneEncoreFausse(ErreurMetier):
    """A line played again that still cannot be taken; the sentence says why."""


# Reception ----------------------------------------------------------------------------------------------------------
def recevoir(
    *, chemin: Path, nom: str, recu_le: date | None, par: Agent, le: datetime, deposer: bool = True,
    date_du_fichier: date | None = None,
) -> FichierRecu:  # fmt: skip
    """Record a contacts file. The same bytes twice are the same fact. Nothing of its content is written yet.

    Args:
        recu_le: day of reception, today by default.
        date_du_fichier: the day its content is true of; the day of reception by default. Files are put in order by it.

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: a day to come, or a file made after its reception.
    """
    recu = recu_le or jour(le)
    if date_du_fichier is not None and date_du_fichier > recu:
        raise ReceptionImpossible("La date du fichier suit sa réception : vérifiez les deux dates.")

    def identifier(fichier: FichierRecu) -> None:
        fichier.type = TypeFichier.CONTACTS
        fichier.reference_le = date_du_fichier or recu
        if reconnaitre(chemin) is None:
            raise FichierRefuse("Ce n'est pas le fichier des contacts de la CNAF : ses colonnes manquent.")

    return recevoir_fait(
        chemin=chemin, nom=nom, identifier=identifier, recu_le=recu_le, par=par, le=le, deposer=deposer
    )


def noter_apercu(*, fichier: FichierRecu) -> ApercuContacts | None:
    """Look at the copy of a file just received and keep what it announces. Unreadable to its end: refused."""
    return noter_annonce(fichier, lambda chemin: apercevoir(chemin, reference=reference_de(fichier)))


def apercu_de(fichier: FichierRecu) -> ApercuContacts | None:
    """What was noted at reception, until the report of the loading takes its place."""
    note = annonce_de(fichier)
    return ApercuContacts.de_json(note) if note else None


# Loading ------------------------------------------------------------------------------------------------------------
def charger(
    *, fichier: FichierRecu, par: Agent, le: datetime, confirmer: bool = False, chemin: Path | None = None
) -> RapportLignes:
    """Load a contacts file. Loaded already: its report, with ``deja_recu``, and nothing changes.

    Args:
        confirmer: load although most of its lines are about nobody known here; held otherwise (``a_confirmer``).
        chemin: where the file is; the copy kept at reception by default.

    Raises:
        FichierRefuse: the file is refused whole; the reason is kept.
        FichierIncomplet: refused before, or its copy is gone.
    """
    with seul(fichier):
        fichier.refresh_from_db()
        if fichier.statut == StatutFichier.CHARGE:
            rapport = RapportLignes.de_json(fichier.rapport)
            rapport.deja_recu = True
            return rapport
        return _Chargement(fichier, le, octets_de(fichier, chemin)).mener(confirmer=confirmer)


class _Chargement:
    """One run of :func:`charger`."""

    def __init__(self, fichier: FichierRecu, le: datetime, chemin: Path) -> None:
        self.fichier, self.le, self.chemin = fichier, le, chemin
        self.debut = time.perf_counter()
        self.reference = reference_de(fichier)
        self.rapport = RapportLignes(
            type=TypeFichier.CONTACTS.value, emetteur=EMETTEUR, reference=self.reference.isoformat(),
            recu_le=fichier.recu_le.isoformat(), empreinte=fichier.empreinte,
        )  # fmt: skip
        self.rejets: list[ElementRejete] = []
        self.avis: Counter[str] = Counter()

    def mener(self, *, confirmer: bool) -> RapportLignes:
        self.rapport.portee = portee_de(self.fichier)
        noter_etat(self.fichier, statut=StatutFichier.EN_COURS, portee=self.rapport.portee, erreur="", avancement=0)
        with issue(self.fichier), Avancement(self.fichier.pk) as avancement, transaction.atomic():
            self._lire(avancement)
            avancement.dire("Rapprochement des personnes", self.rapport.lus)
            retenue = self._rapprocher()
            if retenue and not confirmer:
                self._attendre(retenue)
            else:
                avancement.dire("Écriture des contacts")
                self._ecrire()
        if self.rapport.statut == StatutFichier.CHARGE:
            oublier_copie(self.fichier)
        self.fichier.refresh_from_db()
        return self.rapport

    def _lire(self, avancement: Avancement) -> None:
        avancement.dire("Lecture du fichier", 0)
        transit.ouvrir()
        lues = lire(self.chemin)
        while lot := list(islice(lues, _LOT)):
            transit.verser(lue for lue in lot if isinstance(lue, LigneLue))
            for lue in lot:
                self.rapport.lus += 1
                if isinstance(lue, LigneRejetee):
                    self._mettre_de_cote(lue)
                else:
                    self.avis.update(lue.avis)
            avancement.dire("Lecture du fichier", self.rapport.lus)
        transit.analyser()

    def _rapprocher(self) -> str:
        """Recognise the persons; the reason to wait, if most of them are unknown here."""
        trouve = rapprochement.rapprocher()
        self.rapport.introuvables = trouve.introuvables
        gardes = textes(self.chemin, {ecartee.rang for ecartee in trouve.ecartees})
        for ecartee in trouve.ecartees:
            self._mettre_de_cote(
                LigneRejetee(
                    ligne=ecartee.ligne, rang=ecartee.rang, repere=ecartee.repere, code=ecartee.code,
                    motif=rapprochement.MOTIFS[ecartee.code], texte=gardes[ecartee.rang],
                )
            )  # fmt: skip
        toutes = trouve.introuvables and trouve.introuvables == self.rapport.lus  # the same bytes load once only
        if not toutes and trouve.introuvables < max(_INCONNUES_MIN, self.rapport.lus * PART_INCONNUE):
            return ""
        return (
            f"{trouve.introuvables} lignes sur {self.rapport.lus} parlent de personnes inconnues ici : ce fichier est "
            "peut-être celui d'un autre département, ou il faut charger d'abord le fichier mensuel. Confirmez pour le "
            "charger tel quel."
        )

    def _mettre_de_cote(self, lue: LigneRejetee) -> None:
        self.rapport.rejets.append(ElementRapporte(lue.ligne, lue.repere, lue.motif))
        self.rejets.append(
            element(
                fichier=self.fichier, genre=GenreElement.LIGNE, rang=lue.rang, ligne=lue.ligne, repere=lue.repere,
                code=lue.code, motif=lue.motif, texte=lue.texte, le=self.le,
            )
        )  # fmt: skip

    def _attendre(self, raison: str) -> None:
        self.rapport.statut, self.rapport.message = StatutFichier.A_CONFIRMER, raison
        self._noter(erreur=raison[:500])

    def _ecrire(self) -> None:
        ElementRejete.objects.bulk_create(self.rejets, batch_size=500)
        chiffres = fusion.fusionner(fusion.Contexte(self.fichier.pk, self.reference, self.le))
        rapport = self.rapport
        rapport.pris = chiffres.pop("pris")
        rapport.inchanges = rapport.lus - rapport.pris - rapport.introuvables - len(rapport.rejets)
        rapport.compteurs = chiffres
        rapport.statut = StatutFichier.CHARGE
        colonnes = reconnaitre(self.chemin)
        rediger(rapport, colonnes_inconnues=colonnes.inconnues if colonnes else ())
        self._noter(charge_le=self.le, erreur="")

    def _noter(self, **champs: object) -> None:
        rapport = self.rapport
        rapport.avertissements = dict(self.avis)
        rapport.duree_s = round(time.perf_counter() - self.debut, 2)
        noter_etat(self.fichier,
            statut=rapport.statut, etape_traitement="", rapport=rapport.vers_json(), avancement=rapport.lus,
            lus=rapport.lus, **champs,
        )  # fmt: skip


def reference_de(fichier: FichierRecu) -> date:
    """The day a file is true of: never after its reception, even corrected since."""
    return min(fichier.reference_le or fichier.recu_le, fichier.recu_le)


def portee_de(fichier: FichierRecu) -> Portee:
    """Whether a later contacts file is loaded: this one then only speaks of the persons that one did not name."""
    plus_recents = FichierRecu.objects.filter(
        type=TypeFichier.CONTACTS, statut=StatutFichier.CHARGE, reference_le__gt=reference_de(fichier)
    )
    return Portee.HISTORIQUE if plus_recents.exists() else Portee.COURANT


# Playing a line again -----------------------------------------------------------------------------------------------
@transaction.atomic
def rejouer(*, element: ElementRejete, texte: str, par: Agent, le: datetime) -> str:
    """Take a line that was set aside, as corrected (its header, then itself). The caller notes what became of it.

    Returns:
        What it gave, in one sentence.

    Raises:
        LigneEncoreFausse: it still cannot be taken, or speaks of nobody known here.
    """
    try:
        lue = lire_texte_garde(texte)
    except FichierRefuse as refus:
        raise LigneEncoreFausse(str(refus)) from None
    if isinstance(lue, LigneRejetee):
        raise LigneEncoreFausse(lue.motif)
    transit.ouvrir()
    transit.verser([lue])
    trouve = rapprochement.rapprocher()
    if trouve.ecartees:
        raise LigneEncoreFausse(rapprochement.MOTIFS[trouve.ecartees[0].code])
    if trouve.introuvables:
        raise LigneEncoreFausse(
            "Cette ligne parle d'une personne inconnue ici : un fichier de contacts ne crée personne."
        )
    fichier = element.fichier
    chiffres = fusion.fusionner(fusion.Contexte(fichier.pk, reference_de(fichier), le))
    transit.fermer()
    if chiffres["propositions"]:
        return "Proposé à l'agent : un contact plus récent est déjà connu."
    return "Contacts mis à jour." if chiffres["pris"] else "Rien à changer : ces contacts étaient déjà connus."
