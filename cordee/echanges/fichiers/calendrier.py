"""The calendar of expected files: what came, what is due, what is late (R29, R35).

A kind of file from a sender is expected from its first loading on, at the rhythm of its kind; ``FichierAttendu`` says
otherwise. A kind never met is never late. A refused file is no reception.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import F, Max, Min, Q
from django.db.models.functions import Coalesce, TruncDate

from cordee.echanges.fichiers import regles
from cordee.echanges.fichiers.models import (
    FichierAttendu,
    FichierRecu,
    Periodicite,
    RelanceFichier,
    StatutFichier,
    TypeFichier,
)
from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.models import OrganismePayeur
from cordee.reglementation.calendrier import ajouter_mois, jours_ouvres_entre
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import PARIS

_RYTHMES: Final = {
    TypeFichier.BENEFICIAIRES_MENSUEL: Periodicite.MENSUEL,
    TypeFichier.BENEFICIAIRES_QUOTIDIEN: Periodicite.QUOTIDIEN,
    TypeFichier.CONTACTS: Periodicite.MENSUEL,
    TypeFichier.OPERATEUR_EMPLOI: Periodicite.MENSUEL,
}
_JOURS: Final = {TypeFichier.OPERATEUR_EMPLOI: "fichier_operateur_jour_attendu"}
"""The parameter of the day a monthly file is due, where it is not the CAF's."""
_COURTS: Final = {
    TypeFichier.BENEFICIAIRES_MENSUEL: "Fichier mensuel",
    TypeFichier.BENEFICIAIRES_QUOTIDIEN: "Fichier quotidien",
    TypeFichier.BENEFICIAIRES_EXCEPTIONNEL: "Fichier exceptionnel",
}


