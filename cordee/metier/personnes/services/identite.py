"""The civil identity of a row, the flags that protect it, and the doubts to arbitrate. Rows only: no event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import F

from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.enums import Protection, Sexe, SourceDonnee, StatutArbitrage
from cordee.metier.personnes.models import Arbitrage, LecteurSensible, LienAgent, Personne, Representant
from cordee.metier.personnes.regles import EtatCivil
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.socle.horloge import jour

# What an agent may correct by hand.
CHAMPS_MODIFIABLES = frozenset({
    "civilite", "nom", "nom_naissance", "prenom", "autres_prenoms", "date_naissance", "precision_naissance",
    "rang_naissance", "commune_naissance", "sexe", "langue", "interprete",
})  # fmt: skip
_OBLIGATOIRES = ("nom", "prenom")


class IdentiteRefusee(ErreurMetier):
    """An identity, a flag or a link that cannot be recorded as asked."""


@transaction.atomic
def modifier_identite(
    *, personne: Personne, version: int, champs: Mapping[str, Any], par: Agent, le: datetime
) -> Personne:
    """Correct the civil identity, on the version the agent was looking at. The former values stay in the history.

    Raises:
        DonneesPerimees: someone else saved meanwhile; nothing is written (R60).
        IdentiteRefusee: a field that is not corrected here, a missing name, a birth date to come.
    """
    inconnus = set(champs) - CHAMPS_MODIFIABLES
    if inconnus:
        raise IdentiteRefusee(f"Ces informations ne se corrigent pas ici : {', '.join(sorted(inconnus))}.")
    if any(champ in champs and not str(champs[champ] or "").strip() for champ in _OBLIGATOIRES):
        raise IdentiteRefusee("Le nom et le prénom sont nécessaires.")
    naissance = champs.get("date_naissance")
    if naissance is not None and naissance > jour(le):
        raise IdentiteRefusee("La date de naissance est à venir : vérifiez-la.")
    with pghistory.context(agent=par.pk, acte="modifier_identite"):
        faits = Personne.objects.filter(pk=personne.pk, version=version).update(**champs, version=F("version") + 1)
    if not faits:
        raise DonneesPerimees(
            "Un autre agent a modifié cette fiche pendant votre saisie. Relisez ses changements avant d'enregistrer."
        )
    personne.refresh_from_db()
    return personne


@transaction.atomic
def creer_personne(
    *, etat_civil: EtatCivil, par: Agent, le: datetime, civilite: str = "", langue: str = "", interprete: bool = False,
    source: SourceDonnee = SourceDonnee.AGENT,
) -> Personne:  # fmt: skip
    """A provisional row, before any file (R3). Its étape is opened by ``parcours.services.ouvrir_au_guichet``."""
    if not etat_civil.nom.strip() or not etat_civil.prenom.strip():
        raise IdentiteRefusee("Le nom et le prénom sont nécessaires.")
    if etat_civil.date_naissance is not None and etat_civil.date_naissance > jour(le):
        raise IdentiteRefusee("La date de naissance est à venir : vérifiez-la.")
    return Personne.objects.create(
        civilite=civilite, nom=etat_civil.nom.strip(), nom_naissance=etat_civil.nom_naissance.strip(),
        prenom=etat_civil.prenom.strip(), autres_prenoms=etat_civil.autres_prenoms.strip(),
        date_naissance=etat_civil.date_naissance, precision_naissance=etat_civil.precision,
        rang_naissance=etat_civil.rang_naissance, commune_naissance=etat_civil.commune_naissance.strip(),
        sexe=etat_civil.sexe or Sexe.INCONNU, provisoire=True, langue=langue, interprete=interprete, source=source,
        cree_le=le,
    )  # fmt: skip


# Doubts -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class PaireDouteuse:
    """Two rows that may be one person. ``personne``: the new one; ``candidate``: the one known before."""

    personne_id: int
    candidate_id: int
    raisons: tuple[str, ...]


@transaction.atomic
def ouvrir_arbitrages(paires: Sequence[PaireDouteuse], le: datetime) -> list[Arbitrage]:
    """Put doubtful pairs before a human, in three queries. Sendings to both stop (``selectors.envois_bloques``).

    A pair already open, or already judged different, is not raised again. The caller writes the events.
    """
    ids = {i for paire in paires for i in (paire.personne_id, paire.candidate_id)}
    connues = {
        frozenset(couple)
        for couple in Arbitrage.objects.filter(personne__in=ids, candidate__in=ids)
        .exclude(statut=StatutArbitrage.MEME_PERSONNE)
        .values_list("personne_id", "candidate_id")
    }
    nouveaux = []
    for paire in paires:
        couple = frozenset((paire.personne_id, paire.candidate_id))
        if len(couple) == 1 or couple in connues:
            continue
        connues.add(couple)
        nouveaux.append(
            Arbitrage(
                personne_id=paire.personne_id,
                candidate_id=paire.candidate_id,
                raisons=list(paire.raisons),
                ouvert_le=le,
            )
        )
    return Arbitrage.objects.bulk_create(nouveaux)


# Protections --------------------------------------------------------------------------------------------------------
@transaction.atomic
def marquer_sensible(
    *, personne: Personne, lecteurs: Iterable[Agent], motif: str, par: Agent, le: datetime
) -> Personne:
    """Restrict a file to a list of readers (V13: an agent or a colleague, violence, a public person).

    Calling it again replaces the list.

    Raises:
        IdentiteRefusee: no reader left (the file would be nobody's), or a reader who is that person or a relative.
    """
    lecteurs = list({lecteur.pk: lecteur for lecteur in lecteurs}.values())
    if not any(lecteur.is_active for lecteur in lecteurs):
        raise IdentiteRefusee("Désignez au moins un agent en fonction qui pourra ouvrir ce dossier.")
    lies = LienAgent.objects.filter(personne=personne, agent__in=lecteurs)
    if lies.exists():
        raise IdentiteRefusee("Un agent ne peut pas lire son propre dossier ni celui d'un proche.")
    aujourdhui = jour(le)
    en_place = {ligne.agent_id: ligne for ligne in LecteurSensible.objects.filter(personne=personne, fin=None)}
    for agent_id, ligne in en_place.items():
        if agent_id not in {lecteur.pk for lecteur in lecteurs}:
            _clore_lecteur(ligne, aujourdhui)
    LecteurSensible.objects.bulk_create(
        LecteurSensible(personne=personne, agent=lecteur, motif=motif, debut=aujourdhui)
        for lecteur in lecteurs
        if lecteur.pk not in en_place
    )
    return _poser(personne, par=par, dossier_sensible=True)


@transaction.atomic
def lever_sensible(*, personne: Personne, par: Agent, le: datetime) -> Personne:
    """Open the file again to its ordinary perimeter."""
    for ligne in LecteurSensible.objects.filter(personne=personne, fin=None):
        _clore_lecteur(ligne, jour(le))
    return _poser(personne, par=par, dossier_sensible=False)


@transaction.atomic
def marquer_contact_discret(*, personne: Personne, discret: bool, par: Agent, le: datetime) -> Personne:
    """Nothing goes to her home without her say (V12, R38: violence)."""
    return _poser(personne, par=par, contact_discret=discret)


@transaction.atomic
def lier_agent(*, personne: Personne, agent: Agent, soi_meme: bool, par: Agent, le: datetime) -> LienAgent:
    """This person is an agent, or her relative: she never opens the file (V13)."""
    LecteurSensible.objects.filter(personne=personne, agent=agent, debut__gte=jour(le)).delete()
    LecteurSensible.objects.filter(personne=personne, agent=agent, fin=None).update(fin=jour(le))
    lien, _ = LienAgent.objects.update_or_create(personne=personne, agent=agent, defaults={"soi_meme": soi_meme})
    return lien


@transaction.atomic
def enregistrer_representant(
    *, personne: Personne, protection: Protection, par: Agent, le: datetime, nom: str = "", adresse: str = "",
    telephone: str = "", courriel: str = "", assiste_signature: bool = True,
) -> Representant:  # fmt: skip
    """A protection measure and, when known, who must be told or must assist (E28). The former one ends today."""
    aujourdhui = jour(le)
    for ancien in Representant.objects.filter(personne=personne, fin=None):
        if ancien.debut < aujourdhui:
            ancien.fin = aujourdhui
            ancien.save(update_fields=["fin"])
        else:
            ancien.delete()
    return Representant.objects.create(
        personne=personne, protection=protection, nom=nom.strip(), adresse=adresse.strip(), telephone=telephone.strip(),
        courriel=courriel.strip(), assiste_signature=assiste_signature, debut=aujourdhui,
    )  # fmt: skip


def _poser(personne: Personne, *, par: Agent, **champs: Any) -> Personne:
    with pghistory.context(agent=par.pk, acte="proteger"):
        Personne.objects.filter(pk=personne.pk).update(**champs, version=F("version") + 1)
    personne.refresh_from_db()
    return personne


def _clore_lecteur(ligne: LecteurSensible, aujourdhui: Any) -> None:
    if ligne.debut < aujourdhui:
        ligne.fin = aujourdhui
        ligne.save(update_fields=["fin"])
    else:
        ligne.delete()
