"""A household of the simulator as the reader of files gives it back: what the import stores beside its columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from cordee.demo.foyers import adresses_lues, foyer_lu
from cordee.demo.modele import Menage
from cordee.echanges.caf import schema
from cordee.echanges.caf.ecriture import composer
from cordee.echanges.caf.foyer import Detail, FoyerLu, PersonneLu
from cordee.echanges.caf.lignes import Carte, Ligne, Lignes, Sceau, decomposer
from cordee.socle.nir import nir13

_FEUILLES: Final = {
    nom: tuple((e.balise, e.obligatoire) for e in enfants if e.balise not in schema.BLOCS)
    for nom, enfants in schema.BLOCS.items()
}
_BLOCS: Final = {
    nom: tuple(e.balise for e in enfants if e.balise in schema.BLOCS) for nom, enfants in schema.BLOCS.items()
}


def lignes_de(menage: Menage, reference: date, *, carte: Carte, sceau: Sceau) -> Lignes:
    """The rows of a household as the import of a photo stages them (``caf.lignes``), details included."""
    lignes = Lignes()
    decomposer(_relu(foyer_lu(menage, reference, reference)), organisme="", carte=carte, sceau=sceau, lignes=lignes)
    return lignes


def adresses_de(menage: Menage, *, carte: Carte, sceau: Sceau) -> list[Ligne]:
    """The rows of its addresses only."""
    roles = ["DEM", *(["CJT"] if menage.en_couple else ()), *(["ENF"] if menage.enfants else ())]
    lignes = Lignes()
    foyer = FoyerLu(
        numdemrsa=menage.numdemrsa, adresses=adresses_lues(menage), sans_domicile_fixe=menage.domicilie,
        personnes=tuple(PersonneLu(role=role, naissance=date.min) for role in roles),
    )  # fmt: skip
    decomposer(foyer, organisme="", carte=carte, sceau=sceau, lignes=lignes)
    return lignes.adresses


def _relu(foyer: FoyerLu) -> FoyerLu:
    """What reading gives of a household once written: its ``detail``, without any NIR."""
    detail = _bloc_relu(schema.FOYER, composer(foyer))
    personnes = tuple(
        _personne_relue(personne, bloc) for personne, bloc in zip(foyer.personnes, detail.pop("Personne"), strict=True)
    )
    return replace(foyer, personnes=personnes, detail=detail)


def _personne_relue(personne: PersonneLu, bloc: Detail) -> PersonneLu:
    bloc["Identification"].pop("NIR", None)
    for rattachement in bloc.get("Rattachement", ()):
        rattachement.pop("NIR", None)
    return replace(personne, nir=nir13(personne.nir_brut) or "" if personne.nir_brut else "", detail=bloc)


def _bloc_relu(nom: str, bloc: Detail) -> Detail:
    """Padding is gone, a mandatory element without value is there, empty."""
    relu: Detail = {}
    for balise, obligatoire in _FEUILLES[nom]:
        texte = bloc.get(balise)
        if texte or obligatoire:
            relu[balise] = texte.strip() if texte else ""
    for balise in _BLOCS[nom]:
        contenu = bloc.get(balise)
        if contenu is None:
            continue
        if isinstance(contenu, list):
            relu[balise] = [_bloc_relu(balise, element) for element in contenu]
        else:
            relu[balise] = _bloc_relu(balise, contenu)
    return relu
