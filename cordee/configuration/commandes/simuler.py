"""``cordee simuler``: RSA and prime d'activité of a household, month by month, without a database nor a worker."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import date_iso, imprimer_json
from cordee.metier.prestations.enums import Logement

if TYPE_CHECKING:
    from cordee.metier.prestations.regles import Hypotheses, Resultat

AIDE = "Estime le RSA, la prime d'activité et les ressources d'un foyer, mois par mois. La CAF ou la MSA décide."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        AIDE + " JSON : {version, mois[{mois, rsa, prime_activite, salaires, autres_revenus, prestations_familiales, "
        "total, majore, personnes}], salaire_net}. Les montants sont en euros, par mois."
    )
    parser.add_argument("--au", type=date_iso, metavar="DATE", required=True, help="un jour du premier mois")
    parser.add_argument("--mois", type=int, default=6, metavar="N", help="mois estimés (6)")
    parser.add_argument("--adultes", type=int, choices=(1, 2), default=1, help="adultes du foyer (1)")
    parser.add_argument(
        "--enfant", type=date_iso, action="append", default=[], metavar="DATE", help="naissance d'un enfant"
    )
    parser.add_argument(
        "--salaire", type=_montant, default=Decimal(0), metavar="EUROS", help="salaire net actuel du mois"
    )
    parser.add_argument(
        "--chomage", type=_montant, default=Decimal(0), metavar="EUROS", help="allocation chômage du mois"
    )
    parser.add_argument(
        "--logement", choices=[v.value for v in Logement], default=Logement.AVEC_AIDE.value, help="logement"
    )
    parser.add_argument("--emploi", type=date_iso, metavar="DATE", help="premier jour d'un emploi nouveau")
    parser.add_argument("--heures", type=_montant, default=Decimal(35), metavar="H", help="heures par semaine (35)")
    parser.add_argument("--brut", type=_montant, metavar="EUROS", help="salaire horaire brut (le minimum de ce jour)")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> None:
    from cordee.metier.prestations.moteur import estimer
    from cordee.metier.prestations.regles.version import version

    hypotheses = _hypotheses(options)
    resultat = estimer([hypotheses])[0]
    if options.json:
        imprimer_json({"version": version(), **_en_json(resultat)})
        return
    for m in resultat.mois:
        print(f"{m.mois:%m/%Y}  RSA {m.rsa:>8}  prime d'activité {m.prime_activite:>8}  total {m.total:>8}")
    print("C'est une estimation : la CAF ou la MSA décide.")


def _hypotheses(options: argparse.Namespace) -> Hypotheses:
    from cordee.metier.prestations.enums import NatureRevenu
    from cordee.metier.prestations.regles import Adulte, Emploi, Hypotheses, Revenu
    from cordee.reglementation.parametres import decimale

    premier: date = options.au.replace(day=1)
    montants = {NatureRevenu.SALAIRE: options.salaire, NatureRevenu.CHOMAGE: options.chomage}
    revenus = tuple(Revenu(nature=n, montant=m) for n, m in montants.items() if m)
    adulte = Adulte(naissance=date(premier.year - 40, 1, 1), revenus=revenus)
    h = Hypotheses(
        premier_mois=premier, mois=options.mois, adultes=(adulte, replace(adulte, revenus=()))[: options.adultes],
        enfants=tuple(n.replace(day=1) for n in options.enfant), logement=Logement(options.logement),
    )  # fmt: skip
    if options.emploi is None:
        return h
    brut = options.brut or decimale("smic_horaire_brut", au=options.emploi)
    return replace(h, emploi=Emploi(debut=options.emploi, heures_hebdo=options.heures, salaire_horaire_brut=brut))


def _en_json(resultat: Resultat) -> dict[str, Any]:
    return {
        "mois": [
            {
                "mois": m.mois, "rsa": m.rsa, "prime_activite": m.prime_activite, "salaires": m.salaires,
                "autres_revenus": m.autres_revenus, "prestations_familiales": m.prestations_familiales,
                "total": m.total, "majore": m.majore, "personnes": m.personnes,
            }
            for m in resultat.mois
        ],
        "salaire_net": resultat.salaire_net,
    }  # fmt: skip


def _montant(texte: str) -> Decimal:
    try:
        montant = Decimal(texte.replace(",", "."))
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"« {texte} » n'est pas un nombre") from None
    if not montant.is_finite() or montant < 0:
        raise argparse.ArgumentTypeError("un montant positif est attendu")
    return montant
