"""What is aimed at beside a figure: the next target, last year's promise and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cordee.metier.organismes.models import Agent
from cordee.pilotage.cibles import selectors
from cordee.pilotage.cibles.regles import PAR_HABITUDE, avancement, jour_du_constat
from cordee.pilotage.enums import Niveau
from cordee.pilotage.models import Cible
from cordee.pilotage.selectors import Valeur, definition, valeurs_de
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.web.pilotage.cibles import TONS, visee
from cordee.web.pilotage.mesures import Visee, texte
from cordee.web.pilotage.perimetre import Perimetre


def visees(
    lus: Sequence[str], valeurs: Mapping[str, Valeur], p: Perimetre, *, pour: Agent
) -> dict[str, list[Visee]]:  # fmt: skip
    """By indicator, the next target and the last promise: the territory's own, else the département's where it fits."""
    departement = p.choix[0].code if p.choix[0].niveau is Niveau.DEPARTEMENT else ""
    trouvees: dict[str, list[Visee]] = {}
    for code_lieu in dict.fromkeys((p.territoire.code, departement)):
        if not code_lieu:
            continue
        ailleurs = code_lieu != p.territoire.code
        manquants = [c for c in lus if c not in trouvees and not (ailleurs and definition(c).unite not in PAR_HABITUDE)]
        a_venir = selectors.cibles(manquants, code_lieu, p.au)
        promises = selectors.promesses(manquants, code_lieu, p.au)
        alors = _alors(promises.values(), p, pour=pour)
        for code in manquants:
            lues = [_visee(a_venir[code], valeurs.get(code), p.au, ailleurs=ailleurs)] if code in a_venir else []
            if code in promises:
                lues.append(_promesse(promises[code], alors.get(code), ailleurs=ailleurs))
            if lues:
                trouvees[code] = lues
    return trouvees


def _alors(promises: Iterable[Cible], p: Perimetre, *, pour: Agent) -> dict[str, Valeur]:
    """What each figure of this territory was when the day of its promise came: the end of the last month by then."""
    jours = {c.code: jour_du_constat(c.echeance, p.au) for c in promises}
    if not jours:
        return {}
    lues = valeurs_de(pour=pour, codes=list(jours), territoires=[p.territoire.code], jours=set(jours.values()))
    return {code: v for (code, _, le), v in lues.items() if jours[code] == le}


def _visee(c: Cible, v: Valeur | None, au: date, *, ailleurs: bool) -> Visee:
    d = definition(c.code)
    ou_en_est = avancement(v.valeur if v is not None else None, c.valeur, d.sens, echeance=c.echeance, au=au)
    debut = "Cible du département" if ailleurs else "Cible"
    return Visee(
        f"{debut} : {visee(c, d)} pour le {date_en_toutes_lettres(c.echeance)}", c.proprietaire, c.origine,
        "", ou_en_est.libelle, TONS[ou_en_est], promesse=False, valeur=c.valeur,
    )  # fmt: skip


def _promesse(c: Cible, v: Valeur | None, *, ailleurs: bool) -> Visee:
    d = definition(c.code)
    tenue = avancement(v.valeur if v is not None else None, c.valeur, d.sens, echeance=c.echeance, au=c.echeance)
    constat = f"{texte(v)} au {date_en_toutes_lettres(v.au)}" if v is not None else "sans mesure ce jour-là"
    debut = "Promesse du département" if ailleurs else "Promesse"
    mots = {"atteinte": "Promesse tenue", "manquee": "Promesse non tenue"}
    return Visee(
        f"{debut} pour le {date_en_toutes_lettres(c.echeance)} : {visee(c, d)}", c.proprietaire, c.origine,
        constat, mots.get(tenue.value, tenue.libelle), TONS[tenue], promesse=True, valeur=c.valeur,
    )  # fmt: skip
