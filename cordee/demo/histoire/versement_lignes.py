"""Rows of households and rights as COPY takes them: columns, dated rows, and the short form of past photos."""

from __future__ import annotations

from datetime import date
from typing import Final

from cordee.demo.foyers import montants_de, nature_du_droit
from cordee.demo.histoire.modele import Numeros
from cordee.demo.modele import Individu, Menage
from cordee.echanges.caf.lignes import COLONNES_ADRESSE, NUL

FOYER: Final = (
    "id", "organisme_id", "numdemrsa", "matricule", "demande_le", "situation_familiale", "situation_depuis",
    "nb_enfants_autres", "presence", "absences", "reference_le", "transmis_le", "empreinte", "empreinte_brute",
    "detail", "precedent_id",
)  # fmt: skip
APPARTENANCE: Final = ("id", "personne_id", "foyer_id", "role", "role_famille", "responsable", "a_charge", "detail",
                       "debut", "fin")  # fmt: skip
DROIT_FOYER: Final = ("id", "foyer_id", "etat", "motif", "motif_le", "montant", "detail", "fichier_id", "debut", "fin")
DROIT_PERSONNE: Final = ("id", "personne_id", "foyer_id", "sdd", "entrante", "ressources", "detail", "fichier_id",
                         "debut", "fin")  # fmt: skip
ADRESSE: Final = ("id", "foyer_id", "rang", *COLONNES_ADRESSE[2:], "source", "chez", "npai", "fichier_id", "debut",
                  "fin")  # fmt: skip
OUVERTURE: Final = ("id", "personne_id", "foyer_id", "demande_le", "effet_le", "transmise_le", "recue_le", "retour")

_CLOS: Final = frozenset("015")
_BLOCS: Final = {
    "1": '"Refus":{{"MOTIREFURSA":"{motif}","DTREFURSA":"{depuis}"}}',
    "3": '"SuspensionDroit":[{{"MOTISUSDRORSA":"{motif}","DDSUSDRORSA":"{depuis}"}}]',
    "4": '"SuspensionVersement":[{{"MOTISUSVERSRSA":"{motif}","DDSUSVERSRSA":"{depuis}"}}]',
    "5": '"FinDroit":{{"MOTICLORSA":"{motif}","DTCLORSA":"{depuis}"}}',
    "6": '"FinDroitMoisAnterieur":{{"MOTICLORSA":"{motif}","DTCLORSA":"{depuis}"}}',
}


class Fil:
    """The dated rows of one thing (``cle``): each holds until something else is said."""

    __slots__ = ("_cle", "_debut", "_fichier", "_lignes", "_numeros", "_table", "_valeurs")

    def __init__(self, lignes: list[str], numeros: Numeros, table: str, cle: str) -> None:
        self._lignes, self._numeros, self._table, self._cle = lignes, numeros, table, cle
        self._debut: date | None = None
        self._valeurs = self._fichier = ""

    def dire(self, photo: date, valeurs: str, fichier: str, *, remplace: bool = False) -> None:
        """What a photo says. ``remplace``: better told than before, not changed."""
        if self._debut is not None and self._valeurs != valeurs and not remplace:
            self.clore(photo)
        if self._debut is None:
            self._debut, self._fichier = photo, fichier
        self._valeurs = valeurs

    def clore(self, photo: date | None) -> None:
        """It ends at a photo; ``None``: it stands still."""
        if self._debut is None:
            return
        if photo is None or self._debut < photo:
            pk = self._numeros.suivant(self._table)
            self._lignes.append(f"{pk}\t{self._cle}\t{self._valeurs}\t{self._fichier}\t{self._debut}\t{photo or NUL}\n")
        self._debut = None

    def finir(self) -> None:
        """Nothing more is said."""
        self.clore(None)


# In short, for past photos -------------------------------------------------------------------------------------------
def foyer_bref(menage: Menage) -> str:
    """Where the file comes from, where it goes: what the path asks of a household no longer sent."""
    blocs = []
    if menage.cedant:
        blocs.append(f'"OrganismeCedant":{{"FONORGCEDMUT":"{menage.cedant}"}}')
    if menage.prenant:
        blocs.append(f'"OrganismePrenant":{{"FONORGPRENMUT":"{menage.prenant}"}}')
    return f'{{"IdentificationRSA":{{{",".join(blocs)}}}}}'


def droit_bref(menage: Menage, photo: date) -> str:
    """State, motive, amount and nature of a right."""
    motif, depuis = menage.motif, menage.motif_depuis
    bloc = _BLOCS.get(menage.etat, "").format(motif=motif, depuis=depuis)
    situation = f'"EtatDossierRSA":{{"ETATDOSRSA":"{menage.etat}"}}{"," if bloc else ""}{bloc}'
    nature, montants = "", montants_de(menage, photo)
    if montants is not None:
        nature = '"DetailCalculDroitRSA":[{{"NATPF":"{}","SOUSNATPF":"{}"}}]'.format(*nature_du_droit(menage, photo))
    detail = f'{{"SituationDossierRSA":{{{situation}}},"DetailDroitRSA":{{{nature}}}}}'
    avec_motif = menage.etat in _BLOCS
    return (
        f"{menage.etat}\t{motif if avec_motif else ''}\t{depuis if avec_motif and depuis else NUL}\t"
        f"{NUL if montants is None else montants.total}\t{detail}"
    )


def personne_breve(menage: Menage, individu: Individu, photo: date) -> str:
    """Flag, resources and activity."""
    if individu.role == "ENF":
        return f"f\tf\t{NUL}\t{{}}"
    connu = individu.soumis is not None
    sdd = ("t" if individu.soumis else "f") if connu else NUL
    entrante = ("t" if menage.entre_le == photo else "f") if connu else NUL
    ressources = f"{individu.revenu}" if connu and menage.etat not in _CLOS else NUL
    contrat = f',"NATCONTRTRA":"{individu.contrat}"' if individu.contrat else ""
    depuis = f',"DDACT":"{individu.activite_depuis}"' if individu.activite_depuis else ""
    activite = f'{{"REG":"GE","ACT":"{individu.activite}"{depuis}{contrat}}}'
    return f'{sdd}\t{entrante}\t{ressources}\t{{"Activite":[{activite}]}}'