class Cle(NamedTuple):
    """A kind of file from a sender."""

    type: str
    organisme: int | None
    emetteur: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attente:
    """A kind of file expected from a sender. ``premier``: month of its first arrival; ``dernier``: day of its last.

    ``derniere_reference``: what the last one received is about (reference date, or day it was made).
    """

    cle: Cle
    organisme: OrganismePayeur | None
    emetteur: Structure | None
    periodicite: Periodicite
    jour: int
    unite: Unite = Unite.DONNEES
    structure: Structure | None = None
    debut: date | None = None
    fin: date | None = None
    note: str = ""
    derniere_reference: date | None = None
    reglee: FichierAttendu | None = None

    @property
    def qui(self) -> str:
        """The sender; ``""`` when the kind has one only."""
        return self.organisme.nom if self.organisme else self.emetteur.nom if self.emetteur else ""

    @property
    def quoi(self) -> str:
        """The kind, in few words."""
        genre = TypeFichier(self.cle.type)
        return _COURTS.get(genre, genre.libelle)

    @property
    def nom(self) -> str:
        """Kind and sender."""
        return f"{self.quoi}, {self.qui}" if self.qui else self.quoi

    def active(self, au: date) -> bool:
        """Whether it is expected on a day."""
        return (self.debut is None or self.debut <= au) and (self.fin is None or au < self.fin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prochain:
    """The next file of an expectation. ``pour``: what it is about (a month's first day, or a day); ``jours``: how late
    it is, in days (working days for a daily), 0 when it is not; ``autres``: how many more should be here too.
    """

    attente: Attente
    pour: date
    attendu_le: date
    jours: int
    autres: int = 0
    relances: tuple[RelanceFichier, ...] = ()

    @property
    def quotidien(self) -> bool:
        return self.attente.periodicite is Periodicite.QUOTIDIEN

    @property
    def fichier(self) -> str:
        """« Fichier mensuel, CAF de Créteil, octobre 2026 »."""
        return f"{self.attente.nom}, {self.pour:%d/%m/%Y}" if self.quotidien else (
            f"{self.attente.nom}, {regles.mois_en_mots(self.pour)}"
        )  # fmt: skip

    @property
    def depuis(self) -> str:
        """« 3 jours de retard »."""
        unite = ("jour ouvré", "jours ouvrés") if self.quotidien else ("jour", "jours")
        return f"{self.jours} {unite[self.jours > 1]} de retard"

    @property
    def phrase(self) -> str:
        """What is announced from the first day of delay on (R29)."""
        periode = f"du {self.pour:%d/%m}" if self.quotidien else regles.de_mois(self.pour)
        de_qui = f" ({self.attente.qui})" if self.attente.qui else ""
        return f"{self.attente.quoi} {periode}{de_qui} attendu le {self.attendu_le:%d/%m}, non reçu : {self.depuis}."

    def escalade(self, au: date) -> bool:
        """Whether managers are told too."""
        return self.jours >= entier("fichier_attendu_escalade_jours", au=au)


REFERENCE: Final = Coalesce(F("reference_le"), TruncDate(F("cree_le"), tzinfo=PARIS), F("recu_le"))
"""What a file is about, or when it was made, or when it came."""


def attentes(au: date, *, toutes: bool = False) -> list[Attente]:
    """What is expected on a day, by kind then sender; ``toutes``: also what no longer is. Four queries."""
    vues = {
        Cle(genre, organisme, emetteur): (premiere, derniere)
        for genre, organisme, emetteur, premiere, derniere in FichierRecu.objects.exclude(statut=StatutFichier.REFUSE)
        .exclude(type="")
        .values_list("type", "organisme", "emetteur")
        .annotate(premiere=Min(REFERENCE, filter=Q(statut=StatutFichier.CHARGE)), derniere=Max(REFERENCE))
    }
    reglees = {
        Cle(r.type, r.organisme_id, r.emetteur_id): r for r in FichierAttendu.objects.select_related("structure")
    }
    cles = {cle for cle, (premiere, _) in vues.items() if premiere is not None} | set(reglees)
    organismes = OrganismePayeur.objects.in_bulk({c.organisme for c in cles if c.organisme})
    emetteurs = Structure.objects.in_bulk({c.emetteur for c in cles if c.emetteur})
    trouvees = []
    for cle in cles:
        premiere, derniere = vues.get(cle, (None, None))
        attente = Attente(
            cle=cle,
            organisme=organismes.get(cle.organisme) if cle.organisme else None,
            emetteur=emetteurs.get(cle.emetteur) if cle.emetteur else None,
            periodicite=_RYTHMES.get(TypeFichier(cle.type), Periodicite.LIBRE),
            jour=entier(_JOURS.get(TypeFichier(cle.type), "fichier_mensuel_jour_attendu"), au=au),
            debut=premiere,
            derniere_reference=derniere,
        )
        trouvees.append(_reglee(attente, reglees[cle]) if cle in reglees else attente)
    ordre = list(TypeFichier)
    trouvees.sort(key=lambda a: (ordre.index(TypeFichier(a.cle.type)), a.qui, a.cle.organisme or 0))
    return [a for a in trouvees if toutes or a.active(au)]


def _reglee(a: Attente, r: FichierAttendu) -> Attente:
    """What the data desk said goes before what the kind says."""
    return replace(
        a, periodicite=Periodicite(r.periodicite), jour=r.jour or a.jour, unite=Unite(r.unite), structure=r.structure,
        debut=r.debut, fin=r.fin, note=r.note, reglee=r,
    )  # fmt: skip


def prochains(au: date) -> list[Prochain]:
    """The next file of each expectation that has a rhythm, late ones first. Five queries."""
    suivants = [p for a in attentes(au) if (p := _prochain(a, au)) is not None]
    relances = _relances([p.attente.reglee.pk for p in suivants if p.attente.reglee])
    suivants = [
        replace(p, relances=tuple(relances[p.attente.reglee.pk, p.attendu_le])) if p.attente.reglee else p
        for p in suivants
    ]
    return sorted(suivants, key=lambda p: (-p.jours, p.attendu_le))


def retards(au: date) -> list[Prochain]:
    """What should be here and is not, from the first day of delay on."""
    return en_retard(prochains(au))


def en_retard(suivants: Iterable[Prochain]) -> list[Prochain]:
    """Those that should be here."""
    return [p for p in suivants if p.jours]


def _relances(pks: list[int]) -> dict[tuple[int, date], list[RelanceFichier]]:
    faites: dict[tuple[int, date], list[RelanceFichier]] = defaultdict(list)
    if pks:
        for r in RelanceFichier.objects.filter(attendu__in=pks).select_related("par").order_by("faite_le"):
            faites[r.attendu_id, r.attendu_le].append(r)
    return faites


def _prochain(a: Attente, au: date) -> Prochain | None:
    if a.periodicite is Periodicite.MENSUEL:
        return _prochain_mensuel(a, au)
    if a.periodicite is Periodicite.QUOTIDIEN:
        return _prochain_quotidien(a, au)
    return None


def _prochain_mensuel(a: Attente, au: date) -> Prochain:
    if a.derniere_reference is None:
        mois = regles.premier_du_mois(a.debut or au)
    else:
        arrive = regles.mois_d_arrivee(
            a.cle.type, reference=a.derniere_reference, cree_le=None, recu_le=a.derniere_reference
        )
        mois = max(ajouter_mois(arrive, 1), regles.premier_du_mois(a.debut) if a.reglee and a.debut else arrive)
    attendu = regles.mensuel_attendu_le(mois, a.jour)
    autres, suivant = 0, ajouter_mois(mois, 1)
    while regles.mensuel_attendu_le(suivant, a.jour) < au:
        autres, suivant = autres + 1, ajouter_mois(suivant, 1)
    jours = max((au - attendu).days, 0)
    return Prochain(
        attente=a, pour=regles.mois_couvert(a.cle.type, mois), attendu_le=attendu, jours=jours,
        autres=autres if jours else 0,
    )  # fmt: skip


def _prochain_quotidien(a: Attente, au: date) -> Prochain:
    dernier = a.derniere_reference or (a.debut or au) - timedelta(days=1)
    pour = regles.premier_quotidien_manquant(dernier)
    attendu = regles.quotidien_attendu_le(pour)
    jours = max(jours_ouvres_entre(attendu, au), 0)
    return Prochain(attente=a, pour=pour, attendu_le=attendu, jours=jours, autres=max(jours - 1, 0))


def premier_mois(a: Attente) -> date | None:
    """The first month of arrival a monthly is expected in."""
    if a.debut is None:
        return None
    if a.reglee is not None:
        return regles.premier_du_mois(a.debut)
    return regles.mois_d_arrivee(a.cle.type, reference=a.debut, cree_le=None, recu_le=a.debut)
