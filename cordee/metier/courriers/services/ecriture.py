"""The rows of letters, one or thousands: same content, same proof, a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import Canal, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier, PreferenceContact
from cordee.metier.courriers.regles import reference_de
from cordee.metier.courriers.selectors import Destinataire
from cordee.metier.courriers.selectors.modeles import TextesEnVigueur
from cordee.metier.courriers.services.redaction import rediger
from cordee.metier.organismes.models import Agent

_PAR_REQUETE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Brouillon:
    """One letter about to be written: to whom, by which way, and what it says."""

    personne_id: int
    genre: GenreCourrier
    canal: Canal
    moyen: MoyenRemise | None
    qui: Destinataire
    contenu: Mapping[str, Any]
    objet_type: str = ""
    objet_id: int | None = None
    adresse_id: int | None = None
    contact_id: int | None = None
    au_representant: bool = False
    preference: PreferenceContact | None = None
    pour: str = ""


def ecrire(brouillons: Sequence[Brouillon], *, textes: TextesEnVigueur, par: Agent, le: datetime) -> list[Courrier]:
    """Store the letters, in order. What proves each: its data, the version of its template, and the digest of both.

    Raises:
        DonneesManquantes: a letter would mislead without a value; none is stored.
    """
    versions = {genre: rendu.version_modele(genre) for genre in {b.genre for b in brouillons}}
    lignes = []
    for pk, b in zip(_numeros(len(brouillons)), brouillons, strict=True):
        reference = reference_de(pk)
        contenu, modele_id = rediger(
            b.contenu, genre=b.genre, canal=b.canal, textes=textes, appel=b.qui.appel, reference=reference,
            preference=b.preference, pour=b.pour,
        )  # fmt: skip
        donnees = rendu.en_francais({**contenu, "destinataire": b.qui.pour_lettre(), "reference": reference})
        courrier = Courrier(
            pk=pk, personne_id=b.personne_id, genre=b.genre, canal=b.canal, moyen=b.moyen or "",
            destinataire=b.qui.nom[:160], au_representant=b.au_representant, donnees=donnees,
            version_modele=versions[b.genre],
            empreinte=rendu.empreinte(b.genre, donnees, le=le, version=versions[b.genre]),
            objet_type=b.objet_type, objet_id=b.objet_id, adresse_id=b.adresse_id, contact_id=b.contact_id,
            code_postal=b.qui.code_postal, modele_id=modele_id, cree_le=le, cree_par=par,
        )  # fmt: skip
        lignes.append(courrier)
    return Courrier.objects.bulk_create(lignes, batch_size=_PAR_REQUETE)


def _numeros(combien: int) -> list[int]:
    """Numbers of letters to come: printed on each, they are needed before the rows exist. A number may be lost."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Courrier._meta.db_table, combien],  # noqa: SLF001 - Django's documented API
        )
        return [numero for (numero,) in curseur.fetchall()]
