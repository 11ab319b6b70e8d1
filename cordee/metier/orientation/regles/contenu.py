"""What one interview holds, as plain values: compared, kept as a version, told in words. No database.

``Contenu`` is shared between agents (theme and impact, V3); ``Detail`` belongs to who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from cordee.metier.orientation.enums import (
    AutonomieNumerique,
    ContratVise,
    Diplome,
    Disponibilite,
    Impact,
    MoyenTransport,
    NiveauFormation,
    NiveauFrancais,
    Permis,
    ProjetPro,
    SituationPro,
    ThemeDiagnostic,
)

PROJETS_MAX = 3
EXPERIENCES_MAX = 4
COMPETENCES_MAX = 30

# The last diploma in the national codes, as the four levels that the orientation criteria read.
NIVEAU_DU_DIPLOME: Mapping[Diplome, NiveauFormation] = MappingProxyType(
    dict.fromkeys((Diplome.AFS, Diplome.CP4, Diplome.CFG, Diplome.C3A, Diplome.C12), NiveauFormation.SANS)
    | {Diplome.NV5: NiveauFormation.QUALIFIANT, Diplome.NV4: NiveauFormation.BAC}
    | dict.fromkeys((Diplome.NV3, Diplome.NV2, Diplome.NV1), NiveauFormation.SUPERIEUR)
)
# Codes of the national exchange (domain §1.5). They leave as they are: ours are never sent.
CODES_NATIONAUX: Mapping[SituationPro | ProjetPro | AutonomieNumerique, str] = MappingProxyType(
    {
        SituationPro.EN_ACTIVITE: "EN_ACTIVITE",
        SituationPro.DEUX_ANS: "DEUX_DERNIERES_ANNEES",
        SituationPro.PLUS_DEUX_ANS: "PLUS_DEUX_ANS",
        SituationPro.JAMAIS: "JAMAIS",
        ProjetPro.SALARIAT: "SALARIAT",
        ProjetPro.ENTREPRENEURIAT: "ENTREPRENARIAT",
        ProjetPro.FORMATION: "FORMATION",
        ProjetPro.AUCUN: "AUCUN",
        AutonomieNumerique.AUTONOME: "AUCUNE",
        AutonomieNumerique.AVEC_AIDE: "NON_MAITRISE",
        AutonomieNumerique.NON_MAITRISE: "NON_MAITRISE",
        AutonomieNumerique.NON_ACCES: "NON_ACCES",
        AutonomieNumerique.REFUS: "REFUS",
    }
)


def code_du_diplome(diplome: Diplome) -> str:
    """The national code of a diploma.

    >>> code_du_diplome(Diplome.NV5)
    'NV5'
    """
    return diplome.value.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Projet:
    """A job looked for. Codes are empty when the job was typed and not found in the repertoire."""

    libelle: str
    appellation: str = ""
    rome: str = ""
    rayon_km: int | None = None
    heures: int | None = None
    contrats: tuple[str, ...] = ()
    salaire_horaire: Decimal | None = None

    def en_mots(self) -> str:
        """
        >>> Projet(libelle="Cuisinier", rayon_km=10, contrats=("cdi",), salaire_horaire=Decimal("13.5")).en_mots()
        'Cuisinier, à 10 km, CDI, au moins 13,50 € brut de l’heure'
        """
        suite = [self.libelle]
        if self.rayon_km is not None:
            suite.append(f"à {self.rayon_km} km")
        if self.heures is not None:
            suite.append(f"{self.heures} h par semaine")
        suite += [ContratVise(c).libelle for c in self.contrats]
        if self.salaire_horaire is not None:
            suite.append(f"au moins {self.salaire_horaire:.2f} € brut de l’heure".replace(".", ",", 1))
        return ", ".join(suite)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """A job held before."""

    libelle: str
    appellation: str = ""
    rome: str = ""
    annee_fin: int | None = None
    duree_mois: int | None = None

    def en_mots(self) -> str:
        """
        >>> Experience(libelle="Vendeuse", annee_fin=2023, duree_mois=18).en_mots()
        'Vendeuse, jusqu’en 2023, 18 mois'
        """
        fin = f", jusqu’en {self.annee_fin}" if self.annee_fin else ""
        return f"{self.libelle}{fin}{f', {self.duree_mois} mois' if self.duree_mois else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """A skill told by the person, with its code in the repertoire."""

    code: str
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contenu:
    """The shared answers. Empty: not asked yet; ``themes`` always names the nine themes once completed."""

    situation_pro: str = ""
    niveau: str = ""
    diplome: str = ""
    projection: bool | None = None
    projet_pro: str = ""
    travailleur_handicape: bool | None = None
    francais_oral: str = ""
    francais_lu: str = ""
    francais_ecrit: str = ""
    numerique: str = ""
    permis: tuple[str, ...] = ()
    transports: tuple[str, ...] = ()
    disponibilites: tuple[str, ...] = ()
    heures_semaine: int | None = None
    themes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    metier_vise: str = ""
    projets: tuple[Projet, ...] = ()
    experiences: tuple[Experience, ...] = ()
    competences: tuple[Competence, ...] = ()

    def complet(self) -> Contenu:
        """The same with every theme named, the level that the diploma gives, and the first project's name.

        Raises:
            ValueError: an answer that its closed list lacks.

        >>> c = Contenu(diplome="nv4", themes={"sante": "refus"}, projets=(Projet(libelle="Cariste"),)).complet()
        >>> c.niveau, c.themes["sante"], c.themes["logement"], c.metier_vise
        ('bac', 'refus', 'non_aborde', 'Cariste')
        """
        niveau = str(NIVEAU_DU_DIPLOME[Diplome(self.diplome)]) if self.diplome else self.niveau
        dits = {ThemeDiagnostic(t): Impact(impact) for t, impact in self.themes.items()}
        themes = {str(t): str(dits.get(t, Impact.NON_ABORDE)) for t in ThemeDiagnostic}
        for nom, liste in _LISTES.items():
            for valeur in _valeurs(getattr(self, nom)):
                liste(valeur)
        vise = self.projets[0].libelle if self.projets else self.metier_vise.strip()
        return _remplace(self, niveau=niveau, themes=MappingProxyType(themes), metier_vise=vise[:120])

    @property
    def vide(self) -> bool:
        """Whether nothing was answered."""
        return self.complet() == Contenu().complet()

    def vers_json(self) -> dict[str, Any]:
        """As kept in a version."""
        return {champ.name: _en_json(getattr(self, champ.name)) for champ in fields(self)}

    @classmethod
    def depuis_json(cls, contenu: Mapping[str, Any]) -> Contenu:
        """The answers of a version that was kept. What no longer exists is left out.

        >>> c = Contenu(permis=("b",), projets=(Projet(libelle="Cariste", salaire_horaire=Decimal("13.5")),)).complet()
        >>> Contenu.depuis_json(c.vers_json()) == c
        True
        """
        champs = {c.name: contenu[c.name] for c in fields(cls) if c.name in contenu}
        lus: dict[str, Any] = {nom: tuple(v) if isinstance(v, list) else v for nom, v in champs.items()}
        lus["themes"] = MappingProxyType(dict(champs.get("themes", {})))
        lus["projets"] = tuple(Projet(**_projet(p)) for p in champs.get("projets", ()))
        lus["experiences"] = tuple(Experience(**e) for e in champs.get("experiences", ()))
        lus["competences"] = tuple(Competence(**c) for c in champs.get("competences", ()))
        return cls(**lus)

    def differences(self, autre: Contenu) -> list[tuple[str, str, str]]:
        """Each answer that differs: what it is, here, in the other one; in words.

        >>> ici, autre = Contenu(permis=("b",)), Contenu(permis=("b",), themes={"sante": "fort"})
        >>> ici.complet().differences(autre.complet())
        [('Santé', 'Non abordé', 'Impact fort')]
        """
        paires: list[tuple[str, str, str]] = []
        for nom, libelle in LIBELLES.items():
            a, b = getattr(self, nom), getattr(autre, nom)
            if a != b:
                paires.append((libelle, _en_mots(nom, a), _en_mots(nom, b)))
        for theme in ThemeDiagnostic:
            a, b = (c.themes.get(str(theme), Impact.NON_ABORDE.value) for c in (self, autre))
            if a != b:
                paires.append((theme.libelle, Impact(a).libelle, Impact(b).libelle))
        return paires


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What one agent wrote of the conversation. ``situations``, ``objectifs``: whole codes of the vocabulary."""

    notes: str = ""
    contraintes: str = ""
    situations: tuple[str, ...] = ()
    objectifs: tuple[str, ...] = ()


