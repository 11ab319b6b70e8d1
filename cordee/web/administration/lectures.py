"""What the pages of the administrator read. Structures and agents only; people are counted, never named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.models import Affectation, Agent, Convention, RegleSecteur, Structure, en_cours
from cordee.metier.organismes.selectors import CarteSecteurs, carte_des_secteurs
from cordee.reglementation.organismes_referents import GenreOrganismeReferent, convention_exigee
from cordee.territoires.models import Commune

JOURS_ALERTE = 90
# The publics a person can be; « tous publics » is a rule, not a public.
PUBLICS = (PublicSecteur.ISOLES, PublicSecteur.COUPLES_SANS_ENFANT, PublicSecteur.AVEC_ENFANT)
_SOUS_CONVENTION = [str(genre) for genre in GenreOrganismeReferent if convention_exigee(genre)]


# Structures ---------------------------------------------------------------------------------------------------------
def structures(*, au: date, texte: str = "", type: str = "", etat: str = "") -> QuerySet[Structure]:
    """Structures by state, with how many agents work there and how many communes they serve."""
    postes = Affectation.objects.filter(en_cours(au), structure=OuterRef("pk"), agent__actif=True)
    trouvees = Structure.objects.select_related("commune").annotate(
        agents=Count("affectations__agent", filter=en_cours(au, "affectations__") & Q(affectations__agent__actif=True),
                     distinct=True),
        communes_servies=Count("secteurs__commune", filter=en_cours(au, "secteurs__"), distinct=True),
    )  # fmt: skip
    if etat == "fermees":
        trouvees = trouvees.filter(fin__lte=au)
    elif etat == "ferment":
        trouvees = trouvees.filter(fin__gt=au)
    else:
        trouvees = trouvees.filter(Q(fin__isnull=True) | Q(fin__gt=au))
    if etat == "sans_agent":
        trouvees = trouvees.filter(~Exists(postes))
    if type:
        trouvees = trouvees.filter(type=type)
    if texte:
        trouvees = trouvees.filter(Q(nom__icontains=texte) | Q(code__icontains=texte))
    return trouvees


def structures_ouvertes(au: date) -> QuerySet[Structure]:
    """Structures open on a day or to open later, for a choice in a form."""
    return Structure.objects.filter(Q(fin__isnull=True) | Q(fin__gt=au)).order_by("nom", "pk")


def delegataires_sans_convention(au: date) -> QuerySet[Structure]:
    """Bodies towards which nobody may be oriented for want of a convention in force (L5411-5-1 IV 3°, V14)."""
    en_vigueur = Convention.objects.filter(en_cours(au), structure=OuterRef("pk"))
    return structures_ouvertes(au).filter(~Exists(en_vigueur), categorie__in=_SOUS_CONVENTION)


# Sectors ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CommuneServie:
    """Who receives each public of a commune on a day; ``None``: nobody."""

    commune: Commune
    structures: tuple[tuple[PublicSecteur, Structure | None], ...]

    @property
    def manques(self) -> tuple[PublicSecteur, ...]:
        return tuple(public for public, structure in self.structures if structure is None)

    @property
    def sans_personne(self) -> bool:
        """Nobody receives anybody here."""
        return len(self.manques) == len(self.structures)

    @property
    def partage(self) -> bool:
        """Several structures share its publics."""
        return len({s.pk for _, s in self.structures if s}) > 1


def communes_servies(*, au: date, texte: str = "", manque: bool = False) -> list[CommuneServie]:
    """The communes of the map and who serves them: those with a gap first, then by name. Three queries."""
    communes = Commune.objects.select_related("ept")
    if texte:
        communes = communes.filter(nom__icontains=texte)
    carte = carte_des_secteurs(au)
    noms = Structure.objects.in_bulk(set(carte.regles.values()))
    lignes = [_servie(commune, carte, noms) for commune in communes]
    if manque:
        lignes = [ligne for ligne in lignes if ligne.manques]
    return sorted(lignes, key=lambda ligne: (-len(ligne.manques), ligne.commune.nom))


def _servie(commune: Commune, carte: CarteSecteurs, noms: dict[int, Structure]) -> CommuneServie:
    qui = [(public, carte.structure(commune.code_insee, public)) for public in PUBLICS]
    return CommuneServie(commune, tuple((public, noms[pk] if pk else None) for public, pk in qui))


def regles_de(commune: Commune) -> QuerySet[RegleSecteur]:
    """The rules of a commune, the latest first."""
    return RegleSecteur.objects.filter(commune=commune).select_related("structure").order_by("-debut", "public")


# Conventions --------------------------------------------------------------------------------------------------------
def conventions(*, au: date, texte: str = "", etat: str = "") -> QuerySet[Convention]:
    """Conventions by state, the first to end first."""
    trouvees = Convention.objects.select_related("structure")
    if etat == "finies":
        trouvees = trouvees.filter(fin__lte=au)
    elif etat == "bientot":
        trouvees = trouvees.filter(fin__gt=au, fin__lte=au + timedelta(days=JOURS_ALERTE))
    else:
        trouvees = trouvees.filter(Q(fin__isnull=True) | Q(fin__gt=au))
    if texte:
        trouvees = trouvees.filter(Q(structure__nom__icontains=texte) | Q(reference__icontains=texte))
    return trouvees


# Agents -------------------------------------------------------------------------------------------------------------
def agents(
    *, au: date, texte: str = "", structure: Structure | None = None, role: str = "", etat: str = ""
) -> QuerySet[Agent]:
    """Accounts of people (never the system's), by state of their access."""
    courantes = Affectation.objects.filter(en_cours(au), agent=OuterRef("pk"))
    trouves = Agent.objects.filter(systeme=False, actif=etat != "fermes")
    if etat == "sans_role":
        trouves = trouves.filter(~Exists(courantes))
    elif etat == "jamais":
        trouves = trouves.filter(last_login__isnull=True)
    if structure is not None:
        courantes = courantes.filter(structure=structure)
    if role:
        courantes = courantes.filter(role=role)
    if structure is not None or role:
        trouves = trouves.filter(Exists(courantes))
    for mot in texte.split():
        trouves = trouves.filter(Q(nom__icontains=mot) | Q(prenom__icontains=mot) | Q(courriel__icontains=mot))
    return trouves


def postes_de(ids: Iterable[int], au: date) -> dict[int, list[Affectation]]:
    """The roles in force of these agents, in one query."""
    postes: dict[int, list[Affectation]] = {}
    lignes = Affectation.objects.filter(en_cours(au), agent__in=list(ids)).select_related("structure")
    for poste in lignes.order_by("debut", "pk"):
        postes.setdefault(poste.agent_id, []).append(poste)
    return postes


def affectations_de(agent: Agent) -> QuerySet[Affectation]:
    """Every role of an agent, the latest first, those without an end before the others."""
    return agent.affectations.select_related("structure").order_by(F("fin").desc(nulls_first=True), "-debut", "pk")
