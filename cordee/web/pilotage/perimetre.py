"""Which territory and which month a page of figures is about: written in its address, kept within what is hers to see.

Who steers reads every territory; the head of a structure reads her own. Elected members are offered no structure: with
few agents behind a figure, it would rank them (V10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.pilotage.enums import Niveau
from cordee.pilotage.selectors import DateHorsHistoire, Fraicheur, LectureRefusee, fraicheur, territoires
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.web.pilotage.mois import Mois, lire_mois, mois_de
from cordee.web.socle.acces import habilitation_de


@dataclass(frozen=True, slots=True)
class Territoire:
    """A place or a structure whose figures may be read."""

    code: str
    libelle: str
    niveau: Niveau


@dataclass(frozen=True, slots=True)
class Perimetre:
    """What a page is about. ``choix``: what she may choose, wider ones first; ``frais``: up to when it is true."""

    territoire: Territoire
    mois: Mois
    premier: Mois
    dernier: Mois
    choix: tuple[Territoire, ...]
    frais: Fraicheur
    publie: bool

    @property
    def au(self) -> date:
        """The day the figures are of: the last of the month, or the last known while it runs."""
        return self.mois.au(self.frais.au)

    @property
    def en_cours(self) -> bool:
        return self.mois == self.dernier

    @property
    def quand(self) -> str:
        """« au 31 octobre 2026 »."""
        return f"au {date_en_toutes_lettres(self.au)}"

    @property
    def precedent(self) -> Mois | None:
        return self.mois.decale(-1) if self.mois > self.premier else None

    @property
    def suivant(self) -> Mois | None:
        return self.mois.decale(1) if self.mois < self.dernier else None

    @property
    def un_an_avant(self) -> date | None:
        """The end of the same month a year before, where something is known of it."""
        mois = self.mois.decale(-12)
        return mois.dernier_jour if mois >= self.premier else None

    @property
    def groupes(self) -> list[tuple[str, list[Territoire]]]:
        """The choices by level, for a list with headings."""
        par_niveau = [(n.libelle, [t for t in self.choix if t.niveau is n]) for n in Niveau]
        return [(libelle, lieux) for libelle, lieux in par_niveau if lieux]

    @property
    def annees(self) -> list[tuple[int, list[Mois]]]:
        """The months that may be chosen, latest first, by year."""
        mois = self.dernier
        annees: dict[int, list[Mois]] = {}
        while mois >= self.premier:
            annees.setdefault(mois.annee, []).append(mois)
            mois = mois.decale(-1)
        return list(annees.items())

    def debut(self, mois: int) -> date:
        """The end of the month that stands ``mois`` months before, or the first known."""
        return max(self.mois.decale(-mois), self.premier).dernier_jour

    def parametres(self, **autres: str) -> str:
        """The query of another page about the same territory and month (or about what ``autres`` say)."""
        ecrits = {"territoire": self.territoire.code, "mois": "" if self.en_cours else str(self.mois), **autres}
        return urlencode({cle: valeur for cle, valeur in ecrits.items() if valeur})


def publication_seule(droits: Habilitation) -> bool:
    """Whether she reads what is published, and no list of people (V9)."""
    return droits.roles == {RoleAgent.ELU}


def perimetre_de(request: HttpRequest) -> Perimetre:
    """Read the address. A territory she may not see, or that does not exist, gives the widest one she may.

    Raises:
        ChiffresAbsents: nothing computed yet. DateHorsHistoire: no file was ever loaded.
        LectureRefusee: the head of no structure.
    """
    frais, droits = fraicheur(), habilitation_de(request)
    if frais.premiere_photo is None:
        raise DateHorsHistoire("Aucun fichier de droits n'a encore été chargé : il n'y a pas de chiffre à montrer.")
    choix = _choix(droits)
    if not choix:
        raise LectureRefusee("Vous n'encadrez aucune structure aujourd'hui : il n'y a pas de chiffres à vous montrer.")
    par_code = {t.code: t for t in choix}
    premier, dernier = mois_de(frais.premiere_photo), mois_de(frais.au)
    return Perimetre(
        territoire=par_code.get(request.GET.get("territoire", ""), choix[0]),
        mois=lire_mois(request.GET.get("mois", ""), premier=premier, dernier=dernier),
        premier=premier, dernier=dernier, choix=choix, frais=frais, publie=publication_seule(droits),
    )  # fmt: skip


def _choix(droits: Habilitation) -> tuple[Territoire, ...]:
    """The territories she may choose."""
    connus = territoires()
    if not droits.peut(Permission.PILOTER):
        ids = [structure for role, structure in droits.postes if role is RoleAgent.CHEF_STRUCTURE]
        codes = set(Structure.objects.filter(pk__in=ids).values_list("code", flat=True)) if ids else set()
        return tuple(
            Territoire(code, nom, Niveau.STRUCTURE) for code, nom in connus[Niveau.STRUCTURE].items() if code in codes
        )
    niveaux = [n for n in Niveau if not (n is Niveau.STRUCTURE and publication_seule(droits))]
    return tuple(Territoire(code, nom, n) for n in niveaux for code, nom in connus[n].items())
