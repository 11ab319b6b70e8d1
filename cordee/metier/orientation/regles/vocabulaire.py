"""The one linked vocabulary of the diagnosis: theme → situation → objective → action, dated, read from a YAML file.

Codes are what is stored (``mobilite.permis``), never labels: two tools that match labels lose the match at the first
rewording. Each entry carries the code of the public employment operator (API « diagnostic argumenté »), the answers of
the socio-professional questionnaire (DSP) that mean it, and the theme of the shared notebook. A wrong file stops the
program at load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from cordee.metier.orientation.enums import NatureConstat, ThemeDiagnostic
from cordee.reglementation.chargement import Fiche, ReglesInvalides, exiger

_FICHIER = "vocabulaire.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """A situation, an objective or an action. ``code`` is whole (« mobilite.permis »); ``jusqu_a`` is excluded.

    ``liens``: of a situation, the objectives that answer it; of an objective, its actions; whole codes.
    ``operateur``: code of the employment operator; ``dsp``: answers of the questionnaire (« difdisp:0507 »).
    """

    nature: NatureConstat
    code: str
    theme: str
    libelle: str
    depuis: date
    jusqu_a: date | None = None
    operateur: str = ""
    dsp: tuple[str, ...] = ()
    liens: tuple[str, ...] = ()

    def en_vigueur(self, au: date) -> bool:
        return self.depuis <= au and (self.jusqu_a is None or au < self.jusqu_a)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme and its entries. ``diagnostic``: the theme of the orientation criteria; ``None``: an aim, not a brake."""

    code: str
    libelle: str
    depuis: date
    diagnostic: ThemeDiagnostic | None
    operateur: str
    carnet: str
    dsp: tuple[str, ...]
    situations: tuple[Entree, ...]
    objectifs: tuple[Entree, ...]
    actions: tuple[Entree, ...]

    def entrees(self) -> Iterator[Entree]:
        yield from (*self.situations, *self.objectifs, *self.actions)


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """The whole list, by code. Built once, checked whole."""

    themes: Mapping[str, Theme]
    situations: Mapping[str, Entree]
    objectifs: Mapping[str, Entree]
    actions: Mapping[str, Entree]

    def entree(self, code: str, nature: NatureConstat) -> Entree:
        """The entry of a whole code.

        Raises:
            KeyError: no such entry.

        """
        return {
            NatureConstat.SITUATION: self.situations,
            NatureConstat.OBJECTIF: self.objectifs,
            NatureConstat.ACTION: self.actions,
        }[nature][code]

    def du_diagnostic(self, theme: ThemeDiagnostic) -> Theme:
        """The theme of the vocabulary that speaks of this theme of the orientation criteria."""
        return self.themes[str(theme)]

    def objectifs_pour(self, situations: Iterable[str]) -> tuple[str, ...]:
        """Objectives that answer these situations, each once, in the order of the situations.

        >>> vocabulaire().objectifs_pour(["mobilite.permis_non_valide", "mobilite.sans_moyen"])
        ('mobilite.permis', 'mobilite.point', 'mobilite.solution')
        """
        codes = (lien for code in situations if code in self.situations for lien in self.situations[code].liens)
        return tuple(dict.fromkeys(codes))

    def depuis_operateur(self, nature: NatureConstat, codes: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Our codes for the operator's, and those of its codes that mean nothing here (shown, never lost).

        >>> vocabulaire().depuis_operateur(NatureConstat.SITUATION, ["6", "999"])
        (('mobilite.sans_moyen',), ('999',))
        """
        table = {e.operateur: e.code for e in self._de(nature) if e.operateur and self.themes[e.theme].diagnostic}
        return _traduire(codes, table)

    def depuis_besoins(self, codes: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Our objectives for the operator's « besoins » 1 to 21, numbered apart from its objectives.

        >>> vocabulaire().depuis_besoins(["9", "7"])
        (('candidature.cv',), ('7',))
        """
        buts = [e for e in self.objectifs.values() if not self.themes[e.theme].diagnostic]
        return _traduire(codes, {e.operateur: e.code for e in buts if e.operateur})

    def depuis_dsp(self, reponses: Iterable[str]) -> tuple[tuple[str, ...], tuple[ThemeDiagnostic, ...]]:
        """What a questionnaire says: situations, and themes that only deserve to be raised (V3: an impact is asked).

        >>> situations, themes = vocabulaire().depuis_dsp(["diflog:1006", "difdisp:0508", "difsoc:0401"])
        >>> situations, [t.libelle for t in themes]
        (('logement.depart_impose',), ['Santé', 'Logement'])
        """
        donnees = {r.strip().lower() for r in reponses}
        situations = tuple(e.code for e in self.situations.values() if donnees.intersection(e.dsp))
        evoques = {code.partition(".")[0] for code in situations}
        evoques |= {t.code for t in self.themes.values() if donnees.intersection(t.dsp)}
        return situations, tuple(t for t in ThemeDiagnostic if str(t) in evoques)

    def _de(self, nature: NatureConstat) -> Iterable[Entree]:
        return {
            NatureConstat.SITUATION: self.situations,
            NatureConstat.OBJECTIF: self.objectifs,
            NatureConstat.ACTION: self.actions,
        }[nature].values()


@cache
def vocabulaire() -> Vocabulaire:
    """The vocabulary of this installation, read once."""
    texte = files("cordee.metier.orientation.regles").joinpath(_FICHIER).read_text(encoding="utf-8")
    return lire(yaml.safe_load(texte))


def lire(fiches: Any) -> Vocabulaire:
    """Check the records and build the vocabulary.

    Raises:
        ReglesInvalides: missing or unknown key, code given twice, link towards nothing, theme without its counterpart.

    """
    if not isinstance(fiches, list) or not all(isinstance(f, dict) for f in fiches):
        raise ReglesInvalides(f"{_FICHIER} : une liste de thèmes est attendue.")
    themes = [_theme(fiche) for fiche in fiches]
    par_code = _par_code(themes)
    absents = [t.libelle for t in ThemeDiagnostic if str(t) not in par_code or par_code[str(t)].diagnostic is not t]
    if absents:
        raise ReglesInvalides(f"{_FICHIER} : thème du diagnostic sans vocabulaire : {', '.join(absents)}.")
    entrees = {nature: _par_code(e for t in themes for e in t.entrees() if e.nature is nature) for nature in _NATURES}
    vocab = Vocabulaire(MappingProxyType(par_code), *(MappingProxyType(entrees[nature]) for nature in _NATURES))
    _verifier_les_codes_externes(vocab)
    return vocab


_NATURES = (NatureConstat.SITUATION, NatureConstat.OBJECTIF, NatureConstat.ACTION)


def _theme(fiche: Fiche) -> Theme:
    exiger(fiche | {"id": fiche.get("code", "?")}, obligatoires=("code", "libelle", "depuis", "objectifs"),
           permis=("id", "diagnostic", "ft", "carnet", "dsp", "situations", "jusqu_a"))  # fmt: skip
    code = fiche["code"]
    objectifs, actions = [], []
    for objectif in fiche["objectifs"]:
        exiger(objectif | {"id": code}, obligatoires=("code", "libelle", "actions"), permis=("id", "ft", "depuis",
               "jusqu_a", "dsp"))  # fmt: skip
        siennes = [_entree(NatureConstat.ACTION, fiche, a) for a in objectif["actions"]]
        actions += siennes
        objectifs.append(_entree(NatureConstat.OBJECTIF, fiche, objectif, liens=[a.code for a in siennes]))
    situations = [
        _entree(NatureConstat.SITUATION, fiche, s, liens=[f"{code}.{o}" for o in s.get("objectifs", ())])
        for s in fiche.get("situations", ())
    ]
    connus = {o.code for o in objectifs}
    for situation in situations:
        if perdus := set(situation.liens) - connus:
            raise ReglesInvalides(f"{situation.code} : objectif inconnu « {sorted(perdus)[0]} ».")
    diagnostic = ThemeDiagnostic(fiche["diagnostic"]) if "diagnostic" in fiche else None
    return Theme(
        code=code, libelle=fiche["libelle"], depuis=fiche["depuis"], diagnostic=diagnostic,
        operateur=str(fiche.get("ft", "")), carnet=str(fiche.get("carnet", "")), dsp=tuple(fiche.get("dsp", ())),
        situations=tuple(situations), objectifs=tuple(objectifs), actions=tuple(actions),
    )  # fmt: skip


def _entree(nature: NatureConstat, theme: Fiche, fiche: Fiche, *, liens: Iterable[str] = ()) -> Entree:
    exiger(fiche | {"id": f"{theme['code']}.{fiche.get('code', '?')}"}, obligatoires=("code", "libelle"),
           permis=("id", "ft", "dsp", "objectifs", "actions", "depuis", "jusqu_a"))  # fmt: skip
    depuis: date = fiche.get("depuis") or theme["depuis"]
    jusqu_a: date | None = fiche.get("jusqu_a")
    if jusqu_a is not None and jusqu_a <= depuis:
        raise ReglesInvalides(f"{theme['code']}.{fiche['code']} : la période est vide.")
    return Entree(
        nature=nature, code=f"{theme['code']}.{fiche['code']}", theme=theme["code"], libelle=fiche["libelle"],
        depuis=depuis, jusqu_a=jusqu_a, operateur=str(fiche.get("ft", "")), dsp=tuple(fiche.get("dsp", ())),
        liens=tuple(liens),
    )  # fmt: skip


def _par_code(lignes: Iterable[Any]) -> dict[str, Any]:
    par_code: dict[str, Any] = {}
    for ligne in lignes:
        if ligne.code in par_code:
            raise ReglesInvalides(f"{ligne.code} : code donné deux fois.")
        par_code[ligne.code] = ligne
    return par_code


def _verifier_les_codes_externes(vocab: Vocabulaire) -> None:
    """A code of a partner means one thing here: two would make its translation a guess."""
    freins = [t for t in vocab.themes.values() if t.diagnostic is not None]
    buts = [t for t in vocab.themes.values() if t.diagnostic is None]
    for nom, codes in (
        ("situation", [e.operateur for e in vocab.situations.values() if e.operateur]),
        ("objectif", [e.operateur for t in freins for e in t.objectifs if e.operateur]),
        ("besoin", [e.operateur for t in buts for e in t.objectifs if e.operateur]),
        ("contrainte", [t.operateur for t in vocab.themes.values() if t.operateur]),
    ):
        if doubles := {c for c in codes if codes.count(c) > 1}:
            raise ReglesInvalides(f"{nom} {sorted(doubles)[0]} de l'opérateur : donné deux fois.")


def _traduire(codes: Iterable[str], table: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    donnes = tuple(codes)
    return tuple(table[c] for c in donnes if c in table), tuple(c for c in donnes if c not in table)
