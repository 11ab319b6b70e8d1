"""Rows of étapes, échéances and situations, written in bulk from what the engine decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.models import Echeance, Etape
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Ligne, Situation, Tache
from cordee.metier.parcours.regles.deroulement import ETAPE

LOT = 2000
Modele = type[Etape] | type[Echeance]
_COMMUNS = ("unite", "structure_id", "agent_id", "echeance", "terme", "regle", "nature")
_COLONNES = ("etat", "depuis", "soumis", "etape", "recu_le", "structure_secteur", "voie", "oriente_le", "notifie_le",
             "referent_structure", "referent_agent", "contrat_le", "actualisation_le", "dernier_contact_le",
             "dernier_evenement", "calcul")  # fmt: skip


def ligne_de_la_base(ligne: Etape | Echeance) -> Ligne:
    """A stored row as the engine reads it."""
    etape = isinstance(ligne, Etape)
    tache = Tache(
        genre=ligne.genre, unite=Unite(ligne.unite), structure=ligne.structure_id, agent=ligne.agent_id,
        ouverte_le=ligne.ouverte_le, echeance=ligne.echeance, terme=ligne.terme, regle=ligne.regle,
        nature=ligne.nature, evenement=ligne.evenement_id,
        provisoire=ligne.provisoire if isinstance(ligne, Etape) else False,
        attendu=ligne.attendu if isinstance(ligne, Etape) else "",
        objet=None if isinstance(ligne, Etape) else ligne.objet_id,
    )  # fmt: skip
    return Ligne(ETAPE if etape else ligne.genre, tache, ligne.fermee_le, ligne.fermee_par_id, ligne.pk)


def ecrire(resultats: Mapping[int, tuple[Situation, list[Ligne]]], derniers: Mapping[int, int]) -> None:
    """Write what changed: close and move the stored rows, insert the new ones, then the situations."""
    modifiees: dict[Modele, list[Any]] = {Etape: [], Echeance: []}
    nouvelles: dict[Modele, list[Any]] = {Etape: [], Echeance: []}
    for personne_id, (_, lignes) in resultats.items():
        for ligne in lignes:
            modele: Modele = Etape if ligne.cle == ETAPE else Echeance
            if ligne.pk is None:
                nouvelles[modele].append(_vers_base(modele, personne_id, ligne))
            elif ligne.modifiee:
                modifiees[modele].append(_vers_base(modele, personne_id, ligne))
    for modele, objets in modifiees.items():
        propres = ("provisoire", "attendu") if modele is Etape else ("objet_id",)
        champs = [c.removesuffix("_id") if c != "objet_id" else c for c in (*_COMMUNS, *propres)]
        modele.objects.bulk_update(objets, [*champs, "fermee_le", "fermee_par"], batch_size=LOT)
    for modele, objets in nouvelles.items():
        modele.objects.bulk_create(objets, batch_size=LOT)
    _ecrire_situations(resultats, derniers, nouvelles[Etape])


def _ecrire_situations(
    resultats: Mapping[int, tuple[Situation, list[Ligne]]], derniers: Mapping[int, int], nouvelles: list[Etape]
) -> None:
    ouvertes = {e.personne_id: e.pk for e in nouvelles if e.fermee_le is None}
    for personne_id, (_, lignes) in resultats.items():
        for ligne in lignes:
            if ligne.cle == ETAPE and ligne.fermee_le is None and ligne.pk is not None:
                ouvertes[personne_id] = ligne.pk
    SituationStockee.objects.bulk_create(
        [situation_vers_base(pk, s, ouvertes.get(pk), derniers[pk]) for pk, (s, _) in resultats.items()],
        update_conflicts=True,
        unique_fields=["personne"],
        update_fields=_COLONNES,
        batch_size=LOT,
    )


def situation_vers_base(personne_id: int, s: Situation, etape_id: int | None, dernier: int) -> SituationStockee:
    """The stored row of a situation."""
    o = s.orientation
    return SituationStockee(
        personne_id=personne_id, etat=s.etat, depuis=s.depuis, soumis=s.soumis, etape_id=etape_id, recu_le=s.recu_le,
        structure_secteur_id=s.structure_secteur, voie=o.voie if o else "", oriente_le=o.decidee_le if o else None,
        notifie_le=o.certaine_le if o else None, referent_structure_id=s.referent_structure,
        referent_agent_id=s.referent_agent, contrat_le=s.contrat_le, actualisation_le=s.actualisation_le,
        dernier_contact_le=s.dernier_contact_le, dernier_evenement=dernier, calcul=s.vers_json(),
    )  # fmt: skip


def _vers_base(modele: Modele, personne_id: int, ligne: Ligne) -> Any:
    t = ligne.tache
    champs: dict[str, Any] = {
        "personne_id": personne_id, "genre": t.genre, "unite": t.unite, "structure_id": t.structure,
        "agent_id": t.agent, "ouverte_le": t.ouverte_le, "echeance": t.echeance, "terme": t.terme, "regle": t.regle,
        "nature": t.nature, "evenement_id": t.evenement, "fermee_le": ligne.fermee_le,
        "fermee_par_id": ligne.fermee_par,
    }  # fmt: skip
    if modele is Etape:
        champs |= {"provisoire": t.provisoire, "attendu": t.attendu}
    else:
        champs["objet_id"] = t.objet
    return modele(pk=ligne.pk, **champs)
