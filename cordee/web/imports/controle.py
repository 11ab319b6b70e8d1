"""What the pre-flight page says of a file before anything of it is believed (R30, R32, R33, R35, E01, E02, E06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.echanges.caf.apercu import Apercu
from cordee.echanges.caf.depot import apercu_de, departement_installe
from cordee.echanges.caf.selectors import MENSUEL, mensuel_precedent, portee_de
from cordee.echanges.fichiers.models import FichierRecu, Portee, StatutFichier, TypeFichier
from cordee.echanges.fichiers.regles import fin_du_mois_suivant, mensuel_attendu_le, mois_d_arrivee, mois_en_mots
from cordee.echanges.fichiers.selectors import fichier_precedent
from cordee.metier.personnes.enums import EtatDroit
from cordee.reglementation.delais import echeance
from cordee.reglementation.parametres import decimale, entier
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.horloge import jour
from cordee.web.composants.balises.marques import accord

T = TypeFichier
_UN_MOIS = 31
"""Days. Deposited later than that, it is a file of the past, not one that was awaited."""
_UNITES = {T.CONTACTS: "ligne|lignes", T.PARTENAIRE: "ligne|lignes", T.OPERATEUR_EMPLOI: "personne|personnes"}
# What the other kinds note of a file (``rapport["apercu"]``), in words; nested values are not shown.
FAITS = {
    "date_du_fichier": "Données du",
    "demande_recente": "Demande la plus récente",
    "telephones": "Avec un téléphone",
    "courriels": "Avec un courriel",
    "sans_contact": "Sans téléphone ni courriel",
    "refus": "Refusent un moyen de contact",
    "illisibles": "Lignes illisibles",
    "correspondance": "Lu avec la correspondance",
    "suivies": "Personnes suivies par ce partenaire",
    "ailleurs": "Personnes suivies ailleurs",
    "hors_parcours": "Personnes hors des droits et devoirs",
    "douteuses": "Identités à préciser",
    "inconnues": "Inconnues ici",
    "contrats": "Disent un contrat",
    "contrats_date_incomplete": "Contrats à la date incomplète",
    "contacts": "Disent un dernier contact",
}


@dataclass(frozen=True, slots=True)
class Controle:
    """Facts, then what is worrying (``ton``, sentence), then what the loading will do.

    ``elements``: households or lines, named by ``unite``. ``a_cocher``: what the agent must confirm herself before the
    button does anything; empty when nothing is odd. ``sans_correspondance``: a table nobody has said how to read.
    ``melange``: households of several bodies in one file. ``departement``: the other one most households are meant for.
    ``en_parties``: a monthly, that may come in several files.
    """

    elements: int | None
    annonces: int | None
    unite: str
    precedent: FichierRecu | None
    evolution: str
    etats: tuple[tuple[str, int, int], ...] = ()
    faits: tuple[tuple[str, str], ...] = ()
    alertes: tuple[tuple[str, str], ...] = ()
    suites: tuple[str, ...] = ()
    a_cocher: str = ""
    sans_correspondance: bool = False
    melange: bool = False
    departement: str = ""
    en_parties: bool = False

    @property
    def grave(self) -> bool:
        """Whether it must be looked at alone before it is loaded."""
        return bool(self.a_cocher) or self.sans_correspondance or self.melange

    @property
    def nom_unite(self) -> str:
        """« foyers », agreed with the count."""
        return accord(self.elements or 0, self.unite)


def controler(fichier: FichierRecu, au: date) -> Controle:
    """Compare a file with the last one of its kind and sender."""
    if fichier.type.startswith("beneficiaires"):
        return _beneficiaires(fichier, au)
    return _lignes(fichier, au)


def _beneficiaires(fichier: FichierRecu, au: date) -> Controle:
    apercu = apercu_de(fichier)
    foyers = apercu.foyers if apercu else fichier.rapport.get("foyers_lus")
    if fichier.type == MENSUEL and fichier.organisme_id and fichier.reference_le:
        precedent = mensuel_precedent(organisme_id=fichier.organisme_id, avant=fichier.reference_le)
    else:
        precedent = fichier_precedent(fichier)
    historique = portee_de(fichier) == Portee.HISTORIQUE
    etranger = apercu.departement_etranger(departement_installe()) if apercu else ""
    return Controle(
        elements=foyers,
        annonces=apercu.annonces if apercu else None,
        unite="foyer|foyers",
        precedent=precedent,
        evolution=_evolution(foyers, precedent) if fichier.type == MENSUEL else "",
        melange=bool(apercu and len(apercu.organismes) > 1),
        departement=etranger,
        en_parties=fichier.type == MENSUEL and not historique,
        faits=tuple(_estimations(apercu)),
        etats=_etats(apercu),
        alertes=tuple(_alertes(fichier, apercu, precedent, etranger=etranger, historique=historique, au=au)),
        suites=tuple(_suites(fichier, historique=historique)),
        a_cocher=f"Je confirme que ce fichier, marqué «\xa0{etranger}\xa0», est bien destiné à notre département."
        if etranger
        else "",
    )


def _estimations(apercu: Apercu | None) -> list[tuple[str, str]]:
    """What to expect of the loading, from the request numbers alone.

    >>> _estimations(Apercu(foyers=9, annonces=9, nouveaux=2, absents=0))
    [('Foyers inconnus ici', 'environ 2'), ('Foyers connus, absents du fichier', 'aucun')]
    """
    if apercu is None or apercu.nouveaux is None or apercu.absents is None:
        return []
    paires = (("Foyers inconnus ici", apercu.nouveaux), ("Foyers connus, absents du fichier", apercu.absents))
    return [(nom, f"environ {n}" if n else "aucun") for nom, n in paires]


def _lignes(fichier: FichierRecu, au: date) -> Controle:
    """A file of lines: contacts, operator, partner."""
    note = fichier.rapport.get("apercu") if isinstance(fichier.rapport, dict) else None
    apercu: dict[str, Any] = note if isinstance(note, dict) else {}
    lignes = apercu.get("lignes", apercu.get("personnes", fichier.rapport.get("lus")))
    annonces = apercu.get("annonces")
    precedent = fichier_precedent(fichier)
    alertes: list[tuple[str, str]] = []
    if annonces is not None and lignes is not None and annonces != lignes:
        alertes.append(
            ("attention", f"Le fichier annonce {annonces} éléments et en contient {lignes} : il est peut-être "
                          "incomplet. Demandez confirmation à son émetteur.")
        )  # fmt: skip
    alertes += [("attention", str(phrase)) for phrase in apercu.get("alertes", ())]
    a_lire = fichier.type == T.PARTENAIRE and fichier.emetteur_id is None
    if a_lire:
        alertes.append(
            ("danger", "Nous ne savons pas encore lire ce tableau : dites de quel partenaire il vient et à quoi "
                       "correspondent ses colonnes.")
        )  # fmt: skip
    elif precedent is None:
        alertes.append(("info", "C'est le premier fichier de cette sorte."))
    jours = max((au - fichier.recu_le).days, 0)
    if jours > 7:
        alertes.append(("attention", f"Reçu il y a {jours} jours : des informations plus récentes existent peut-être."))
    return Controle(
        elements=lignes,
        annonces=annonces,
        unite=_UNITES.get(T(fichier.type), "ligne|lignes") if fichier.type else "ligne|lignes",
        precedent=precedent,
        evolution=_evolution(lignes, precedent),
        sans_correspondance=a_lire,
        faits=tuple(_faits(apercu)),
        alertes=tuple(alertes),
        suites=(_SUITES_LIGNES[T(fichier.type)] if fichier.type in _SUITES_LIGNES else ()) + _SUITES_COMMUNES,
    )


_SUITES_COMMUNES = (
    "Une ligne illisible est mise de côté sans arrêter les autres.",
    "Le chargement se fait en arrière-plan : les agents continuent à travailler.",
)
_SUITES_LIGNES = {
    T.CONTACTS: (
        "Les téléphones et les courriels des dossiers connus sont mis à jour.",
        "Un numéro vérifié plus récemment avec la personne n'est jamais remplacé sans être relu (R66).",
        "Ce que la personne refuse (appels, messages) est respecté dès le chargement.",
    ),
    T.OPERATEUR_EMPLOI: (
        "Ce que l'opérateur de l'emploi dit des personnes connues est gardé avec sa date et sa source.",
        "Personne n'entre ni ne sort des droits et devoirs à cause de ce fichier.",
    ),
    T.PARTENAIRE: (
        "Ce que le partenaire dit des personnes connues est gardé avec sa date et sa source.",
        "Personne n'entre ni ne sort des droits et devoirs à cause de ce fichier.",
    ),
}


def _faits(apercu: dict[str, Any]) -> list[tuple[str, str]]:
    """The simple values an overview noted, labelled.

    >>> _faits({"telephones": 12, "lignes": 20, "detail": {"a": 1}, "encodage": ""})
    [('Avec un téléphone', '12')]
    """
    connus = [(FAITS[cle], valeur) for cle, valeur in apercu.items() if cle in FAITS and valeur not in ("", None)]
    return [(libelle, str(valeur)) for libelle, valeur in connus if not isinstance(valeur, dict | list)]


def _evolution(foyers: int | None, precedent: FichierRecu | None) -> str:
    if foyers is None or precedent is None:
        return ""
    avant = lus_de(precedent)
    return ecart(foyers, avant) if avant else ""


def lus_de(f: FichierRecu) -> int:
    """Households or lines read in a file already loaded."""
    return f.lus if f.lus is not None else int(f.rapport.get("foyers_lus") or f.rapport.get("lus") or 0)


def ecart(apres: int, avant: int) -> str:
    """How a count moved.

    >>> ecart(1020, 1000), ecart(900, 1000), ecart(1000, 1000)
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
    avant = lus_de(precedent) if precedent and f.type == MENSUEL else 0
    if apercu and avant and apercu.foyers < avant * (1 - baisse):
        alertes.append(
            ("attention", "Il contient beaucoup moins de foyers que le précédent : le chargement s'arrêtera pour vous "
                          "demander confirmation.")
        )  # fmt: skip
    if f.type == MENSUEL and precedent is not None and f.reference_le and precedent.reference_le:
        attendu = fin_du_mois_suivant(precedent.reference_le)
        if attendu < f.reference_le:
            alertes.append(("attention", f"Il manque le fichier de {mois_en_mots(attendu)} : chargez-le d'abord."))
    if _deja_charge(f):
        alertes.append(
            ("info", "Un fichier du même mois est déjà chargé : celui-ci le corrige. Personne ne sera convoqué deux "
                     "fois.")
        )  # fmt: skip
    if doute := _reception_a_verifier(f):
        alertes.append(("attention", doute))
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


