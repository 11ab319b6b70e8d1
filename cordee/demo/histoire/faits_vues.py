"""What each photo shows of one adult: levels (is she present, subject…) and edges (what this photo changed).

The words are those of ``echanges.caf.differences``. It depends on households only, not on where a path stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cordee.demo.histoire.modele import Trajectoire
from cordee.demo.histoire.photos import photo_precedente, photo_suivante
from cordee.demo.modele import Individu, Menage
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.reglementation.sdd import ETATS_OUVERTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Vue:
    """What the file of one photo shows of one adult. Same words as ``differences``: see there.

    ``menage``, ``individu``: her principal household, as last seen when she is absent. ``avant``: that household in the
    file before, ``None`` when it is new. ``a_verifier``: a flag unknown for more than two months (E30). ``reapparait``:
    she was not subject, or not there, in the file before.
    """

    reference: date
    menage: Menage
    individu: Individu
    avant: Menage | None
    presente: bool
    soumise: bool
    muette: bool
    a_verifier: bool
    prenant: bool
    ouverte: bool
    attente: bool
    nouveau: bool
    reapparait: bool


def vues(trajectoires: Sequence[Trajectoire], ordre: int, *, jusqu_au: date) -> Iterator[Vue]:
    """What each photo that says something new shows of one adult, in order.

    An unknown flag and an absence are looked at again each month, as payers' files make it be.
    """
    suivis = [s for t in trajectoires if (s := _Suivi.de(t, ordre)) is not None]
    a_voir = sorted({jour for s in suivis for jour in s.dates if jour <= jusqu_au}, reverse=True)
    drapeau = _Drapeau()
    avant: Vue | None = None
    while a_voir:
        au = a_voir.pop()
        faces = [f for s in suivis if (f := s.face(au)) is not None]
        if not faces:
            continue
        vue = _vue(au, faces, drapeau, avant)
        yield vue
        avant = vue
        drapeau.retenir(vue)
        for s in suivis:
            s.retenir(au)
        if vue.muette or (not vue.presente and vue.menage.etat in ETATS_OUVERTS):
            suivante = photo_suivante(au)
            if suivante <= jusqu_au and (not a_voir or a_voir[-1] > suivante):
                a_voir.append(suivante)


@dataclass(slots=True)
class _Drapeau:
    """The last flag known, and the last file before it was lost."""

    valeur: bool | None = None
    connu_le: date | None = None

    def a_verifier(self, au: date) -> bool:
        """E30: never known, or lost for more than two months."""
        if self.valeur is None or self.connu_le is None:
            return self.valeur is None
        return ajouter_mois(self.connu_le, entier("sdd_drapeau_inconnu_mois", au=au)) < au

    def retenir(self, vue: Vue) -> None:
        if vue.presente and vue.individu.soumis is not None:
            self.valeur, self.connu_le = vue.individu.soumis, None
        elif vue.muette and self.connu_le is None:
            self.connu_le = photo_precedente(vue.reference)


@dataclass(frozen=True, slots=True)
class _Face:
    """One household she belongs to, in one file. ``vue``: as last sent."""

    menage: Menage
    individu: Individu
    avant: Menage | None
    present: bool
    nouveau: bool

    @property
    def ouvert(self) -> bool:
        return self.present and self.menage.etat in ETATS_OUVERTS

    @property
    def soumise(self) -> bool:
        return self.ouvert and self.individu.soumis is True and not self.menage.prenant

    @property
    def muette(self) -> bool:
        return self.ouvert and self.individu.soumis is None


@dataclass(slots=True)
class _Suivi:
    """One household followed for one adult: from the first photo that lists her to the one that no longer does."""

    trajectoire: Trajectoire
    ordre: int
    dates: list[date]
    fin: date | None
    dernier_vu: Menage | None = None

    @classmethod
    def de(cls, trajectoire: Trajectoire, ordre: int) -> _Suivi | None:
        dates: list[date] = []
        fin: date | None = None
        for tranche in trajectoire.tranches:
            dedans = any(a.ordre == ordre for a in tranche.menage.adultes)
            if dedans:
                dates.append(tranche.reference)
            elif dates:
                fin = tranche.reference
                break
        if not dates:
            return None
        suivi = cls(trajectoire, ordre, dates, fin)
        if fin is not None:
            dates.append(fin)
        elif trajectoire.derniere is not None:
            dates.append(photo_suivante(trajectoire.derniere))
        return suivi

    def _montre(self, au: date) -> Menage | None:
        if au < self.dates[0] or (self.fin is not None and au >= self.fin):
            return None
        return self.trajectoire.au(au)

    def face(self, au: date) -> _Face | None:
        """Her membership of that household in the file of ``au``; none before it, nor once she is no longer listed."""
        if au < self.dates[0]:
            return None
        if self.fin is not None and au >= self.fin:
            return None
        menage = self._montre(au)
        present = menage is not None and menage.transmis
        vu = menage if present else self.dernier_vu
        if vu is None:
            return None
        individu = next(a for a in vu.adultes if a.ordre == self.ordre)
        nouveau = present and self.trajectoire.tranches[0].reference == au
        return _Face(vu, individu, self.dernier_vu, present, nouveau)

    def retenir(self, au: date) -> None:
        menage = self._montre(au)
        if menage is not None and menage.transmis:
            self.dernier_vu = menage


def _vue(au: date, faces: Sequence[_Face], drapeau: _Drapeau, avant: Vue | None) -> Vue:
    principale = faces[0]
    if len(faces) > 1:
        principale = max(enumerate(faces), key=lambda f: (f[1].soumise, f[1].present, f[0]))[1]
    soumise = any(f.soumise for f in faces)
    muette = not soumise and any(f.muette for f in faces)
    return Vue(
        reference=au,
        menage=principale.menage,
        individu=principale.individu,
        avant=principale.avant,
        presente=any(f.present for f in faces),
        soumise=soumise,
        muette=muette,
        a_verifier=muette and drapeau.a_verifier(au),
        prenant=any(f.present and f.menage.prenant != "" for f in faces),
        ouverte=any(f.ouvert or (f.present and f.menage.etat == "0") for f in faces),
        attente=any(f.present and f.menage.etat == "0" and f.individu.soumis is not False for f in faces),
        nouveau=principale.nouveau,
        reapparait=avant is None or not (avant.presente and avant.soumise),
    )
