"""The files received during the history, as facts: their dates, how many households, what each told.

They were never written anywhere: their bytes are not known, their prints are made up from the seed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection

from cordee.demo.fichiers import cree_le, recu_le
from cordee.demo.foyers import ORGANISMES
from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.caf.reception import nom_d_organisme
from cordee.echanges.fichiers.models import FichierRecu, Portee, StatutFichier, TypeFichier
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle.horloge import PARIS

E = GenreEvenement
_CHARGEMENT: Final = timedelta(hours=8)
_TAILLE_D_UN_FOYER: Final = 5200
"""Bytes, about."""
_MOIS_DE_CONTENU: Final = 13
"""Files whose households are kept one by one: enough for a corrected or late file to find its place."""


class Vus(NamedTuple):
    """A household sent without a break, both photos included. ``code``: « CAF941 »."""

    foyer_id: int
    code: str
    debut: date
    fin: date


@dataclass(frozen=True, slots=True)
class FichiersPasses:
    """The monthly files, by payer (« CAF ») or code (« CAF941 ») and photo. ``organismes``: code → row."""

    photos: tuple[date, ...]
    organismes: Mapping[str, int]
    par_code: Mapping[tuple[str, date], int]
    par_payeur: Mapping[tuple[str, date], int]

    @classmethod
    def inscrire(cls, photos: Sequence[date], *, graine: int, par: Agent) -> FichiersPasses:
        """Record that these files came, each on its day."""
        organismes: dict[str, int] = {}
        par_code: dict[tuple[str, date], int] = {}
        par_payeur: dict[tuple[str, date], int] = {}
        for payeur, (_, numero) in ORGANISMES.items():
            code = payeur + numero
            nom = nom_d_organisme(payeur, numero)
            organisme = OrganismePayeur.objects.get_or_create(code=code, defaults={"nom": nom})[0]
            organismes[code] = organisme.pk
            recus = FichierRecu.objects.bulk_create(
                _fichier(organisme, payeur, photo, graine=graine, par=par) for photo in photos
            )
            for photo, fichier in zip(photos, recus, strict=True):
                par_code[code, photo] = par_payeur[payeur, photo] = fichier.pk
        return cls(tuple(photos), organismes, par_code, par_payeur)

    def raconter(self, vus: Sequence[Vus], faits: Mapping[tuple[int, str], int]) -> None:
        """Write what each file held and told, once everything has been lived."""
        foyers = self._compter(vus)
        fichiers = FichierRecu.objects.in_bulk(self.par_code.values())
        for cle, pk in self.par_code.items():
            _rapporter(fichiers[pk], foyers[cle], {g: n for (f, g), n in faits.items() if f == pk})
        FichierRecu.objects.bulk_update(fichiers.values(), ["annonces", "lus", "avancement", "taille", "rapport"])
        self._contenir(vus)

    def _compter(self, vus: Sequence[Vus]) -> Counter[tuple[str, date]]:
        """Households of each file: those that came in less those that went out, photo after photo."""
        mouvements: Counter[tuple[str, date]] = Counter()
        for vu in vus:
            mouvements[vu.code, vu.debut] += 1
            mouvements[vu.code, vu.fin + timedelta(days=1)] -= 1
        foyers: Counter[tuple[str, date]] = Counter()
        for code in self.organismes:
            cumul = 0
            for photo in self.photos:
                cumul += mouvements[code, photo] + mouvements[code, photo.replace(day=1)]
                foyers[code, photo] = cumul
        return foyers

    def _contenir(self, vus: Sequence[Vus]) -> None:
        gardees = self.photos[-_MOIS_DE_CONTENU:]
        utiles = [vu for vu in vus if vu.fin >= gardees[0]]
        with connection.cursor() as curseur:
            curseur.execute(
                """
                INSERT INTO caf_contenufichier (fichier_id, foyers, illisibles, parties)
                SELECT f.id, array_agg(v.foyer_id ORDER BY v.foyer_id), '{}', '{}'
                FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[]) v (foyer_id, code, debut, fin)
                JOIN personnes_organismepayeur o ON o.code = v.code
                JOIN fichiers_fichierrecu f ON f.organisme_id = o.id AND f.reference_le BETWEEN v.debut AND v.fin
                WHERE f.reference_le >= %s AND f.type = %s GROUP BY f.id
                """,
                [
                    *([getattr(vu, champ) for vu in utiles] for champ in Vus._fields), gardees[0],
                    TypeFichier.BENEFICIAIRES_MENSUEL,
                ],
            )  # fmt: skip


def _fichier(organisme: OrganismePayeur, payeur: str, photo: date, *, graine: int, par: Agent) -> FichierRecu:
    recu = recu_le(photo)
    le = datetime.combine(recu, datetime.min.time(), tzinfo=PARIS) + _CHARGEMENT
    nom = f"{payeur}BEM.{recu:%Y-%m}.xml"
    return FichierRecu(
        empreinte=hashlib.sha256(f"demonstration:{graine}:{nom}".encode()).hexdigest(), nom=nom,
        type=TypeFichier.BENEFICIAIRES_MENSUEL, organisme=organisme, reference_le=photo, cree_le=cree_le(photo),
        recu_le=recu, depose_le=le, depose_par=par, taille=0, statut=StatutFichier.CHARGE, portee=Portee.COURANT,
        charge_le=le,
    )  # fmt: skip


def _rapporter(fichier: FichierRecu, foyers: int, genres: dict[str, int]) -> None:
    rapport = Rapport(
        organisme=fichier.organisme.code if fichier.organisme else "", foyers_annonces=foyers, foyers_lus=foyers,
        nouveaux_entrants=genres.get(E.ENTREE_SDD, 0), retours=genres.get(E.RETOUR_SDD, 0),
        sortants=genres.get(E.FIN_SDD, 0) + genres.get(E.DROIT_CLOS, 0),
        changements_adresse=genres.get(E.ADRESSE_CHANGEE, 0), evenements=genres,
    )  # fmt: skip
    rapport.type, rapport.statut, rapport.portee = fichier.type, StatutFichier.CHARGE, Portee.COURANT
    rapport.reference = fichier.reference_le.isoformat() if fichier.reference_le else ""
    rapport.recu_le, rapport.empreinte = fichier.recu_le.isoformat(), fichier.empreinte
    rapport.rediger()
    fichier.rapport = rapport.vers_json()
    fichier.annonces = fichier.lus = fichier.avancement = foyers
    fichier.taille = foyers * _TAILLE_D_UN_FOYER