def _reception_a_verifier(f: FichierRecu) -> str:
    """A monthly deposited after the day it was due, and said received before: the clocks start at reception (E06)."""
    if f.type != MENSUEL or f.reference_le is None:
        return ""
    arrivee = mois_d_arrivee(f.type, reference=f.reference_le, cree_le=None, recu_le=f.recu_le)
    attendu = mensuel_attendu_le(arrivee, entier("fichier_mensuel_jour_attendu", au=f.recu_le))
    depose = jour(f.depose_le)
    if not (f.recu_le <= attendu < depose) or (depose - attendu).days > _UN_MOIS:
        return ""
    return (
        f"Ce fichier était attendu le {attendu:%d/%m} et a été déposé le {depose:%d/%m}. S'il n'est pas arrivé le "
        f"{f.recu_le:%d/%m}, corrigez sa date de réception : les délais partent de ce jour."
    )


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


def que_faire(f: FichierRecu) -> str:
    """What to do about a file refused: each reason ends with its own advice, this is the general one."""
    de_qui = "à l'organisme" if f.organisme_id or not f.emetteur_id else "au partenaire"
    return (
        f"Redemandez le fichier {de_qui} en lui disant pourquoi il est refusé, puis déposez le nouveau. "
        "Aucun délai ne court tant qu'un fichier lisible n'est pas reçu."
    )
