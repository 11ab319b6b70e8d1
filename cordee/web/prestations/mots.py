"""An estimate in words: its hypotheses, what it does not say, the figures of the law still to be checked (E40)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import number_format

from cordee.metier.prestations.enums import Logement
from cordee.metier.prestations.regles import Emploi, Hypotheses, Resultat
from cordee.metier.prestations.regles.hypotheses import age
from cordee.reglementation.catalogue import valeur_en_mots
from cordee.reglementation.enums import Confiance
from cordee.reglementation.parametres import Parametre, parametre
from cordee.reglementation.redaction import date_en_toutes_lettres

MOIS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
LIMITES: Final = (
    "C'est une estimation. L'organisme payeur (CAF ou MSA) décide, à partir de ce que la personne déclare.",
    "Les montants en vigueur sont gardés pour les mois à venir : la prochaine revalorisation n'est pas connue.",
    "Le RSA et la prime d'activité sont examinés tous les trois mois : un nouveau salaire ne les change qu'ensuite.",
    "L'aide au logement n'est pas dans le total. Elle peut baisser quand les ressources augmentent.",
    "La prime d'activité est donnée avant la CRDS de 0,5 %. Impôts, aides locales et indus ne sont pas comptés.",
)
A_VERIFIER: Final = (
    "trimestre_reference_decalage", "rsa_coefficient_majore", "rsa_coefficient_personne_suivante",
    "rsa_seuil_versement", "crds_prestations",
)  # fmt: skip


def euros(montant: Decimal | None, *, signe: bool = False) -> str:
    """« 1 172,98 € », « +521,29 € » ; the amount and its sign never part at the end of a line."""
    if montant is None:
        return "inconnu"
    texte = number_format(abs(montant), 2, force_grouping=True) + "\u00a0€"
    if montant < 0:
        return "−" + texte
    return "+" + texte if signe and montant > 0 else texte


def mois_en_mots(mois: date) -> str:
    """
    >>> mois_en_mots(date(2026, 11, 1))
    'novembre 2026'
    """
    return f"{MOIS[mois.month - 1]} {mois.year}"


def pour_mois(mois: date) -> str:
    """« de novembre 2026 », « d'avril 2027 »."""
    texte = mois_en_mots(mois)
    return f"d'{texte}" if texte[0] in "ao" else f"de {texte}"


def emploi_en_mots(emploi: Emploi | None) -> str:
    """« 20 h par semaine à 12,31 € brut de l'heure, dès le 1er décembre 2026 »."""
    if emploi is None:
        return "Le foyer comme aujourd'hui"
    heures = f"{emploi.heures_hebdo.normalize():f}".replace(".", ",")
    if emploi.salaire_net is not None:
        salaire = f"{euros(emploi.salaire_net)} net par mois"
    else:
        salaire = f"{euros(emploi.salaire_horaire_brut)} brut de l'heure"
    periode = f"dès le {date_en_toutes_lettres(emploi.debut)}"
    if emploi.fin:
        periode = f"du {date_en_toutes_lettres(emploi.debut)} au {date_en_toutes_lettres(emploi.fin)}"
    return f"{heures} h par semaine, {salaire}, {periode}"


def decrire(h: Hypotheses) -> list[tuple[str, str]]:
    """The household of an estimate that nobody named."""
    mois = h.premier_mois
    ages = [age(n, mois) for n in h.enfants_nes(mois)]
    attendus = [n for n in h.enfants if n > mois]
    lignes = [
        ("Foyer", "une personne seule" if len(h.adultes) == 1 else "un couple"),
        ("Enfants à charge", ", ".join(_ages(sorted(ages, reverse=True))) or "aucun"),
    ]
    if attendus:
        lignes.append(("Naissance attendue", ", ".join(mois_en_mots(n) for n in attendus)))
    if h.majore(mois):
        lignes.append(("Majoration pour isolement", "oui"))
    logement = h.logement.libelle
    if h.logement is Logement.AVEC_AIDE and h.aide_logement is not None:
        logement += f" ({euros(h.aide_logement)})"
    lignes.append(("Logement", logement))
    for rang, adulte in enumerate(h.adultes, start=1):
        nom = "Ressources" if len(h.adultes) == 1 else f"Ressources, adulte {rang}"
        natures = {r.nature: adulte.revenu(r.nature, mois) for r in adulte.revenus}
        connues = [f"{euros(m)} ({n.libelle.lower()})" for n, m in natures.items() if m]
        lignes.append((nom, ", ".join(connues) or "aucune"))
    if h.prestations_familiales is None and h.enfants:
        lignes.append(("Prestations familiales", "calculées comme si toutes avaient été demandées"))
    return lignes


def _ages(ages: Sequence[int]) -> list[str]:
    return ["moins d'un an" if a == 0 else f"{a} an{'s' if a > 1 else ''}" for a in ages]


@dataclass(frozen=True, slots=True)
class AVerifier:
    """A figure of the law that was not read in its text."""

    parametre: Parametre
    valeur: str
    faible: bool


def parametres_a_verifier(hypotheses: Iterable[Hypotheses]) -> list[AVerifier]:
    """Those an estimate leans on and whose text could not be read, the least sure first."""
    listes = list(hypotheses)
    noms = list(A_VERIFIER)
    if any(h.emploi is not None and h.emploi.salaire_horaire_brut is not None for h in listes):
        noms.append("smic_horaire_brut")
    au = listes[0].premier_mois
    trouves = [parametre(nom, au=au) for nom in noms]
    return sorted(
        (
            AVerifier(p, valeur_en_mots(p), p.confiance is Confiance.BASSE)
            for p in trouves
            if p.confiance is not Confiance.HAUTE
        ),
        key=lambda v: not v.faible,
    )


def conclusion(sans: Resultat, avec: Resultat, emploi: Emploi) -> list[str]:
    """What a person takes away of one job, in two or three sentences."""
    dernier, avant = avec.mois[-1], sans.mois[-1]
    ecart = dernier.total - avant.total
    phrases = [
        f"En {mois_en_mots(dernier.mois)}, {euros(dernier.total)} par mois : "
        + (f"{euros(ecart)} de plus que sans cet emploi." if ecart >= 0 else f"{euros(-ecart)} de moins.")
    ]
    gardes = [
        m
        for m, s in zip(avec.mois, sans.mois, strict=True)
        if m.mois >= emploi.debut.replace(day=1) and m.rsa == s.rsa > 0
    ]
    if gardes and gardes[-1] is not dernier:
        phrases.append(
            f"Le RSA ne change pas jusqu'en {mois_en_mots(gardes[-1].mois)} : il s'ajoute au salaire jusqu'à la "
            "prochaine déclaration."
        )
    if dernier.prime_activite:
        phrases.append(f"La prime d'activité atteint {euros(dernier.prime_activite)} par mois.")
    return phrases
