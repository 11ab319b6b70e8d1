"""From the bytes of a plain household straight to its rows, through the shapes of its pieces (see ``formes``).

The rows are those that ``assemblage.assembler`` then ``lignes.decomposer`` give, and the tests hold them equal: only a
household about which there is nothing to say is taken here; any other is left to them (``None``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

from cordee.echanges.caf.assemblage import NUMDEMRSA_MAX, PORTEE_FOYER, PORTEE_PERSONNE
from cordee.echanges.caf.empreintes import empreinte
from cordee.echanges.caf.formes import ABSENTE, Forme, Formes, PasDeForme, Valeurs
from cordee.echanges.caf.foyer import AUTRE, CONJOINT, DEMANDEUR, ENFANT, AdresseLu
from cordee.echanges.caf.lignes import (
    DECES_DEMANDEUR,
    ENTIER_MAX,
    ETATS,
    MOTIFS_DECES,
    NUL,
    PRECISIONS,
    REFUS_DECES,
    SEXES,
    Carte,
    Sceau,
    hexadecimal,
    sceller,
)
from cordee.echanges.caf.recettes import RecettePersonne, preparer_personne, preparer_piece
from cordee.echanges.caf.resultats import FoyerInchange
from cordee.echanges.caf.schema import FOYER
from cordee.echanges.caf.valeurs import lire_date
from cordee.echanges.fichiers.flux_xml import C1
from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.personnes.enums import EtatDroit, Localisation, NatureAdresse, PrecisionNaissance, Sexe
from cordee.metier.personnes.regles import lire_matricule, nir_de_matricule, nir_provisoire, voiler_matricule
from cordee.socle.nir import cle_juste, nir13

Colonnes: TypeAlias = list[str]

_INTERDITS: Final = bytes(octet for octet in range(32) if octet not in b"\t\n\r")
_SPECIAUX: Final = ("&", '"', "\\")
_OUVRANTE, _FERMANTE = f"<{FOYER}>", f"</{FOYER}>"
_FIN_PERSONNE: Final = "</Personne>"
_PRESTATION: Final = "<PrestationRSA>"
_ROLES: Final = frozenset({DEMANDEUR, CONJOINT, ENFANT, AUTRE})
_PYTHON: Final = {"windows-1252": "cp1252", "latin1": "iso-8859-1", "us-ascii": "ascii"}
_PREMIERE_NAISSANCE: Final = "1900-01-01"
_LONGUEUR_DATE: Final = len(_PREMIERE_NAISSANCE)
_ADULTES: Final = frozenset({DEMANDEUR, CONJOINT})
_INDICATEURS: Final = frozenset({"", "0", "1"})
_ETAT_INCONNU, _SEXE_INCONNU, _PRECISION = str(EtatDroit.INCONNU), str(Sexe.INCONNU), str(PrecisionNaissance.JOUR)
_INCONNUE: Final = str(Localisation.INCONNUE)
_HORS_FRANCE, _SANS_DOMICILE, _DOMICILE = (
    str(nature) for nature in (NatureAdresse.HORS_FRANCE, NatureAdresse.SANS_DOMICILE, NatureAdresse.DOMICILE)
)


class Rangees(NamedTuple):
    """The rows of one household, as COPY takes them in text form, each ended by a new line."""

    foyer: str
    personnes: str
    adresses: str


@dataclass
class Express:
    """Reads plain households one after the other.

    ``connus``: see ``lecture.lire``. ``vus``: NUMDEMRSA met in the file, shared with the full reading.
    """

    organisme: str
    carte: Carte
    sceau: Sceau
    limite: date
    encodage: str
    vus: set[str]
    connus: Mapping[str, bytes]

    def __post_init__(self) -> None:
        self._python = _PYTHON.get(self.encodage, self.encodage)
        self.jour = self.limite.isoformat()
        self._personnes = Formes(PORTEE_PERSONNE, "Personne", preparer_personne)
        self._pieces = Formes(PORTEE_FOYER, FOYER, preparer_piece)
        self._lieux: dict[tuple[str, str, PublicSecteur], tuple[str, str]] = {}

    def lire(self, brut: bytes, *, rang: int, ligne: int, brute: bytes) -> Rangees | FoyerInchange | None:
        """The rows of a household, unless it is stored as it stands, or ``None``: it is for the full reading."""
        if len(brut.translate(None, _INTERDITS)) != len(brut):
            return None
        try:
            texte = brut.decode(self._python)
        except UnicodeDecodeError:
            return None
        if any(special in texte for special in _SPECIAUX):
            return None
        if not texte.isascii():
            if "\ufffe" in texte or "\uffff" in texte:
                return None
            texte = texte.translate(C1)
        try:
            return self._foyer(texte, rang, ligne, brute)
        except PasDeForme:
            return None

    def _foyer(self, texte: str, rang: int, ligne: int, brute: bytes) -> Rangees | FoyerInchange:
        debut, *personnes = texte[len(_OUVRANTE) : -len(_FERMANTE)].split("<Personne>")
        if not personnes:
            raise PasDeForme
        personnes[-1], _, suite = personnes[-1].partition(_FIN_PERSONNE)
        for place_, personne in enumerate(personnes[:-1]):
            rognee = personne.rstrip()
            if not rognee.endswith(_FIN_PERSONNE):
                raise PasDeForme
            personnes[place_] = rognee[: -len(_FIN_PERSONNE)]
        milieu, separation, fin = suite.partition(_PRESTATION)
        if not separation:
            raise PasDeForme
        pieces = [self._pieces.former(piece) for piece in (debut, milieu, _PRESTATION + fin)]
        lues = [self._personnes.former(personne) for personne in personnes]
        noms = [forme.recette.noms for forme, _ in pieces]
        if not noms[0].isdisjoint(noms[1]) or not (noms[0] | noms[1]).isdisjoint(noms[2]):
            raise PasDeForme
        canonique = [forme.canonique.remplir(valeurs) for forme, valeurs in pieces]
        canoniques = [f"<Personne>{forme.canonique.remplir(valeurs)}{_FIN_PERSONNE}" for forme, valeurs in lues]
        print_ = empreinte("".join((canonique[0], *canoniques, *canonique[1:])))
        numero = pieces[0][1][pieces[0][0].champs.get("numdemrsa", ABSENTE)]
        if not numero or numero in self.vus or len(numero) > NUMDEMRSA_MAX:
            raise PasDeForme
        if self.connus.get(numero) == print_:
            self.vus.add(numero)
            return FoyerInchange(ligne=ligne, rang=rang, numdemrsa=numero, empreinte_brute=brute)
        foyer, membres, adresses = _Assemblage(self, str(rang), lues).colonnes(pieces, ligne, print_, brute)
        rangees = Rangees(_ecrire([foyer]), _ecrire(membres), _ecrire(adresses))
        self.vus.add(numero)
        return rangees

    def situer(self, insee: str, pays: str, public: PublicSecteur) -> tuple[str, str]:
        """Where an address puts a household and the structure of its sector, as columns."""
        cle = (insee, pays, public)
        lieu = self._lieux.get(cle)
        if lieu is None:
            localisation, structure = self.carte.situer(AdresseLu(insee=insee, pays=pays), public)
            lieu = self._lieux[cle] = (str(localisation), NUL if structure is None else str(structure))
        return lieu


def _ecrire(lignes: list[Colonnes]) -> str:
    """Rows as text. A value that holds a tab or a new line is for the full reading, which escapes it."""
    texte = "".join(["\t".join(colonnes) + "\n" for colonnes in lignes])
    nombre = len(lignes)
    tabulations = (len(lignes[0]) - 1) * nombre if lignes else 0
    if texte.count("\n") != nombre or texte.count("\t") != tabulations or "\r" in texte:
        raise PasDeForme
    return texte


class _Assemblage:
    """The rows of one household, its pieces once formed."""

    def __init__(self, express: Express, rang: str, personnes: list[tuple[Forme, Valeurs]]) -> None:
        self._express, self._rang = express, rang
        self._roles: list[str] = []
        self._a_charge: set[str] = set()
        self._adulte_sans_nir = False
        self._personnes = [self._personne(ordre, *lue) for ordre, lue in enumerate(personnes, start=1)]
        if self._roles.count(DEMANDEUR) != 1 or self._roles.count(CONJOINT) > 1:
            raise PasDeForme

    def colonnes(
        self, pieces: list[tuple[Forme, Valeurs]], ligne: int, print_: bytes, brute: bytes
    ) -> tuple[Colonnes, list[Colonnes], list[Colonnes]]:
        (tete, v), (situation, w), (fin, x) = pieces
        self._voiler(tete.champs, v)
        fonction, numero, matricule, demande, numdemrsa = tete.recette.tete(v)
        sitfam, depuis = situation.recette.situation(w)
        etat, autres, sans_domicile = fin.recette.etat(x)
        if not etat:
            raise PasDeForme
        public = self._public(autres)
        adresses = self._adresses([prendre(w) for prendre in situation.recette.adresses], public, sans_domicile)
        lieu = self._express.situer(adresses[0][5], adresses[0][14], public) if adresses else (_INCONNUE, NUL)
        motif, motif_le = _motif(etat, fin.champs, x)
        montants = fin.champs.get("montants", {})
        membres = [forme.recette.membres.remplir(valeurs) for forme, valeurs in pieces]
        droit = fin.recette.droit
        foyer = [
            self._rang, str(ligne), (fonction + numero)[:8] or self._express.organisme, numdemrsa,
            lire_matricule(matricule), demande or NUL, _effet(fin.champs, x, demande) or NUL, sitfam,
            depuis or NUL, autres or NUL, ETATS.get(etat, _ETAT_INCONNU), motif, motif_le or NUL,
            x[montants.get("total", ABSENTE)] or NUL,
            droit.remplir(x) if droit else "{}", "{" + ",".join(filter(None, membres)) + "}",
            hexadecimal(print_), hexadecimal(brute), "t" if "cedant" in tete.champs else "f",
            "t" if "prenant" in tete.champs else "f", _deces(etat, fin.champs, x),
            "t" if sans_domicile == "1" else "f", *lieu,
        ]  # fmt: skip
        return foyer, self._personnes, adresses

    def _voiler(self, champs: dict[str, Any], v: Valeurs) -> None:
        """No NIR as a number of the household (see ``assemblage._sans_nir``)."""
        for place_ in (champs.get("matricule_brut", ABSENTE), champs.get("cedant", {}).get("matricule", ABSENTE)):
            if nir_de_matricule(v[place_]):
                if self._adulte_sans_nir:
                    raise PasDeForme
                v[place_] = voiler_matricule(v[place_])

    def _personne(self, ordre: int, forme: Forme, v: Valeurs) -> Colonnes:
        r: RecettePersonne = forme.recette
        (civilite, nom, nom_naissance, prenom, prenom2, prenom3, commune, naissance, rang_naissance, precision, nir,
         valide, sexe, responsable, depuis, jusqu_au, operateur, soumis, entrant, ressources) = r.champs(v)  # fmt: skip
        if precision in PRECISIONS or not _PREMIERE_NAISSANCE <= naissance <= self._express.jour:
            raise PasDeForme
        if len(naissance) != _LONGUEUR_DATE or lire_date(naissance, "DTNAI", []) is None:
            raise PasDeForme
        role, a_charge, role_pfa = self._prestations(r, v)
        if role not in _ROLES or (not soumis and role in _ADULTES):
            raise PasDeForme
        self._roles.append(role)
        if a_charge != "0":
            self._a_charge.add(role)
        marque = chiffre = cle = NUL
        if nir:
            lu = nir13(nir)
            juste = cle_juste(nir)
            if lu is None or juste is False:
                raise PasDeForme
            nir, cle = lu, NUL if juste is None else "t"
            marque, chiffre = (
                hexadecimal(self._express.sceau.marquer(nir)),
                hexadecimal(self._express.sceau.chiffrer(nir)),
            )
        elif role in _ADULTES:
            self._adulte_sans_nir = True
        for place_ in r.scelles:
            v.append(sceller(v[place_], self._express.sceau))
        return [
            self._rang, str(ordre), role.lower(), role_pfa[:3].lower(), "t" if responsable == "1" else "f",
            a_charge or NUL, depuis or NUL, jusqu_au or NUL, r.membre.remplir(v), civilite, nom or nom_naissance,
            nom_naissance, prenom, f"{prenom2} {prenom3}".strip(), naissance, _PRECISION, rang_naissance or NUL,
            commune, SEXES.get(sexe, _SEXE_INCONNU), valide or NUL, marque, chiffre,
            "t" if nir_provisoire(nir) else "f", cle, operateur, soumis or NUL, entrant or NUL,
            ressources or NUL, "f" if r.reste is None else "t", "{}" if r.reste is None else r.reste.remplir(v),
        ]  # fmt: skip

    @staticmethod
    def _prestations(r: RecettePersonne, v: Valeurs) -> tuple[str, str, str]:
        """Role and charge of the RSA block, role in the family benefits (see ``assemblage._prestations``)."""
        role = a_charge = role_pfa = ""
        for nature, place_role, place_charge in r.prestations:
            charge = v[place_charge]
            if charge not in _INDICATEURS:
                raise PasDeForme
            if v[nature] == "RSA":
                role, a_charge = v[place_role], charge
            else:
                role_pfa = v[place_role]
        return role, a_charge, role_pfa

    def _public(self, autres: str) -> PublicSecteur:
        """See ``lignes.public_de``."""
        if ENFANT in self._a_charge or (autres and int(autres)):
            return PublicSecteur.AVEC_ENFANT
        if {DEMANDEUR, CONJOINT} <= self._a_charge:
            return PublicSecteur.COUPLES_SANS_ENFANT
        return PublicSecteur.ISOLES

    def _adresses(self, lues: list[tuple[str, ...]], public: PublicSecteur, sans_domicile: str) -> list[Colonnes]:
        lignes = []
        for ordre, lue in enumerate(sorted(lues, key=_rang_adresse), start=1):
            (_, insee, identification, complement, numero, type_voie, voie, distribution, code_postal, commune, pays,
             nature, etat, emmenagement, *etranger) = lue  # fmt: skip
            genre = _HORS_FRANCE if pays == "HOR" else _SANS_DOMICILE if sans_domicile == "1" else _DOMICILE
            while etranger and not etranger[-1]:
                etranger.pop()
            localisation, _ = self._express.situer(insee, pays, public)
            lignes.append([
                self._rang, str(ordre), genre, localisation, insee if insee in self._express.carte.communes else NUL,
                insee, identification, complement, numero, type_voie, voie, distribution, code_postal, commune, pays,
                '["' + '","'.join(etranger) + '"]' if etranger else "[]", nature, etat, emmenagement or NUL,
            ])  # fmt: skip
        return lignes


def _rang_adresse(lue: tuple[str, ...]) -> int:
    return int(lue[0] or 0) or ENTIER_MAX


def _objet(champs: dict[str, Any], nom: str, v: Valeurs) -> tuple[str, str]:
    """Motive and date of an object that has both (``le`` or ``debut``)."""
    return v[champs[nom].get("motif", ABSENTE)], v[champs[nom].get("le", ABSENTE)]


def _dernier(champs: dict[str, Any], nom: str, v: Valeurs) -> tuple[str, str]:
    """Motive and date of the suspension that began last."""
    suspensions = [(v[s.get("motif", ABSENTE)], v[s.get("debut", ABSENTE)]) for s in champs[nom]]
    return max(suspensions, key=itemgetter(1))


_MOTIFS: Final = {
    "1": ("refus", _objet),
    "3": ("suspensions_droit", _dernier),
    "4": ("suspensions_versement", _dernier),
    "5": ("fin_droit", _objet),
    "6": ("fin_mois_anterieur", _objet),
}
"""État → where its motive stands (see ``lignes.motif_de``)."""


def _motif(etat: str, champs: dict[str, Any], v: Valeurs) -> tuple[str, str]:
    nom, lire = _MOTIFS.get(etat, ("", _objet))
    return lire(champs, nom, v) if nom in champs else ("", "")


def _deces(etat: str, champs: dict[str, Any], v: Valeurs) -> str:
    """See ``lignes.deces_de``."""
    for suspension in champs.get("suspensions_droit", ()):
        motif = v[suspension.get("motif", ABSENTE)]
        if motif in MOTIFS_DECES:
            return MOTIFS_DECES[motif]
    refuse = etat == "1" and "refus" in champs and _objet(champs, "refus", v)[0] == REFUS_DECES
    return DECES_DEMANDEUR if refuse else ""


def _effet(champs: dict[str, Any], v: Valeurs, demande: str) -> str:
    """See ``lignes.effet_de``."""
    debuts = [v[calcul["debut"]] for calcul in champs.get("calculs", ()) if "debut" in calcul]
    return min(debuts) if debuts else demande and demande[:8] + "01"
