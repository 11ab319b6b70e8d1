"""What partners say of the people they follow, one by one or by whole files (E05): it is not our act, nor our delay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.parcours.regles.suivi import PRISES_DEHORS, prise_en_charge_dehors
from cordee.metier.parcours.services import NouvelEvenement, consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.parcours.services.masse import consigner_en_masse
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi.models import InformationPartenaire
from cordee.metier.suivi.regles import DateDite, InformationConnue, InformationDite, a_porter, completer
from cordee.metier.suivi.selectors import connues_de, structures_du_partenaire
from cordee.metier.suivi.services.appui import SuiviRefuse
from cordee.socle.horloge import jour

OBJET: Final = "information_partenaire"
_MIDI: Final = time(12)
_ECRITS: Final = ["au", "contrat_le", "contrat_partiel", "contrat_au", "dernier_contact_le", "dernier_contact_partiel",
                  "contact_au", "prochain_contact_le", "prochain_au", "referent", "referent_structure", "referent_au",
                  "appliquee", "recue_le", "fichier", "par", "notee_le"]  # fmt: skip


@dataclass(slots=True, kw_only=True)
class BilanInformations:
    """What a file of a partner changed. Each set holds ids of persons.

    ``prises`` + ``inchangees`` = everybody told of. ``portees``: the path was told. ``ailleurs``: their référent body
    is not that partner; ``hors_parcours``: not on the path today. Both are kept and shown, and move nothing.
    ``nouvelles``: étapes that were waiting for a first information.
    """

    prises: set[int] = field(default_factory=set)
    inchangees: set[int] = field(default_factory=set)
    portees: set[int] = field(default_factory=set)
    nouvelles: set[int] = field(default_factory=set)
    ailleurs: set[int] = field(default_factory=set)
    hors_parcours: set[int] = field(default_factory=set)
    sans_attente: set[int] = field(default_factory=set)
    anciennes: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person stands, as far as a partner's word is concerned."""

    referent: int | None = None
    soumise: bool = False
    chemin: str = ""
    orientation: Mapping[str, Any] | None = None
    recue_le: date | None = None

    def attend(self, donnees: Mapping[str, Any]) -> bool:
        """Whether her path waits for what is said: followed by a partner, or now taken in charge by one."""
        o = self.orientation
        if self.chemin == Etat.SUIVIE_PAR_PARTENAIRE or o is None or self.chemin not in PRISES_DEHORS:
            return self.chemin == Etat.SUIVIE_PAR_PARTENAIRE
        return prise_en_charge_dehors(
            chemin=Etat(self.chemin), categorie=o["categorie"], structure=o["structure"],
            decidee_le=date.fromisoformat(o["decidee_le"]), donnees=donnees,
        )  # fmt: skip


@transaction.atomic
def noter_informations(
    *, informations: Sequence[InformationDite], partenaire: Structure, au: date, recue_le: date,
    fichier: int | None = None, par: Agent, le: datetime,
) -> BilanInformations:  # fmt: skip
    """Take what a partner says of any number of people, with a constant number of queries.

    A person whose référent body is another one, or who is not on the path, is not moved: the word is kept, dated, for
    somebody to look at. The same word twice writes nothing; an older one never replaces a newer one.

    Args:
        informations: one per person at most, persons not merged into another.
        partenaire: who says it; ``au``: the day for which it says it; ``recue_le``: the day it arrived (E06).
    """
    bilan = BilanInformations()
    ids = [i.personne for i in informations]
    places, connues = _places(ids), connues_de(ids, partenaire)
    siennes = structures_du_partenaire(partenaire)
    lignes: list[InformationPartenaire] = []
    for dite in informations:
        place, connue = places.get(dite.personne, _Place()), connues.get(dite.personne)
        apres = completer(connue or InformationConnue(), dite, au=au)
        change = connue is None or apres.contenu != connue.contenu
        suivie = place.soumise and place.referent in siennes
        donnees = {**_donnees_de(apres), "pour": place.referent}
        attend = place.attend(donnees)
        porte = suivie and attend and a_porter(change=change, recue_le=place.recue_le, le_jour=recue_le)
        _classer(bilan, dite.personne, place, change=change, porte=porte, suivie=suivie, attend=attend)
        if not change and connue is not None and au < (connue.au or au):
            bilan.anciennes.add(dite.personne)
        if apres != connue or porte:
            lignes.append(
                _ligne(apres, dite.personne, partenaire, appliquee=suivie, recue_le=recue_le, fichier=fichier, par=par,
                       le=le)
            )  # fmt: skip
    referents = {pk: places[pk].referent for pk in bilan.portees}
    _ecrire(lignes, referents, recue_le=recue_le, par=par, le=le)
    return bilan


