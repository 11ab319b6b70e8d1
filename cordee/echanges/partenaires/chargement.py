"""Loading what a partner says, whatever its form: read to the end, matched, taken once, told.

Nothing is written before the whole file has been read, then everything in one transaction: killed at any moment, a
loading leaves nothing half done and can be run again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeAlias

from django.db import connection, transaction

from cordee.echanges.fichiers.avancement import Avancement
from cordee.echanges.fichiers.chargement import issue, noter_etat, octets_de
from cordee.echanges.fichiers.depot import FichierIncomplet, oublier_copie
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, GenreElement, Portee, StatutFichier
from cordee.echanges.fichiers.rapport import ElementRapporte, RapportLignes
from cordee.echanges.fichiers.rejets import element, sans_nir
from cordee.echanges.fichiers.verrou import seul
from cordee.echanges.partenaires import phrases
from cordee.echanges.partenaires.identites import reconnaitre, retenir_identifiants
from cordee.echanges.partenaires.services import dissocier
from cordee.echanges.partenaires.valeurs import CorrespondanceInadaptee, LigneEcartee, LigneLue, Total, ecrire_textes
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.suivi.regles import InformationDite
from cordee.metier.suivi.services import BilanInformations, noter_informations
from cordee.socle.horloge import jour

Lue: TypeAlias = LigneLue | LigneEcartee | Total
Lecture: TypeAlias = Callable[[Path], Iterator[Lue]]
_LOT: Final = 2000
LIGNES_MAX: Final = 200_000
"""Lines of one file. The largest partner follows 23,000 people (E05)."""
DOUTE: Final = "identite_a_preciser"
DOUBLE: Final = "personne_en_double"


@dataclass(slots=True)
class Prises:
    """What a set of lines gave."""

    lues: list[LigneLue]
    sures: dict[int, int] = field(default_factory=dict)
    ecartees: list[LigneEcartee] = field(default_factory=list)
    informations: list[InformationDite] = field(default_factory=list)
    repetees: int = 0
    introuvables: int = 0
    bilan: BilanInformations = field(default_factory=BilanInformations)
    identifiants: int = 0


def charger(*, fichier: FichierRecu, lire: Lecture, organisme: str = "", par: Agent, le: datetime,
            confirmer: bool = False, chemin: Path | None = None) -> RapportLignes:  # fmt: skip
    """Load a file received. Loaded already: its report, with ``deja_recu``, and nothing changes.

    Args:
        lire: gives the lines of the file, then a :class:`Total`.
        organisme: code of the payer whose « matricule » the lines carry.
        confirmer: load although every line is about somebody unknown here; held otherwise (``a_confirmer``): the same
            bytes load once only.
        chemin: where the file is; the copy kept at reception by default.

    Raises:
        FichierRefuse: the file is refused whole; the reason is kept.
        FichierIncomplet: refused before, its copy is gone, nobody said which partner it comes from, or its mapping does
            not fit (``CorrespondanceInadaptee``).
    """
    with seul(fichier):
        fichier.refresh_from_db()
        if fichier.statut == StatutFichier.CHARGE:
            rapport = RapportLignes.de_json(fichier.rapport)
            rapport.deja_recu = True
            return rapport
        if fichier.statut == StatutFichier.REFUSE:
            raise FichierIncomplet(fichier.erreur)
        if fichier.emetteur is None:
            raise FichierIncomplet(fichier.erreur or "Dites d'abord de quel partenaire vient ce fichier.")
        chemin = octets_de(fichier, chemin)
        return _Chargement(fichier, fichier.emetteur, organisme=organisme, par=par, le=le).mener(
            lire, chemin, confirmer=confirmer
        )


@transaction.atomic
def prendre(
    lues: Sequence[LigneLue], *, fichier: FichierRecu, partenaire: Structure, organisme: str = "", par: Agent,
    le: datetime,
) -> Prises:  # fmt: skip
    """Match lines and take what they say: the same acts for a whole file and for one line played again."""
    prises = Prises(list(lues))
    recu_le = min(fichier.recu_le, jour(le))
    reconnues = reconnaitre(lues, organisme=organisme)
    prises.sures = reconnues.sures
    dites: dict[int, InformationDite] = {}
    for ligne in lues:
        if ligne.rang in reconnues.douteuses:
            prises.ecartees.append(_ecarter(ligne, DOUTE, f"Identité à préciser. {reconnues.douteuses[ligne.rang]}"))
        elif ligne.rang not in reconnues.sures:
            prises.introuvables += 1
        else:
            dite = _information(ligne, reconnues.sures[ligne.rang])
            deja = dites.setdefault(dite.personne, dite)
            if deja is not dite and deja.contenu == dite.contenu:
                prises.repetees += 1
            elif deja is not dite:
                prises.ecartees.append(_ecarter(ligne, DOUBLE, "Une autre ligne dit autre chose de la même personne."))
    prises.informations = list(dites.values())
    prises.identifiants = retenir_identifiants(lues, reconnues.sures, connu_le=recu_le)
    prises.bilan = noter_informations(
        informations=prises.informations, partenaire=partenaire, au=fichier.reference_le or recu_le, recue_le=recu_le,
        fichier=fichier.pk, par=par, le=le,
    )  # fmt: skip
    return prises


class _Chargement:
    """One run of :func:`charger`."""

    def __init__(
        self, fichier: FichierRecu, partenaire: Structure, *, organisme: str, par: Agent, le: datetime
    ) -> None:
        self.fichier, self.partenaire, self.organisme, self.par, self.le = fichier, partenaire, organisme, par, le
        self.debut = time.perf_counter()
        self.rapport = RapportLignes(
            type=fichier.type, emetteur=partenaire.code, empreinte=fichier.empreinte, portee=Portee.COURANT,
            reference=fichier.reference_le.isoformat() if fichier.reference_le else "",
            recu_le=fichier.recu_le.isoformat(),
        )  # fmt: skip
        self.avertissements: Counter[str] = Counter()
        self.ecartees: list[LigneEcartee] = []

    def mener(self, lire: Lecture, chemin: Path, *, confirmer: bool) -> RapportLignes:
        noter_etat(self.fichier, statut=StatutFichier.EN_COURS, portee=Portee.COURANT, erreur="", avancement=0)
        try:
            with issue(self.fichier), Avancement(self.fichier.pk) as avancement:
                avancement.dire("Lecture du fichier", 0)
                lues = self._lire(lire(chemin), avancement)
                avancement.dire("Rapprochement des personnes", self.rapport.lus)
                with transaction.atomic():
                    with connection.cursor() as curseur:
                        curseur.execute("SET LOCAL lock_timeout = '2min'")
                    prises = prendre(
                        lues, fichier=self.fichier, partenaire=self.partenaire, organisme=self.organisme, par=self.par,
                        le=self.le,
                    )  # fmt: skip
                    if prises.introuvables and prises.introuvables == self.rapport.lus and not confirmer:
                        return self._attendre()
                    avancement.dire("Écriture de ce qui a changé")
                    self._conclure(prises)
        except CorrespondanceInadaptee as inadaptee:
            dissocier(fichier=self.fichier, raison=str(inadaptee))
            raise
        oublier_copie(self.fichier)
        return self.rapport

    def _lire(self, lecture: Iterator[Lue], avancement: Avancement) -> list[LigneLue]:
        lues: list[LigneLue] = []
        for lue in lecture:
            if isinstance(lue, Total):
                self.rapport.lus, self.rapport.annonces = lue.lus, lue.annonces
                if lue.annonces is not None and lue.annonces != lue.lus:
                    self.avertissements["total_incoherent"] += 1
                continue
            if isinstance(lue, LigneEcartee):
                self.ecartees.append(lue)
            else:
                lues.append(lue)
                self.avertissements.update(lue.avertissements)
            if lue.rang % _LOT == 0:
                avancement.dire("Lecture du fichier", lue.rang)
        return lues

    def _attendre(self) -> RapportLignes:
        """Nobody of the file is known here: nothing is written, and it waits."""
        raison = (
            f"Aucune des {self.rapport.lus} lignes ne parle d'une personne connue ici : ce fichier est peut-être celui "
            "d'un autre département, ou il faut charger d'abord le fichier mensuel. Confirmez pour le classer tel quel."
        )
        self.rapport.introuvables = self.rapport.lus
        self.rapport.statut, self.rapport.message = StatutFichier.A_CONFIRMER, raison
        noter_etat(self.fichier,
            statut=StatutFichier.A_CONFIRMER, erreur=raison, etape_traitement="", rapport=self.rapport.vers_json(),
            lus=self.rapport.lus, annonces=self.rapport.annonces,
        )  # fmt: skip
        return self.rapport

    def _conclure(self, prises: Prises) -> None:
        rapport, bilan = self.rapport, prises.bilan
        self.ecartees += prises.ecartees
        rejets = list(elements(self.ecartees, fichier=self.fichier, le=self.le))
        ElementRejete.objects.bulk_create(rejets, batch_size=500)
        rapport.rejets = [ElementRapporte(r.ligne, "", r.motif) for r in sorted(rejets, key=lambda r: r.ligne)]
        rapport.pris = len(bilan.prises)
        rapport.inchanges = len(bilan.inchangees) + prises.repetees
        rapport.introuvables = prises.introuvables
        rapport.compteurs = phrases.compter(prises.informations, bilan, ecartees=self.ecartees, doute=DOUTE)
        rapport.compteurs["identifiants_retenus"] = prises.identifiants
        rapport.avertissements = dict(self.avertissements.most_common())
        rapport.phrases = phrases.rediger(rapport, partenaire=self.partenaire.nom)
        rapport.statut = StatutFichier.CHARGE
        rapport.duree_s = round(time.perf_counter() - self.debut, 2)
        noter_etat(self.fichier,
            statut=StatutFichier.CHARGE, charge_le=self.le, etape_traitement="", rapport=rapport.vers_json(),
            avancement=rapport.lus, annonces=rapport.annonces, lus=rapport.lus,
        )  # fmt: skip


def elements(ecartees: Iterable[LigneEcartee], *, fichier: FichierRecu, le: datetime) -> Iterator[ElementRejete]:
    """What is set aside, encrypted, without NIR (V1)."""
    for e in ecartees:
        yield element(
            fichier=fichier, genre=GenreElement.LIGNE, rang=e.rang, ligne=e.ligne, repere=f"ligne {e.ligne}",
            code=e.code, motif=e.motif, texte=sans_nir(ecrire_textes(e.textes)), le=le,
        )  # fmt: skip


def _information(ligne: LigneLue, personne: int) -> InformationDite:
    return InformationDite(
        personne=personne, contrat=ligne.contrat, dernier_contact=ligne.contact, prochain_contact_le=ligne.prochain,
        referent=ligne.referent, referent_structure=ligne.structure,
    )  # fmt: skip


def _ecarter(ligne: LigneLue, code: str, motif: str) -> LigneEcartee:
    return LigneEcartee(rang=ligne.rang, ligne=ligne.ligne, code=code, motif=motif[:300], textes=ligne.textes)


def limite_de(fichier: FichierRecu, le: datetime) -> date:
    """The day after which nothing the file says can have happened."""
    return min(fichier.recu_le, jour(le))
