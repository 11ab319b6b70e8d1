"""What the pre-flight page says of a file before anything of it is believed (R30, R32, R33, R35, E01, E02, E06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cordee.echanges.caf.apercu import Apercu
from cordee.echanges.caf.depot import apercu_de, departement_installe
from cordee.echanges.caf.selectors import MENSUEL, mensuel_precedent, portee_de
from cordee.echanges.fichiers.models import FichierRecu, Portee, StatutFichier
from cordee.metier.personnes.enums import EtatDroit
from cordee.reglementation.delais import echeance
from cordee.reglementation.parametres import decimale
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.web.imports.calendrier import fin_du_mois_suivant, mois_en_mots


@dataclass(frozen=True, slots=True)
class Controle:
    """Facts, then what is worrying (``ton``, sentence), then what the loading will do.

    ``a_cocher``: what the agent must confirm herself before the button does anything; empty when nothing is odd.
    """

    apercu: Apercu | None
    foyers: int | None
    precedent: FichierRecu | None
    evolution: str
    etats: tuple[tuple[str, int, int], ...]
    alertes: tuple[tuple[str, str], ...]
    suites: tuple[str, ...]
    a_cocher: str = ""


def controler(fichier: FichierRecu, au: date) -> Controle:
    """Compare a file with the last one of its body."""
    apercu = apercu_de(fichier)
    foyers = apercu.foyers if apercu else fichier.rapport.get("foyers_lus")
    mensuel = fichier.type == MENSUEL
    precedent = None
    if mensuel and fichier.organisme_id and fichier.reference_le:
        precedent = mensuel_precedent(organisme_id=fichier.organisme_id, avant=fichier.reference_le)
    historique = portee_de(fichier) == Portee.HISTORIQUE
    etranger = apercu.departement_etranger(departement_installe()) if apercu else ""
    return Controle(
        apercu=apercu,
        foyers=foyers,
        precedent=precedent,
        evolution=_evolution(foyers, precedent),
        etats=_etats(apercu),
        alertes=tuple(_alertes(fichier, apercu, precedent, etranger=etranger, historique=historique, au=au)),
        suites=tuple(_suites(fichier, historique=historique)),
        a_cocher=f"Je confirme que ce fichier, marqué «\xa0{etranger}\xa0», est bien destiné à notre département."
        if etranger
        else "",
    )


def _evolution(foyers: int | None, precedent: FichierRecu | None) -> str:
    if foyers is None or precedent is None:
        return ""
    avant = int(precedent.rapport.get("foyers_lus") or 0)
    return _ecart(foyers, avant) if avant else ""


def _ecart(apres: int, avant: int) -> str:
    """How a count moved.

    >>> _ecart(1020, 1000), _ecart(900, 1000), _ecart(1000, 1000)
    ('+20 (+2,0 %)', '−100 (−10,0 %)', 'autant')
    """
    difference = apres - avant
    if difference == 0:
        return "autant"
    signe = "+" if difference > 0 else "−"
    part = f"{abs(100 * difference / avant):.1f}".replace(".", ",")
    return f"{signe}{abs(difference)} ({signe}{part} %)"


def _etats(apercu: Apercu | None) -> tuple[tuple[str, int, int], ...]:
    """State of the right, households, share in per cent: the most numerous first."""
    if apercu is None or not apercu.foyers:
        return ()
    connus = set(EtatDroit)
    return tuple(
        (EtatDroit(code).libelle if code in connus else f"Code {code}", n, round(100 * n / apercu.foyers))
        for code, n in sorted(apercu.etats.items(), key=lambda paire: -paire[1])
    )


def _alertes(
    f: FichierRecu, apercu: Apercu | None, precedent: FichierRecu | None, *, etranger: str, historique: bool, au: date
) -> list[tuple[str, str]]:
    alertes = []
    jours = max((au - f.recu_le).days, 0)
    if etranger:
        alertes.append(("danger", f"Ce fichier est marqué pour le département {etranger.lstrip('0')}, pas le nôtre."))
    if apercu and len(apercu.organismes) > 1:
        alertes.append(("danger", "Ce fichier mélange plusieurs organismes payeurs : vérifiez son origine."))
    if apercu and apercu.annonces is not None and apercu.annonces != apercu.foyers:
        alertes.append(
            ("attention", f"Le fichier annonce {apercu.annonces} foyers et en contient {apercu.foyers} : il est "
                          "peut-être incomplet. Demandez confirmation à l'organisme.")
        )  # fmt: skip
    if f.type == MENSUEL and precedent is None and not historique and not _deja_charge(f):
        alertes.append(("info", "C'est le premier fichier mensuel de cet organisme : tous ses foyers sont nouveaux."))
    baisse = decimale("mensuel_baisse_retenue", au=f.reference_le or f.recu_le)
    avant = int(precedent.rapport.get("foyers_lus") or 0) if precedent else 0
    if apercu and avant and apercu.foyers < avant * (1 - baisse):
        alertes.append(
            ("attention", "Il contient beaucoup moins de foyers que le précédent : le chargement s'arrêtera pour vous "
                          "demander confirmation.")
        )  # fmt: skip
    if precedent is not None and f.reference_le and precedent.reference_le:
        attendu = fin_du_mois_suivant(precedent.reference_le)
        if attendu < f.reference_le:
            alertes.append(("attention", f"Il manque le fichier de {mois_en_mots(attendu)} : chargez-le d'abord."))
    if _deja_charge(f):
        alertes.append(
            ("info", "Un fichier du même mois est déjà chargé : celui-ci le corrige. Personne ne sera convoqué deux "
                     "fois.")
        )  # fmt: skip
    limite = echeance("orienter", depuis=f.recu_le).terme
    if limite < au and not historique:
        alertes.append(
            ("danger", f"Reçu il y a {jours} jours : les six semaines pour orienter les personnes nouvelles sont "
                       f"passées depuis le {limite:%d/%m/%Y}. Vérifiez la date de réception.")
        )  # fmt: skip
    elif jours > 0 and not historique:
        alertes.append(
            ("attention" if jours > 7 else "info",
             f"Reçu il y a {jours} jour{'s' if jours > 1 else ''} : les délais des personnes nouvelles sont déjà "
             "entamés d'autant.")
        )  # fmt: skip
    return alertes


def _deja_charge(f: FichierRecu) -> bool:
    if f.type != MENSUEL or f.organisme_id is None:
        return False
    pareils = FichierRecu.objects.filter(
        organisme_id=f.organisme_id, type=f.type, reference_le=f.reference_le, statut=StatutFichier.CHARGE
    )
    return pareils.exclude(pk=f.pk).exists()


def _suites(f: FichierRecu, *, historique: bool) -> list[str]:
    """What « Charger » does, in order."""
    if historique:
        return [
            "Un fichier plus récent est déjà chargé : celui-ci ne complète que l'historique des droits.",
            "Personne n'entre ni ne sort, aucune étape ne s'ouvre.",
        ]
    limite = date_en_toutes_lettres(echeance("orienter", depuis=f.recu_le).terme)
    suites = [
        "Les foyers, les personnes, les droits et les adresses sont mis à jour.",
        f"Les personnes nouvelles entrent dans la file «\xa0à convoquer\xa0». Elles sont à orienter avant le "
        f"{limite} : six semaines à compter du {date_en_toutes_lettres(f.recu_le)} (CASF D262-65-2).",
    ]
    if f.type == MENSUEL:
        suites.append("Un foyer absent du fichier garde son dernier droit connu : une vérification s'ouvre.")
    return [
        *suites,
        "Un foyer illisible est mis de côté sans arrêter les autres.",
        "Le chargement se fait en arrière-plan : les agents continuent à travailler.",
    ]


def titre(f: FichierRecu) -> str:
    """How a file is called: what, from whom, for when."""
    genre = {"beneficiaires_mensuel": "Fichier mensuel", "beneficiaires_quotidien": "Fichier quotidien"}.get(
        f.type, "Fichier"
    )
    organisme = f" de la {f.organisme.nom}" if f.organisme else ""
    if f.reference_le is None:
        return genre + organisme if organisme else "Fichier non reconnu"
    quand = mois_en_mots(f.reference_le) if f.type == MENSUEL else f"du {f.reference_le:%d/%m/%Y}"
    return f"{genre}{organisme}, {quand}" if f.type == MENSUEL else f"{genre}{organisme} {quand}"