@transaction.atomic
def noter_information_partenaire(
    *, personne: Personne, contrat_le: date | None = None, dernier_contact_le: date | None = None, par: Agent,
    le: datetime,
) -> Evenement:  # fmt: skip
    """What the partner who is référent says of the person (E05), typed by an agent: not having heard is not being late.

    Raises:
        SuiviRefuse: a date to come.
        TransitionInterdite: a partner does not follow this person.
    """
    personne = verrouiller(personne)
    au = jour(le)
    if any(d is not None and d > au for d in (contrat_le, dernier_contact_le)):
        raise SuiviRefuse("Une information reçue ne peut pas porter une date à venir.")
    dite = InformationDite(
        personne=personne.pk, contrat=DateDite(contrat_le), dernier_contact=DateDite(dernier_contact_le)
    )
    structure = Structure.objects.filter(pk=situation_courante(personne).referent_structure or 0).first()
    if structure is None:  # nobody is référent: the engine says it, with the reason
        return consigner_un(
            genre=GenreEvenement.INFORMATION_PARTENAIRE, personne=personne, par=par, le=le,
            donnees={"contrat_le": str(dite.contrat) or None, "dernier_contact_le": str(dite.dernier_contact) or None},
        )  # fmt: skip
    connue = connues_de([personne.pk], structure).get(personne.pk, InformationConnue())
    ligne = _ligne(
        completer(connue, dite, au=au), personne.pk, structure, appliquee=True, recue_le=au, fichier=None, par=par,
        le=le,
    )  # fmt: skip
    (ligne,) = InformationPartenaire.objects.bulk_create(
        [ligne], update_conflicts=True, unique_fields=["personne", "structure"], update_fields=_ECRITS
    )
    return consigner_un(
        genre=GenreEvenement.INFORMATION_PARTENAIRE, personne=personne, par=par, le=le, objet_type=OBJET,
        objet_id=ligne.pk, donnees={**_donnees(ligne), "pour": structure.pk},
    )  # fmt: skip


def reprendre_d_apres_les_evenements(lignes: Iterable[int]) -> None:
    """Rows one of whose events was cancelled: they say again what the last event that stands says, or go away."""
    numeros = list(lignes)
    if not numeros:
        return
    faits = Evenement.objects.filter(objet_type=OBJET, objet_id__in=numeros).order_by("pk")
    annules = set(
        Evenement.objects.filter(
            genre=GenreEvenement.ANNULATION, objet_type="evenement", objet_id__in=faits.values("pk")
        ).values_list("objet_id", flat=True)
    )
    derniers = {f.objet_id: f.donnees for f in faits if f.pk not in annules}
    for ligne in InformationPartenaire.objects.filter(pk__in=numeros):
        if ligne.pk in derniers:
            _poser(ligne, derniers[ligne.pk])
            ligne.save()
        else:
            ligne.delete()


# Parts --------------------------------------------------------------------------------------------------------------
def _ecrire(
    lignes: list[InformationPartenaire], porter: Mapping[int, int | None], *, recue_le: date, par: Agent, le: datetime
) -> None:
    """Write the rows, and tell the path of those it must hear of (person → her référent body)."""
    ecrites = InformationPartenaire.objects.bulk_create(
        lignes, batch_size=2000, update_conflicts=True, unique_fields=["personne", "structure"], update_fields=_ECRITS
    )
    survenu = min(datetime.combine(recue_le, _MIDI, tzinfo=le.tzinfo), le)
    evenements = [
        NouvelEvenement(
            genre=GenreEvenement.INFORMATION_PARTENAIRE, personne_id=ligne.personne_id, survenu_le=survenu,
            objet_type=OBJET, objet_id=ligne.pk,
            donnees={**_donnees(ligne), "pour": porter[ligne.personne_id]},
        )
        for ligne in ecrites
        if ligne.personne_id in porter
    ]  # fmt: skip
    consigner_en_masse(evenements=evenements, par=par, le=le)


