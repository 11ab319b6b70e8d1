"""One person: where she stands, what comes next, what happened."""

from __future__ import annotations

from dataclasses import dataclass

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.selectors.explications import Explication, expliquer_ligne
from cordee.metier.parcours.selectors.phrases import Souvenir, detail, titre
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe


@dataclass(frozen=True, slots=True)
class SituationDe:
    """Where a person stands. ``situation`` is ``None`` when nothing was ever recorded about her."""

    situation: Situation | None
    etape: Etape | None
    echeances: tuple[Echeance, ...]

    @property
    def etat(self) -> Etat | None:
        return Etat(self.situation.etat) if self.situation else None

    @property
    def explication(self) -> Explication | None:
        """Why the étape principale has its date."""
        return expliquer_ligne(self.etape) if self.etape else None


def situation_de(personne: Personne) -> SituationDe:
    """The stored situation, the open étape and the open échéances: two queries."""
    situation = (
        Situation.objects.filter(personne=personne)
        .select_related(
            "etape", "etape__structure", "etape__agent", "referent_structure", "referent_agent", "structure_secteur"
        )
        .first()
    )
    ouvertes = Echeance.objects.filter(personne=personne, fermee_le__isnull=True).select_related("structure", "agent")
    return SituationDe(situation, situation.etape if situation else None, tuple(ouvertes.order_by("echeance", "genre")))


def histoire_de(personne: Personne, *, limite: int | None = None) -> list[Souvenir]:
    """What happened, oldest first, with the events of every row merged into this one.

    Args:
        limite: only the latest ones.
    """
    lignes = (
        Evenement.objects.filter(personne_id__in=ids_du_groupe(personne))
        .select_related("par")
        .order_by("-survenu_le", "-pk")
    )
    evenements = list(lignes[:limite] if limite else lignes)[::-1]
    structures = dict(Structure.objects.filter(pk__in=_ids(evenements, "structure")).values_list("pk", "nom"))
    nommes = _ids(evenements, "agent") | _ids(evenements, "au_nom_de")
    agents = {a.pk: str(a) for a in Agent.objects.filter(pk__in=nommes)}
    annules = {e.donnees.get("evenement") for e in evenements if e.genre == GenreEvenement.ANNULATION}
    return [_souvenir(e, personne.pk, structures, agents, annule=e.pk in annules) for e in evenements]


def _ids(evenements: list[Evenement], cle: str) -> set[int]:
    return {e.donnees[cle] for e in evenements if isinstance(e.donnees.get(cle), int)}


def _qui(e: Evenement, agents: dict[int, str]) -> str:
    """« Léa Exemple », or « Malik Exemple, pour Léa Exemple » when he covered for her (R20)."""
    couverte = agents.get(e.donnees.get("au_nom_de", 0))
    return f"{e.par}, pour {couverte}" if couverte else str(e.par)


def _souvenir(
    e: Evenement, personne_id: int, structures: dict[int, str], agents: dict[int, str], *, annule: bool
) -> Souvenir:
    genre = GenreEvenement(e.genre)
    return Souvenir(
        pk=e.pk,
        genre=genre,
        survenu_le=e.survenu_le,
        enregistre_le=e.enregistre_le,
        titre=titre(genre, e.donnees),
        detail=detail(genre, e.donnees, structures, agents),
        par="" if e.par.systeme else _qui(e, agents),
        par_le_systeme=e.par.systeme,
        objet_type=e.objet_type,
        objet_id=e.objet_id,
        annule=annule,
        d_une_fiche_reunie=e.personne_id != personne_id,
    )
