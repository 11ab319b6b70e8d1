"""``cordee regime``: what the law allows for a day, a household and a rank. The engine of the procedures, no other."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import date_iso, imprimer_json
from cordee.reglementation.regimes.enums import TypeManquement

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from cordee.reglementation.regimes import Cadre, Niveau

AIDE = "Dit ce que la loi permet à une date, pour un foyer et un rang de manquement. Rien n'est conseillé."
AUCUN_LOCAL = "Aucun barème local n'est en vigueur à cette date : l'intervalle national s'applique."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        AIDE + " JSON : {regime, niveaux[{type, quotite_min, quotite_max, duree_min_mois, duree_max_mois, "
        "plafond_foyer, ep_requise, articles[]}], fin_de_droit{possible, motif, article}, local{...}} ; les parts vont "
        "de 0 à 1, le plafond du foyer est déjà compris dans quotite_max ; blocages[] s'ajoute quand rien ne peut être "
        "décidé, montant_max quand le texte fixe des euros."
    )
    parser.add_argument("--au", type=date_iso, metavar="DATE", required=True, help="date des faits et de la décision")
    parser.add_argument("--foyer", type=_un_ou_plus, metavar="N", required=True, help="personnes du foyer")
    parser.add_argument("--majore", action="store_true", help="RSA majoré (parent isolé, femme enceinte isolée)")
    parser.add_argument("--rang", type=_un_ou_plus, metavar="K", required=True, help="1 pour un premier manquement")
    parser.add_argument("--nature", choices=[t.value for t in TypeManquement], help="nature du manquement")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> None:
    from cordee.reglementation.regimes import Foyer, cadre

    nature = TypeManquement(options.nature) if options.nature else None
    reponse = cadre(au=options.au, foyer=Foyer(options.foyer, majore=options.majore), rang=options.rang, nature=nature)
    if options.json:
        imprimer_json(resultat(reponse, options.au))
    else:
        _imprimer(reponse, options.au)


def resultat(reponse: Cadre, au: date) -> dict[str, Any]:
    """The JSON of an answer."""
    fin = reponse.fin_de_droit
    sortie: dict[str, Any] = {
        "regime": reponse.regime.id,
        "niveaux": [_niveau(n) for n in reponse.niveaux],
        "fin_de_droit": {"possible": fin.possible, "motif": fin.motif, "article": fin.article},
        "local": _local(reponse, au),
    }
    if reponse.blocages:
        sortie["blocages"] = [{"code": b.code, "phrase": b.phrase, "article": b.article} for b in reponse.blocages]
    return sortie


def _niveau(n: Niveau) -> dict[str, Any]:
    ligne: dict[str, Any] = {
        "type": n.type.value, "quotite_min": n.quotite_min, "quotite_max": n.quotite_max,
        "duree_min_mois": n.duree_min_mois, "duree_max_mois": n.duree_max_mois, "plafond_foyer": n.plafond_foyer,
        "ep_requise": n.ep_requise, "articles": list(n.articles),
    }  # fmt: skip
    if n.montant_max is not None:
        ligne["montant_max"] = n.montant_max
    return ligne


def _local(reponse: Cadre, au: date) -> dict[str, Any]:
    """The local scale, with the regime it narrows; the proof that it stays inside is made when the file is loaded."""
    if reponse.bareme_local is None:
        return {"id": None, "niveaux": [], "motif": AUCUN_LOCAL}
    bareme = reponse.bareme_local.bareme
    return {
        "id": bareme.id, "libelle": bareme.libelle, "territoire": bareme.territoire, "depuis": bareme.depuis,
        "jusqu_a": bareme.jusqu_a, "dans_intervalle_national": True,
        "niveaux": [_niveau(n) for n in reponse.bareme_local.niveaux], "motif": bareme.note,
    }  # fmt: skip


def _un_ou_plus(texte: str) -> int:
    if not texte.isdecimal() or int(texte) < 1:
        raise argparse.ArgumentTypeError(f"« {texte} » : un nombre à partir de 1 est attendu")
    return int(texte)


# --------------------------------------------------------------------------- for a human
def _imprimer(reponse: Cadre, au: date) -> None:
    from cordee.reglementation.redaction import date_en_toutes_lettres
    from cordee.reglementation.regimes import article

    regime = reponse.regime
    qui = f"{reponse.foyer.personnes} personne{'s' if reponse.foyer.personnes > 1 else ''}"
    qui += ", RSA majoré" if reponse.foyer.majore else ""
    print(f"Au {date_en_toutes_lettres(au)} : {regime.libelle} ({regime.id}, {regime.reference}).")
    print(f"Foyer : {qui}. Rang {reponse.rang}. Fiabilité de la lecture des textes : {regime.confiance.libelle}.")
    if regime.note:
        print(regime.note)
    for blocage in reponse.blocages:
        print(f"\nBloqué : {blocage.phrase} ({blocage.article})")
    for n in reponse.niveaux:
        print(f"\n{n.type.libelle} : {_parts(n)}, {_duree(n)}.")
        print(f"  Observations : {n.contradictoire_jours} jours au moins à compter de la lettre reçue.")
        print(f"  Équipe pluridisciplinaire : {'avis obligatoire' if n.ep_requise else 'avis non exigé'}.")
        for ref in n.articles:
            print(f"  {ref} : {article(ref).dit}")
    fin = reponse.fin_de_droit
    print(f"\nFin de droit : {'possible' if fin.possible else 'impossible'}. {fin.motif} ({fin.article})")
    if reponse.bareme_local is not None:
        for n in reponse.bareme_local.niveaux:
            print(f"\n{reponse.bareme_local.bareme.libelle} : {_parts(n)}, {_duree(n)}.")
        print(f"  {reponse.bareme_local.bareme.note}")


def _parts(n: Niveau) -> str:
    from cordee.reglementation.regimes import pour_cent

    if n.montant_max is not None:
        return f"jusqu'à {n.montant_max} € par mois"
    minimum, maximum = _ou(n.quotite_min, "0"), _ou(n.quotite_max, "1")
    if minimum == maximum:
        return f"{pour_cent(maximum)} de l'allocation"
    debut = f"de {pour_cent(minimum)} à " if minimum else "jusqu'à "
    return f"{debut}{pour_cent(maximum)} de l'allocation{' (plafond du foyer)' if n.plafond_foyer else ''}"


def _ou(part: Decimal | None, defaut: str) -> Decimal:
    from decimal import Decimal

    return Decimal(defaut) if part is None else part


def _duree(n: Niveau) -> str:
    if n.duree_min_mois == n.duree_max_mois:
        return f"{n.duree_max_mois} mois"
    return f"de {n.duree_min_mois} à {n.duree_max_mois} mois"
