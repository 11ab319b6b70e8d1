"""People of a small world, row by row, as files and agents leave them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.contrats.models import Contrat
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.enums import EtatDroit, FinaliteRattachement, RoleFoyer, Sexe
from cordee.metier.personnes.models import Appartenance, DroitFoyer, DroitPersonne, Foyer, OuvertureDroit, Personne
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle.horloge import PARIS
from cordee.territoires.models import Commune
from tests import fabriques as f

DEBUT = date(2021, 12, 31)


def a(jour: date, heure: int = 10) -> datetime:
    return datetime.combine(jour, time(heure), tzinfo=PARIS)


def foyer(
    *, depuis: date = DEBUT, etat: EtatDroit = EtatDroit.OUVERT_VERSABLE, commune: Commune | None = None,
    demande_le: date | None = None, montant: str | None = "600", fin: date | None = None,
) -> Foyer:  # fmt: skip
    """A household whose right has been in that state since then."""
    nouveau = f.foyer(demande_le=demande_le or depuis)
    DroitFoyer.objects.create(foyer=nouveau, etat=etat, montant=montant, debut=depuis, fin=fin)
    f.adresse(foyer=nouveau, debut=depuis, commune=commune or f.commune())
    return nouveau


def adulte(
    ou: Foyer, *, role: RoleFoyer = RoleFoyer.DEM, sdd: bool | None = True, depuis: date = DEBUT,
    fin: date | None = None, demande_le: date | None = None, **champs: Any,
) -> Personne:  # fmt: skip
    """A member of a household, with her flag since then and the opening of her right."""
    nouvelle = f.personne(foyer=ou, role=role, depuis=depuis, **champs)
    DroitPersonne.objects.create(personne=nouvelle, foyer=ou, sdd=sdd, debut=depuis, fin=fin)
    demande = demande_le or ou.demande_le
    OuvertureDroit.objects.create(
        personne=nouvelle, foyer=ou, demande_le=demande, effet_le=demande.replace(day=1) if demande else None,
        transmise_le=depuis + timedelta(days=5), recue_le=depuis + timedelta(days=6),
    )  # fmt: skip
    return nouvelle


def soumise(
    *, depuis: date = DEBUT, commune: Commune | None = None, fin: date | None = None, **champs: Any
) -> Personne:
    """Alone in her household, subject since then (until ``fin``)."""
    du_foyer = {c: champs.pop(c) for c in ("etat", "demande_le", "montant") if c in champs}
    ou = foyer(depuis=depuis, commune=commune, fin=fin, **du_foyer)
    return adulte(ou, depuis=depuis, fin=fin, **champs)


def enfant(ou: Foyer, *, a_charge: bool | None = True, depuis: date = DEBUT) -> Personne:
    nouvel = f.personne(sexe=Sexe.HOMME)
    Appartenance.objects.create(personne=nouvel, foyer=ou, role=RoleFoyer.ENF, a_charge=a_charge, debut=depuis)
    return nouvel


def orientation(
    personne: Personne, vers: Structure, le: date, *, voie: Voie = Voie.SOCIO_PRO, fin: date | None = None
) -> Orientation:
    return Orientation.objects.create(
        personne=personne, voie=voie, categorie=vers.categorie, structure=vers, motifs=[], decidee_le=a(le),
        decidee_par=f.systeme(), debut=le, fin=fin,
    )  # fmt: skip


def referent(personne: Personne, ou: Structure, agent: Agent | None, depuis: date, fin: date | None = None) -> None:
    f.rattachement(personne, ou, agent, finalite=FinaliteRattachement.REFERENT, debut=depuis, fin=fin)


def contrat(
    personne: Personne, ou: Structure, le: date, *, genre: GenreContrat | None = None, fin: date | None = None,
    intensite: str = "reguliere",
) -> Contrat:  # fmt: skip
    genre = genre or (GenreContrat.CONTRAT_ENGAGEMENT if le >= date(2025, 1, 1) else GenreContrat.CER)
    return Contrat.objects.create(
        personne=personne, genre=genre, structure=ou, intensite=intensite, signe_personne_le=le, signe_referent_le=le,
        debut=le, fin=fin, cree_le=a(le), cree_par=f.systeme(),
    )  # fmt: skip


def rendez_vous(personne: Personne, ou: Structure, le: date, statut: str, genre: str = "orientation") -> RendezVous:
    return RendezVous.objects.create(
        personne=personne, genre=genre, modalite="physique", structure=ou, debut=a(le), fin=a(le, 11), statut=statut
    )


def fait(personne: Personne, genre: GenreEvenement, le: date, **donnees: Any) -> Evenement:
    """An event as a row: what figures read, without the engine's rules."""
    return Evenement.objects.create(
        genre=genre, personne=personne, survenu_le=a(le), enregistre_le=a(le), par=f.systeme(),
        acte="00000000-0000-0000-0000-000000000001", donnees=donnees,
    )  # fmt: skip


def annuler(evenement: Evenement) -> Evenement:
    """A correction: it never happened."""
    return Evenement.objects.create(
        genre=GenreEvenement.ANNULATION, personne=evenement.personne, survenu_le=evenement.survenu_le,
        enregistre_le=evenement.enregistre_le, par=evenement.par, acte=evenement.acte, objet_type="evenement",
        objet_id=evenement.pk,
    )  # fmt: skip
