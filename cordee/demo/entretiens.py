"""What an interview of the morning says beside its first answers: situations, wishes, a job and its conditions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import Impact, NiveauFormation, ThemeDiagnostic
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.orientation.regles.contenu import Competence, Contenu, Detail, Experience, Projet
from cordee.metier.orientation.regles.vocabulaire import vocabulaire
from cordee.metier.orientation.selectors.rome import chercher_appellations, competences_des_metiers
from cordee.metier.orientation.services import enregistrer_entretien
from cordee.metier.personnes.models import Personne

# The level of the short answers, as one of its diplomas.
_DIPLOMES: Final = {
    NiveauFormation.SANS: ("afs", "cfg", "c3a"), NiveauFormation.QUALIFIANT: ("nv5",), NiveauFormation.BAC: ("nv4",),
    NiveauFormation.SUPERIEUR: ("nv3", "nv2", "nv1"),
}  # fmt: skip
_FRANCAIS: Final = ("a1", "a2", "b1", "b2", "b2", "b2")
_TRANSPORTS: Final = (("transports",), ("transports",), ("voiture",), ("velo", "transports"), ())
_PERMIS: Final = (("b",), ("en_cours",), ("aucun",))
_ANCIENS: Final = ("Agent d'entretien", "Vendeuse", "Aide de cuisine", "Préparatrice de commandes", "Secrétaire")


def mener_entretien(
    *, personne: Personne, par: Agent, le: datetime, entretien: Mapping[str, Any], brouillon: bool = False
) -> Diagnostic:
    """Record an interview from its short answers (those of ``enregistrer_diagnostic``), told at length.

    The same person always says the same: nothing is drawn from the common lot, so that the rest of the morning does
    not depend on it.
    """
    alea = random.Random(personne.pk)  # noqa: S311 - a demonstration, not a secret
    themes = {str(t): str(i) for t, i in entretien.get("themes", {}).items()}
    diplome = _un(alea, _DIPLOMES[NiveauFormation(entretien["niveau"])])
    oral, lu, ecrit = (_un(alea, _FRANCAIS) for _ in range(3))
    contenu = Contenu(
        situation_pro=str(entretien["situation_pro"]), diplome=diplome, projection=entretien.get("projection"),
        projet_pro="salariat", travailleur_handicape=False, francais_oral=oral, francais_lu=lu, francais_ecrit=ecrit,
        numerique=_un(alea, ("autonome", "avec_aide", "non_maitrise")), permis=_un(alea, _PERMIS),
        transports=_un(alea, _TRANSPORTS), disponibilites=("matin", "apres_midi"),
        heures_semaine=_un(alea, (15, 20, 28, 35)), themes=themes,
        **_metier(alea, str(entretien.get("metier_vise", ""))),
    )  # fmt: skip
    return enregistrer_entretien(
        personne=personne, contenu=contenu, detail=_detail(alea, themes, str(entretien.get("notes", ""))),
        brouillon=brouillon, par=par, le=le,
    )  # fmt: skip


def _metier(alea: random.Random, vise: str) -> dict[str, Any]:
    """The job looked for, found in the repertoire when it is there, and two of its skills."""
    trouvee = next(iter(chercher_appellations(vise, limite=1)), None)
    codes = {"appellation": trouvee.code, "rome": trouvee.rome} if trouvee else {}
    projet = Projet(
        libelle=trouvee.libelle if trouvee else vise or "À préciser", rayon_km=_un(alea, (5, 10, 20)),
        heures=_un(alea, (20, 28, 35)), contrats=("cdi", "cdd"), salaire_horaire=Decimal("13.00"), **codes,
    )  # fmt: skip
    competences = competences_des_metiers([trouvee.rome], limite=2) if trouvee else []
    ancien = Experience(libelle=_un(alea, _ANCIENS), annee_fin=alea.randint(2019, 2025), duree_mois=alea.randint(3, 40))
    return {
        "projets": (projet,), "experiences": (ancien,),
        "competences": tuple(Competence(code=code, libelle=libelle) for code, libelle in competences),
    }  # fmt: skip


def _detail(alea: random.Random, themes: Mapping[str, str], notes: str) -> Detail:
    """One situation and one wish for each theme that weighs."""
    vocab = vocabulaire()
    situations = [
        _un(alea, vocab.du_diagnostic(ThemeDiagnostic(theme)).situations)
        for theme, impact in themes.items() if impact in (Impact.FORT, Impact.FAIBLE)
    ]  # fmt: skip
    codes = tuple(s.code for s in situations)
    return Detail(notes=notes, situations=codes, objectifs=tuple(s.liens[0] for s in situations if s.liens))


def _un(alea: random.Random, choix: Any) -> Any:
    return alea.choice(choix)
