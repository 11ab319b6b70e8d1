"""Letters: which means prove their reception, from which day, and how dates and addresses are written.

A decision whose date of reception is not certain starts no clock (C. trav. R5411-8-1): text messages, e-mails and
ordinary letters inform, they do not notify.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.reglementation.delais import delai
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.erreurs import ErreurMetier

M = MoyenRemise

MOYENS_A_DATE_CERTAINE = frozenset({M.LRAR, M.LRE, M.REMISE_MAIN_PROPRE, M.ESPACE_PERSONNEL})
MOYENS_POSTAUX = frozenset({M.LETTRE_SIMPLE, M.LRAR})
MOYENS_RECOMMANDES = frozenset({M.LRAR, M.LRE})
_SANS_SMS = frozenset(MoyenRemise) - {M.SMS}


@dataclass(frozen=True, slots=True)
class RegleCourrier:
    """What one kind of letter requires.

    ``titre`` is the subject line and the title of the document: it must stay readable over a shoulder, so it names
    no benefit and no measure. ``delais`` are the ids of the deadlines the letter states, as `cordee.reglementation`
    knows them: the template receives their wording and never holds a duration of its own.
    """

    genre: GenreCourrier
    titre: str
    exige_date_certaine: bool
    moyens: frozenset[MoyenRemise]
    reference: str
    delais: tuple[str, ...] = ()
    delais_facultatifs: tuple[str, ...] = ()


_CLES = "ABCDEFGHJKLMNPQRSTVWXYZ"  # 23: a prime, so that two digits swapped change the key; no I, O, U

_RECOURS = ("recours_prealable", "statuer_rapo", "recours_contentieux")

KIND_COURRIER: Mapping[GenreCourrier, RegleCourrier] = MappingProxyType(
    {
        regle.genre: regle
        for regle in (
            RegleCourrier(
                genre=GenreCourrier.CONVOCATION,
                titre="Votre rendez-vous",
                exige_date_certaine=False,
                moyens=frozenset(MoyenRemise),
                reference="Mission d'intérêt public d'accompagnement, CASF L262-27",
            ),
            RegleCourrier(
                genre=GenreCourrier.NOTIFICATION_ORIENTATION,
                titre="Votre accompagnement : décision d’orientation",
                exige_date_certaine=True,
                moyens=MOYENS_A_DATE_CERTAINE,
                reference="C. trav. R5411-8-1",
                delais=_RECOURS,
                delais_facultatifs=("contrat_engagement",),
            ),
            RegleCourrier(
                genre=GenreCourrier.NOMINATION_REFERENT,
                titre="La personne qui vous accompagne",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CASF L262-27 ; C. trav. L5411-6 II 1°",
            ),
            RegleCourrier(
                genre=GenreCourrier.CONTRAT_ENGAGEMENT,
                titre="Contrat d’engagement",
                exige_date_certaine=True,
                moyens=frozenset({M.REMISE_MAIN_PROPRE, M.ESPACE_PERSONNEL}),
                reference="C. trav. L5411-6",
                delais=(*_RECOURS, "contradictoire"),
            ),
            RegleCourrier(
                genre=GenreCourrier.FEUILLE_DE_ROUTE,
                titre="Votre prochaine étape",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="Règle de service",
                delais_facultatifs=("recours_prealable",),
            ),
            RegleCourrier(
                genre=GenreCourrier.ATTESTATION_ACCOMPAGNEMENT,
                titre="Attestation d’accompagnement",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.REFUS_REORIENTATION,
                titre="Votre accompagnement : réponse à votre demande",
                exige_date_certaine=True,
                moyens=MOYENS_A_DATE_CERTAINE,
                reference="C. trav. D5411-8-2",
                delais=_RECOURS,
            ),
            RegleCourrier(
                genre=GenreCourrier.EXPLICATION_PROPOSITION,
                titre="Comment votre orientation a été proposée",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CRPA L311-3-1 et R311-3-1-2",
                delais=(*_RECOURS, "saisir_cada"),
            ),
        )
    }
)

# A letter leaves, is presented, and ends once. A hand-over or a reading may be recorded at once.
SUITES: Mapping[EtatRemise | None, frozenset[EtatRemise]] = MappingProxyType(
    {
        None: frozenset({EtatRemise.ENVOYEE, EtatRemise.RECUE, EtatRemise.REFUSEE}),
        EtatRemise.ENVOYEE: frozenset(EtatRemise) - {EtatRemise.ENVOYEE},
        EtatRemise.PRESENTEE: frozenset(EtatRemise) - {EtatRemise.ENVOYEE},
        EtatRemise.RECUE: frozenset(),
        EtatRemise.REFUSEE: frozenset(),
        EtatRemise.NON_RECLAMEE: frozenset(),
        EtatRemise.NPAI: frozenset(),
    }
)


def reference_de(numero: int) -> str:
    """The reference printed on a letter: its number, and a letter that finds out a digit typed wrong.

    >>> reference_de(123)
    'C0000123J'
    """
    return f"C{numero:07d}{_CLES[numero % len(_CLES)]}"


def numero_de(reference: str) -> int | None:
    """The number of a letter from its reference as typed or scanned; None when it is not one, or has a wrong key.

    Letters written before the key existed have none.

    >>> numero_de(" c 0000123 j"), numero_de("C0000124J"), numero_de("C0000123"), numero_de("bonjour")
    (123, None, 123, None)
    """
    lue = re.fullmatch(r"C0*(\d{1,15})([A-Z]?)", re.sub(r"[\s\-]", "", reference).upper())
    if lue is None:
        return None
    numero = int(lue[1])
    return numero if not lue[2] or lue[2] == _CLES[numero % len(_CLES)] else None


def cle_de_tri(code_postal: str, destinataire: str) -> tuple[bool, str, str]:
    """How envelopes are put in order: by postal code, then by family name; those without a code come last (R10).

    >>> noms = [("94300", "Mme Ana DUPONT"), ("", "M. Ali ABROAD"), ("94000", "M. Zoé É’LAN"), ("94300", "Bo ADAM")]
    >>> [nom for code, nom in sorted(noms, key=lambda n: cle_de_tri(*n))]
    ['M. Zoé É’LAN', 'Bo ADAM', 'Mme Ana DUPONT', 'M. Ali ABROAD']
    """
    mots = destinataire.split()
    nom = [m for m in mots if m == m.upper() and len(m.strip(".")) > 1] or mots
    return not code_postal, code_postal, _capitales(" ".join(nom))


def peut_suivre(avant: EtatRemise | None, apres: EtatRemise) -> bool:
    """Whether a letter known as ``avant`` may become ``apres``.

    >>> peut_suivre(EtatRemise.ENVOYEE, EtatRemise.NPAI), peut_suivre(EtatRemise.NPAI, EtatRemise.RECUE)
    (True, False)
    """
    return apres in SUITES[avant]


def moyens_admis(genre: GenreCourrier, *, contact_discret: bool = False) -> frozenset[MoyenRemise]:
    """The means by which this kind of letter may go out.

    ``contact_discret`` (violence at home): nothing reaches the home, neither by post nor on a phone others read.

    >>> sorted(m.value for m in moyens_admis(GenreCourrier.NOTIFICATION_ORIENTATION, contact_discret=True))
    ['espace_personnel', 'remise_main_propre']
    """
    moyens = KIND_COURRIER[genre].moyens
    return moyens & {M.REMISE_MAIN_PROPRE, M.ESPACE_PERSONNEL} if contact_discret else moyens


class _Suivi(Protocol):
    """What the rules read of a letter."""

    etat: str
    canal: str
    moyen: str
    annule_le: datetime | None


def suites_de(courrier: _Suivi) -> list[EtatRemise]:
    """What may be recorded next of one letter, by the way it took: only paper comes back, only a registered letter is
    presented, refused or left unclaimed.

    >>> from types import SimpleNamespace as S
    >>> lettre = S(etat="envoyee", canal="courrier", moyen="lettre_simple", annule_le=None)
    >>> [e.value for e in suites_de(lettre)]
    ['npai']
    >>> lettre.moyen = "lrar"
    >>> [e.value for e in suites_de(lettre)]
    ['presentee', 'recue', 'refusee', 'non_reclamee', 'npai']
    """
    if courrier.annule_le is not None:
        return []
    possibles = SUITES[EtatRemise(courrier.etat) if courrier.etat else None]
    papier = courrier.canal == Canal.COURRIER
    ecartes: set[EtatRemise] = set()
    if courrier.moyen not in MOYENS_RECOMMANDES:
        ecartes = {EtatRemise.PRESENTEE, EtatRemise.REFUSEE, EtatRemise.NON_RECLAMEE}
    if not papier:
        ecartes.add(EtatRemise.NPAI)
    if courrier.moyen not in MOYENS_A_DATE_CERTAINE:
        ecartes.add(EtatRemise.RECUE)
    return [e for e in EtatRemise if e in possibles and e not in ecartes and e is not EtatRemise.ENVOYEE]


@dataclass(frozen=True, slots=True)
class EtatDate:
    """One thing that happened to a letter, and the day it did."""

    etat: EtatRemise
    le: date


@dataclass(frozen=True, slots=True)
class PointDeDepart:
    """The day a clock starts from. While ``certaine`` is false no procedure may rely on it."""

    le: date
    certaine: bool


def date_certaine(etats: Iterable[EtatDate], *, moyen: MoyenRemise = M.LRAR) -> date | None:
    """The day on which the law holds the letter to have been received, or None.

    C. trav. R5411-8-1: the decision is notified "par tout moyen donnant date certaine à sa réception".

    - ``recue``: the day of reception;
    - ``non_reclamee``: the day of the first presentation (registered letters only);
    - ``refusee``: the day of the presentation (registered letters only; the refusal itself when no presentation is
      recorded, since it takes place at the door);
    - ``npai``, or nothing final yet: none.

    A hand-over that the person declines to sign, or a page left unopened in the personal space, proves nothing: the
    protective reading is to send a registered letter.

    >>> jour = date(2026, 2, 17)
    >>> non_retiree = [EtatDate(EtatRemise.PRESENTEE, jour), EtatDate(EtatRemise.NON_RECLAMEE, date(2026, 3, 5))]
    >>> date_certaine(non_retiree)
    datetime.date(2026, 2, 17)
    >>> date_certaine([EtatDate(EtatRemise.RECUE, jour)], moyen=MoyenRemise.SMS) is None
    True
    """
    if moyen not in MOYENS_A_DATE_CERTAINE:
        return None
    connus = list(etats)
    finaux = [e for e in connus if e.etat.final]
    if not finaux:
        return None
    fin = max(finaux, key=lambda e: e.le)
    if fin.etat is EtatRemise.RECUE:
        return fin.le
    if fin.etat is EtatRemise.NPAI or moyen not in MOYENS_RECOMMANDES:
        return None
    presentation = min((e.le for e in connus if e.etat is EtatRemise.PRESENTEE), default=None)
    if fin.etat is EtatRemise.REFUSEE:
        return presentation or fin.le
    return presentation


def point_de_depart(etats: Iterable[EtatDate], *, moyen: MoyenRemise = M.LRAR) -> PointDeDepart | None:
    """The certain date, or else the day of sending, flagged as provisional; None when nothing left or all came back.

    >>> point_de_depart([EtatDate(EtatRemise.ENVOYEE, date(2026, 2, 10))])
    PointDeDepart(le=datetime.date(2026, 2, 10), certaine=False)
    """
    connus = list(etats)
    certaine = date_certaine(connus, moyen=moyen)
    if certaine is not None:
        return PointDeDepart(le=certaine, certaine=True)
    if any(e.etat is EtatRemise.NPAI for e in connus):
        return None
    envoi = min((e.le for e in connus if e.etat is EtatRemise.ENVOYEE), default=None)
    return PointDeDepart(le=envoi, certaine=False) if envoi else None


JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
INSECABLE = "\u00a0"


def date_fr(jour: date, *, avec_jour: bool = True) -> str:
    """A date as people say it.

    >>> date_fr(date(2026, 2, 17)), date_fr(date(2026, 5, 1), avec_jour=False)
    ('mardi 17 février 2026', '1er mai 2026')
    """
    texte = date_en_toutes_lettres(jour)
    return f"{JOURS[jour.weekday()]} {texte}" if avec_jour else texte


def heure_fr(instant: datetime) -> str:
    """An hour as people read it, with unbreakable spaces. The instant is taken as it stands: give it in local time.

    >>> heure_fr(datetime(2026, 2, 17, 9, 0)).replace(INSECABLE, " ")
    '9 h'
    >>> heure_fr(datetime(2026, 2, 17, 14, 5)).replace(INSECABLE, " ")
    '14 h 05'
    """
    minutes = f"{INSECABLE}{instant.minute:02d}" if instant.minute else ""
    return f"{instant.hour}{INSECABLE}h{minutes}"


def date_heure_fr(instant: datetime) -> str:
    """Day and hour of an appointment.

    >>> date_heure_fr(datetime(2026, 2, 17, 9, 0)).replace(INSECABLE, " ")
    'mardi 17 février 2026 à 9 h'
    """
    return f"{date_fr(instant)} à {heure_fr(instant)}"


class AdresseIllisible(ErreurMetier):
    """The address cannot be written in the lines a window envelope shows."""


LARGEUR_LIGNE = 38
LIGNES_MAXIMUM = 7  # six of the standard, and one for the country or a name on two lines: all fit the window
_ABREVIATIONS = MappingProxyType(
    {
        "ALLEE": "ALL", "APPARTEMENT": "APT", "AVENUE": "AV", "BATIMENT": "BAT", "BOULEVARD": "BD",
        "CHEMIN": "CHE", "DOCTEUR": "DR", "FAUBOURG": "FG", "GENERAL": "GAL", "IMPASSE": "IMP", "LOTISSEMENT": "LOT",
        "MARECHAL": "MAL", "PASSAGE": "PAS", "PLACE": "PL", "PRESIDENT": "PDT", "PROFESSEUR": "PR",
        "RESIDENCE": "RES", "ROUTE": "RTE", "SAINT": "ST", "SAINTE": "STE", "SQUARE": "SQ",
    }
)  # fmt: skip


def _capitales(texte: str) -> str:
    """Capitals without accents or punctuation, as sorting machines read them (Œ becomes OE)."""
    deplie = texte.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    sans_accent = "".join(c for c in unicodedata.normalize("NFKD", deplie) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^A-Z0-9'/-]+", " ", sans_accent.upper().replace("’", "'")).split())


def _plier(ligne: str) -> list[str]:
    """The line in pieces of 38 characters at most, cut between words when it can be."""
    return textwrap.wrap(ligne, LARGEUR_LIGNE, break_on_hyphens=True) if len(ligne) > LARGEUR_LIGNE else [ligne]


def _abreger(ligne: str) -> str:
    """Usual abbreviations, only where the line is too long without them."""
    return " ".join(_ABREVIATIONS.get(m, m) for m in ligne.split()) if len(ligne) > LARGEUR_LIGNE else ligne


def bloc_adresse(
    *,
    destinataire: str,
    voie: str = "",
    code_postal: str = "",
    commune: str = "",
    chez: str = "",
    point_remise: str = "",
    batiment: str = "",
    lieu_dit: str = "",
    pays: str = "",
) -> list[str]:
    """The address in lines of 38 characters (AFNOR XP Z10-011), seven at most with the country.

    The name stays as the person writes it; the lines a machine reads are in capitals. ``chez`` is the organisation
    that domiciles the person (CASF L264-1) or the one who houses her.

    Raises:
        AdresseIllisible: nothing to write after the name, or too many lines even abbreviated.

    >>> bloc_adresse(destinataire="Mme Zoé Œuvrard", chez="CCAS de Créteil", voie="3, place Salvador-Allende",
    ...              code_postal="94000", commune="Créteil")
    ['Mme Zoé Œuvrard', 'Chez CCAS DE CRETEIL', '3 PLACE SALVADOR-ALLENDE', '94000 CRETEIL']
    """
    localite = _capitales(f"{code_postal} {commune}")
    if not localite or not destinataire.strip():
        raise AdresseIllisible("L'adresse est incomplète : indiquez le nom, le code postal et la commune.")
    lignes = _plier(" ".join(destinataire.split()))
    if chez.strip():
        lignes += _plier(f"Chez {_capitales(chez)}")
    for partie in (point_remise, batiment, voie, lieu_dit):
        if texte := _capitales(partie):
            lignes += _plier(_abreger(texte))
    lignes += _plier(localite) + ([_capitales(pays)] if pays.strip() else [])
    if len(lignes) > LIGNES_MAXIMUM:
        raise AdresseIllisible(
            f"L'adresse compte {len(lignes)} lignes et l'enveloppe en montre {LIGNES_MAXIMUM} : raccourcissez-la."
        )
    return lignes


def delais_du_courrier(genre: GenreCourrier, *, au: date, avec: Iterable[str] = ()) -> dict[str, str]:
    """The deadlines a letter states, worded in figures, as the rules in force on that day set them.

    Args:
        avec: ids among the optional ones of the kind (``contrat_engagement`` only for the bodies it binds, 1° to 4° of
            C. trav. L5411-5-1 IV).

    Raises:
        ValueError: an id the kind does not know, or a mere objective: no letter may cite one as an obligation.
        DelaiInconnu: no such rule on that day.

    >>> delais_du_courrier(GenreCourrier.FEUILLE_DE_ROUTE, au=date(2026, 2, 17), avec=["recours_prealable"])
    {'recours_prealable': '2 mois'}
    """
    regle = KIND_COURRIER[genre]
    choisis = tuple(avec)
    if inconnus := set(choisis) - set(regle.delais_facultatifs):
        raise ValueError(f"{genre} does not state {sorted(inconnus)}")
    enonces = {}
    for nom in (*regle.delais, *choisis):
        version = delai(nom, au=au)
        if not version.nature.opposable:
            raise ValueError(f"{nom} is an objective: a letter cannot state it")
        enonces[nom] = f"{version.valeur} {version.unite.libelle}"
    return enonces


_NOMBRES = MappingProxyType(
    {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "huit": 8, "dix": 10, "douze": 12,
     "quinze": 15, "vingt": 20, "trente": 30}
)  # fmt: skip
_DUREE = re.compile(
    rf"\b(\d+|{'|'.join(_NOMBRES)})\s+(jour|semaine|mois|an|année)(?:s(?!\w)|(?!\w))(\s+ouvrés?)?", re.IGNORECASE
)


def durees_enoncees(texte: str) -> frozenset[tuple[int, str]]:
    """Every duration in days, weeks, months or years that a text states, as (number, unit).

    >>> sorted(durees_enoncees("Vous avez deux mois, puis 10 jours ouvrés ; 15 heures par semaine, le 17 mai."))
    [(2, 'mois'), (10, 'jour ouvré')]
    """
    return frozenset(
        (
            _NOMBRES.get(nombre.lower()) or int(nombre),
            unite.lower() + (" ouvré" if ouvres else ""),
        )
        for nombre, unite, ouvres in _DUREE.findall(texte)
    )


def ecarts_de_delais(texte: str, attendus: Mapping[str, str]) -> list[str]:
    """What separates the durations a letter states from those of the rules it applies; empty when they agree.

    Args:
        texte: the text of the letter.
        attendus: wording of each deadline by rule id, such as ``{"recours_prealable": "2 mois"}``.

    >>> ecarts_de_delais("Vous avez 2 mois.", {"recours_prealable": "deux mois"})
    []
    >>> ecarts_de_delais("Vous avez 3 mois.", {"recours_prealable": "deux mois"})
    ['« recours_prealable » (deux mois) manque', '« 3 mois » ne vient d’aucune règle']
    """
    enonces = durees_enoncees(texte)
    durees = {regle: durees_enoncees(valeur) for regle, valeur in attendus.items()}
    manquants = [f"« {r} » ({attendus[r]}) manque" for r, d in durees.items() if not d or not d <= enonces]
    connus = frozenset().union(*durees.values())
    return manquants + [f"« {n} {unite} » ne vient d’aucune règle" for n, unite in sorted(enonces - connus)]