LIBELLES: Mapping[str, str] = MappingProxyType(
    {
        "situation_pro": "Situation professionnelle",
        "niveau": "Formation",
        "diplome": "Dernier diplôme",
        "projection": "Se projette dans un emploi à court terme",
        "projet_pro": "Projet",
        "travailleur_handicape": "Reconnue travailleuse handicapée",
        "francais_oral": "Français parlé",
        "francais_lu": "Français lu",
        "francais_ecrit": "Français écrit",
        "numerique": "Numérique au quotidien",
        "permis": "Permis",
        "transports": "Moyens de transport",
        "disponibilites": "Disponibilités",
        "heures_semaine": "Heures possibles par semaine",
        "projets": "Métiers recherchés",
        "experiences": "Emplois précédents",
        "competences": "Compétences",
    }
)
_LISTES: Mapping[str, Any] = MappingProxyType(
    {
        "situation_pro": SituationPro,
        "niveau": NiveauFormation,
        "diplome": Diplome,
        "projet_pro": ProjetPro,
        "francais_oral": NiveauFrancais,
        "francais_lu": NiveauFrancais,
        "francais_ecrit": NiveauFrancais,
        "numerique": AutonomieNumerique,
        "permis": Permis,
        "transports": MoyenTransport,
        "disponibilites": Disponibilite,
    }
)


def _projet(lu: Mapping[str, Any]) -> dict[str, Any]:
    salaire = lu.get("salaire_horaire")
    return {**lu, "contrats": tuple(lu["contrats"]), "salaire_horaire": Decimal(salaire) if salaire else None}


def _remplace(contenu: Contenu, **champs: Any) -> Contenu:
    return Contenu(**{c.name: champs.get(c.name, getattr(contenu, c.name)) for c in fields(contenu)})


def _valeurs(valeur: str | Iterable[str]) -> Iterable[str]:
    return ([valeur] if valeur else []) if isinstance(valeur, str) else valeur


def _en_json(valeur: Any) -> Any:
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, Mapping):
        return dict(valeur)
    if isinstance(valeur, tuple):
        return [_en_json(v) for v in valeur]
    if isinstance(valeur, Projet | Experience | Competence):
        return {champ.name: _en_json(getattr(valeur, champ.name)) for champ in fields(valeur)}
    return valeur


def _en_mots(nom: str, valeur: Any) -> str:
    if valeur is None or valeur in ("", ()):
        return "sans réponse"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if nom in ("projets", "experiences"):
        return " ; ".join(v.en_mots() for v in valeur)
    if nom == "competences":
        return ", ".join(v.libelle for v in valeur)
    if nom in _LISTES:
        return ", ".join(_LISTES[nom](v).libelle for v in _valeurs(valeur))
    return str(valeur)
