"""One household through its photos: its rows, those of its rights, of its addresses, of its people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol, TypeAlias

from cordee.demo.fichiers import cree_le, recu_le
from cordee.demo.foyers import ORGANISMES, matricule_de, nir_envoye
from cordee.demo.histoire import personnes
from cordee.demo.histoire.modele import Numeros
from cordee.demo.histoire.photos import photos_entre
from cordee.demo.histoire.versement_details import adresses, detail_du_foyer, droit_complet, personne_complete
from cordee.demo.histoire.versement_lignes import Fil, droit_bref, foyer_bref, personne_breve
from cordee.demo.identites import identifiant_operateur_emploi
from cordee.demo.modele import Individu, Menage
from cordee.echanges.caf.lignes import NUL, Carte, Sceau
from cordee.metier.personnes.enums import Presence
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import PARIS

Points: TypeAlias = list[tuple[date, Menage]]
"""Photos and what they show, in order."""
_CHARGEMENT = time(8)
"""When the file of the month is loaded, on the day it comes."""


def code_du_payeur(menage: Menage) -> str:
    """« CAF941 »."""
    return menage.organisme + ORGANISMES[menage.organisme][1]


@dataclass(slots=True)
class Connue:
    """A person as files knew her last, and the numbers they gave her."""

    personne_id: int
    individu: Individu
    premiere: date
    vu_le: date
    numeros: set[str] = field(default_factory=set)
    deces_le: date | None = None

    @property
    def cree_le(self) -> datetime:
        return datetime.combine(recu_le(self.premiere), _CHARGEMENT, tzinfo=PARIS)


class Feuilles(Protocol):
    """Where the rows of a lot are written, and what all its households need (``versement.Versement``)."""

    jusqu_au: date
    numeros: Numeros
    organismes: Mapping[str, int]
    fichiers: Mapping[tuple[str, date], int]
    sceau: Sceau
    lignes: dict[str, list[str]]
    foyers: dict[int, int]
    suites: list[tuple[int, int]]

    @property
    def carte_au(self) -> Callable[[date], Carte]: ...


class FoyerVerse:
    """The rows of one household."""

    def __init__(self, v: Feuilles, points: Points, connues: dict[int, Connue]) -> None:
        self.v, self.points, self.connues = v, points, connues
        menage = points[0][1]
        self.code = code_du_payeur(menage)
        self.pk = v.foyers[menage.numero] = v.numeros.suivant("personnes_foyer")
        self.matricule = matricule_de(menage)
        self.droit = self._fil("personnes_droitfoyer", str(self.pk))
        self.droits: dict[int, Fil] = {}
        self.adresses: dict[int, Fil] = {}
        self.lieu: tuple[object, ...] | None = None
        self.membres: dict[int, tuple[str, date]] = {}
        self.titulaires: dict[str, tuple[int, date]] = {}

    def verser(self) -> None:
        """Append every row to the tables of the lot."""
        for rang, (photo, menage) in enumerate(self.points):
            complet = photo == self.v.jusqu_au
            fichier = str(self.v.fichiers.get((self.code, photo), NUL))
            self._connaitre(menage, photo)
            self._droit_du_foyer(photo, menage, fichier, complet=complet)
            self._droits_des_personnes(photo, menage, fichier, complet=complet)
            self._lieux(photo, menage, fichier)
            self._rattacher(photo, menage, premiere=rang == 0)
            if rang + 1 == len(self.points):
                self._ligne(photo, menage, complet=complet)
        for fil in (self.droit, *self.droits.values(), *self.adresses.values()):
            fil.clore(None)
        for ordre, (valeurs, debut) in self.membres.items():
            self._appartenance(ordre, valeurs, debut, None)
        for role, (ordre, debut) in self.titulaires.items():
            self._demande(ordre, role, debut, None)

    def _fil(self, table: str, cle: str) -> Fil:
        return Fil(self.v.lignes[table], self.v.numeros, table, cle)

    def _ligne(self, photo: date, menage: Menage, *, complet: bool) -> None:
        absences = photos_entre(photo, self.v.jusqu_au)
        presence = Presence.TRANSMIS
        if absences:
            seuil = entier("non_transmis_mensuels", au=self.v.jusqu_au)
            presence = Presence.SORTANT_PRESUME if absences >= seuil else Presence.NON_TRANSMIS
        detail = detail_du_foyer(menage) if complet else foyer_bref(menage)
        self.v.lignes["personnes_foyer"].append(
            f"{self.pk}\t{self.v.organismes[self.code]}\t{menage.numdemrsa}\t{self.matricule}\t{menage.date_demande}\t"
            f"{menage.situation}\t{menage.situation_depuis}\t{len(menage.enfants)}\t{presence}\t{absences}\t{photo}\t"
            f"{cree_le(photo).isoformat()}\t{NUL}\t{NUL}\t{detail}\t{NUL}\n"
        )
        if menage.numero_precedent:
            self.v.suites.append((self.pk, menage.numero_precedent))

    # Rights and addresses --------------------------------------------------------------------------------------------
    def _droit_du_foyer(self, photo: date, menage: Menage, fichier: str, *, complet: bool) -> None:
        self.droit.dire(photo, droit_complet(menage, photo) if complet else droit_bref(menage, photo), fichier)

    def _droits_des_personnes(self, photo: date, menage: Menage, fichier: str, *, complet: bool) -> None:
        presents = (*menage.adultes, *menage.enfants)
        for individu in presents:
            fil = self.droits.get(individu.ordre)
            if fil is None:
                cle = f"{self.connues[individu.ordre].personne_id}\t{self.pk}"
                fil = self.droits[individu.ordre] = self._fil("personnes_droitpersonne", cle)
            if complet:
                valeurs = personne_complete(menage, individu, photo, self.v.sceau)
            else:
                valeurs = personne_breve(menage, individu, photo)
            fil.dire(photo, valeurs, fichier, remplace=individu.role == "ENF")
        ordres = {individu.ordre for individu in presents}
        for ordre, fil in self.droits.items():
            if ordre not in ordres:
                fil.clore(photo)

    def _lieux(self, photo: date, menage: Menage, fichier: str) -> None:
        carte = self.v.carte_au(recu_le(photo))
        lieu = (menage.adresse, menage.adresse_precedente, menage.domicilie, bool(menage.enfants), menage.en_couple,
                id(carte))  # fmt: skip
        if lieu == self.lieu:
            return
        self.lieu = lieu
        dites = adresses(menage, carte)
        for rang, valeurs in enumerate(dites, start=1):
            if rang not in self.adresses:
                self.adresses[rang] = self._fil("personnes_adresse", f"{self.pk}\t{rang}")
            self.adresses[rang].dire(photo, valeurs, fichier)
        for rang, fil in self.adresses.items():
            if rang > len(dites):
                fil.clore(photo)

    # People ----------------------------------------------------------------------------------------------------------
    def _connaitre(self, menage: Menage, photo: date) -> None:
        for individu in (*menage.adultes, *menage.enfants):
            connue = self.connues.get(individu.ordre)
            if connue is None:
                pk = self.v.numeros.suivant("personnes_personne")
                self.connues[individu.ordre] = Connue(pk, individu, photo, photo)
            elif photo >= connue.vu_le:
                connue.individu, connue.vu_le = individu, photo

    def _rattacher(self, photo: date, menage: Menage, *, premiere: bool) -> None:
        presents = {individu.ordre: individu for individu in (*menage.adultes, *menage.enfants)}
        for ordre in [o for o in self.membres if o not in presents]:
            valeurs, debut = self.membres.pop(ordre)
            self._appartenance(ordre, valeurs, debut, photo)
        for ordre, individu in presents.items():
            valeurs = personnes.appartenance(menage, individu)
            connu = self.membres.get(ordre)
            if connu is not None and connu[0][:3] != valeurs[:3]:  # another role
                self._appartenance(ordre, connu[0], connu[1], photo)
                connu = None
            depuis = connu[1] if connu else photo
            if premiere:
                depuis = min(max(menage.date_demande, individu.naissance), photo)
            self.membres[ordre] = (valeurs, depuis)
            if individu.role != "ENF":
                self._identifier(menage, individu, photo)

    def _appartenance(self, ordre: int, valeurs: str, debut: date, fin: date | None) -> None:
        pk = self.v.numeros.suivant("personnes_appartenance")
        self.v.lignes["personnes_appartenance"].append(
            f"{pk}\t{self.connues[ordre].personne_id}\t{self.pk}\t{valeurs}\t{debut}\t{fin or NUL}\n"
        )

    def _identifier(self, menage: Menage, individu: Individu, photo: date) -> None:
        """The numbers a photo teaches: the request under her role, the beneficiary number, the NIR, the operator's."""
        role, ordre = individu.role, individu.ordre
        titulaire = self.titulaires.get(role)
        if titulaire is None or titulaire[0] != ordre:
            if titulaire is not None:
                self._demande(titulaire[0], role, titulaire[1], photo)
            self.titulaires[role] = (ordre, photo)
        connue = self.connues[ordre]
        if "nir" not in connue.numeros:
            connue.numeros.add("nir")
            brut = nir_envoye(menage, individu)
            pk = self.v.numeros.suivant("personnes_identifiant")
            ligne = personnes.ligne_nir(pk, connue.personne_id, brut, sceau=self.v.sceau, debut=photo)
            self.v.lignes["personnes_identifiant"].append(ligne)
        self._apprendre(connue, "matricule", f"{self.code}:{self.matricule}", photo)
        if individu.inscrit_emploi:
            self._apprendre(connue, "operateur_emploi", identifiant_operateur_emploi(ordre), photo)

    def _apprendre(self, connue: Connue, genre: str, valeur: str, debut: date, fin: date | None = None) -> None:
        if valeur in connue.numeros:
            return
        connue.numeros.add(valeur)
        pk = self.v.numeros.suivant("personnes_identifiant")
        self.v.lignes["personnes_identifiant"].append(
            personnes.ligne_identifiant(pk, connue.personne_id, genre, valeur, debut=debut, fin=fin)
        )

    def _demande(self, ordre: int, role: str, debut: date, fin: date | None) -> None:
        """The request under a role: it ends when somebody else takes that role."""
        self._apprendre(self.connues[ordre], "numdemrsa", f"{self.points[0][1].numdemrsa}:{role}", debut, fin)