def _places(ids: Sequence[int]) -> dict[int, _Place]:
    lignes = Situation.objects.filter(personne__in=ids).values_list(
        "personne_id", "referent_structure_id", "soumis", "calcul__info_partenaire_le", "calcul__chemin",
        "calcul__orientation",
    )  # fmt: skip
    return {
        pk: _Place(
            referent=referent, soumise=soumis, chemin=chemin or "", orientation=orientation,
            recue_le=date.fromisoformat(recue) if recue else None,
        )
        for pk, referent, soumis, recue, chemin, orientation in lignes
    }  # fmt: skip


def _classer(
    bilan: BilanInformations, personne: int, place: _Place, *, change: bool, porte: bool, suivie: bool, attend: bool
) -> None:
    (bilan.prises if change or porte else bilan.inchangees).add(personne)
    if porte:
        bilan.portees.add(personne)
        if place.recue_le is None:
            bilan.nouvelles.add(personne)
    elif not place.soumise:
        bilan.hors_parcours.add(personne)
    elif not suivie:
        bilan.ailleurs.add(personne)
    elif not attend:
        bilan.sans_attente.add(personne)


def _ligne(
    connue: InformationConnue, personne: int, partenaire: Structure, *, appliquee: bool, recue_le: date,
    fichier: int | None, par: Agent, le: datetime,
) -> InformationPartenaire:  # fmt: skip
    return InformationPartenaire(
        personne_id=personne, structure=partenaire, au=connue.au or recue_le, contrat_le=connue.contrat.jour,
        contrat_partiel=connue.contrat.partielle, contrat_au=connue.contrat_au,
        dernier_contact_le=connue.dernier_contact.jour, dernier_contact_partiel=connue.dernier_contact.partielle,
        contact_au=connue.contact_au, prochain_contact_le=connue.prochain_contact_le, prochain_au=connue.prochain_au,
        referent=connue.referent, referent_structure=connue.referent_structure, referent_au=connue.referent_au,
        appliquee=appliquee, recue_le=recue_le, fichier=fichier, par=par, notee_le=le,
    )  # fmt: skip


def _donnees(ligne: InformationPartenaire) -> dict[str, Any]:
    """What the event keeps: dates and codes, as they were said."""
    dates = {
        cle: getattr(ligne, cle)
        for cle in ("contrat_le", "dernier_contact_le", "prochain_contact_le", "au", "contrat_au", "contact_au",
                    "prochain_au")
    }  # fmt: skip
    partiels = {"contrat_partiel": ligne.contrat_partiel, "dernier_contact_partiel": ligne.dernier_contact_partiel}
    return {
        "structure": ligne.structure_id,
        "fichier": ligne.fichier,
        **{cle: valeur.isoformat() if valeur else None for cle, valeur in dates.items()},
        **{cle: valeur for cle, valeur in partiels.items() if valeur},
        **({"referent_connu": True} if ligne.referent else {}),
    }


def _donnees_de(connue: InformationConnue) -> dict[str, Any]:
    """What decides whether a body has taken her in charge, as the event will keep it."""
    return {
        "contrat_le": connue.contrat.jour.isoformat() if connue.contrat.jour else None,
        "contrat_partiel": connue.contrat.partielle, "referent_connu": bool(connue.referent),
    }  # fmt: skip


def _poser(ligne: InformationPartenaire, donnees: Mapping[str, Any]) -> None:
    """Give a row what an event kept of it."""
    for cle in ("contrat_le", "dernier_contact_le", "prochain_contact_le", "contrat_au", "contact_au", "prochain_au"):
        setattr(ligne, cle, date.fromisoformat(donnees[cle]) if donnees.get(cle) else None)
    for cle in ("contrat_partiel", "dernier_contact_partiel"):
        setattr(ligne, cle, donnees.get(cle, ""))
    if donnees.get("au"):
        ligne.au = date.fromisoformat(donnees["au"])
    ligne.fichier = donnees.get("fichier")
