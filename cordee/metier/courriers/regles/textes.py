"""The texts a Département may word itself: their blocks, their variables, and what no letter may say.

A text is plain words, variables in braces, and parts in square brackets that disappear when one of their variables is
empty: ``Pour changer : {telephone}[ ou {lien}]``. Nothing typed is ever read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from cordee.metier.courriers.enums import Canal, GenreCourrier, LangueLettre
from cordee.metier.courriers.regles.durees import durees_enoncees
from cordee.metier.courriers.regles.genres import KIND_COURRIER
from cordee.metier.courriers.regles.sms import SEGMENTS_MAXIMUM, en_gsm7, longueur_sms
from cordee.reglementation.delais import DelaiInconnu, delai

G, C = GenreCourrier, Canal
FRANCAIS = "fr"

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "appel": "Madame, Monsieur", "date": "mardi 17 février 2026 à 9 h", "date_courte": "mar. 17/02 à 9h",
        "date_chiffres": "17/02/2026, 9:00", "lieu": "nom du lieu, ou « Nous vous appelons »",
        "adresse": "adresse du lieu", "avec": "la personne qui reçoit", "pourquoi": "à quoi sert le rendez-vous",
        "apporter": "ce qu'on peut apporter",
        "joindre": "téléphone, courriel ou accueil", "joindre_court": "téléphone, ou courriel",
        "lien": "lien personnel pour choisir ou déplacer le rendez-vous",
        "jusquau": "mardi 10 mars 2026, dernier jour du lien", "jusquau_chiffres": "10/03/2026",
        "service": "le service qui écrit", "expediteur": "le Département", "reference": "référence du courrier",
        "contact_donnees": "à qui s'adresser pour ses informations personnelles",
        "pour": "« Pour A. D. : », seulement quand le numéro est aussi celui d'un proche",
        "date_erreur": "date du courrier erroné", "courrier_errone": "le courrier erroné",
        "erreur": "ce qui était faux", "precision": "ce qui est corrigé",
        "referent": "le référent", "dernier_contact": "12 mai 2026, dernier échange", "mot": "un mot du référent",
    }
)  # fmt: skip
PREFIXE_DELAI = "delai_"
_RDV = ("appel", "date", "date_courte", "date_chiffres", "lieu", "adresse", "avec", "pourquoi", "apporter", "joindre",
        "joindre_court", "lien", "service", "expediteur", "reference", "contact_donnees", "pour")  # fmt: skip
_COMMUNES = ("appel", "joindre", "joindre_court", "service", "expediteur", "reference", "contact_donnees", "pour")
_INVITATION = (*_COMMUNES, "lieu", "adresse", "pourquoi", "lien", "jusquau", "jusquau_chiffres")
_EXCUSES = (*_COMMUNES, "date_erreur", "courrier_errone", "erreur", "precision")
_NOUVELLES = (*_COMMUNES, "referent", "dernier_contact", "mot")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_FACULTATIF = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Bloc:
    """One part of a text. ``neutre``: may be read over a shoulder (subject, text message): V12."""

    cle: str
    libelle: str
    obligatoire: bool = True
    maximum: int = 1500
    neutre: bool = False
    lignes: int = 4


_MENTIONS = Bloc("mentions", "Informations personnelles et recours (RGPD)", maximum=700)
_MESSAGE = Bloc("message", "Un mot de plus", obligatoire=False, maximum=600, lignes=3)
_COURRIEL = (
    Bloc("objet", "Objet du courriel", maximum=78, neutre=True, lignes=1),
    Bloc("corps", "Texte du courriel", maximum=3000, lignes=14),
    _MENTIONS,
)
_SMS = (Bloc("texte", "Texte du SMS", maximum=480, neutre=True, lignes=4),)
_LETTRE = (Bloc("corps", "Texte de la lettre", maximum=3000, lignes=12), _MENTIONS)
_TRADUCTION = (
    Bloc("titre", "Titre", maximum=80, neutre=True, lignes=1),
    Bloc("corps", "Traduction", maximum=3000, lignes=14),
)
_CONVOCATION = (
    Bloc("introduction", "Première phrase", maximum=300, lignes=2),
    Bloc("changer", "Pour changer de date", maximum=300, lignes=2),
    Bloc("accompagne", "Venir accompagné, interprète, accès", maximum=400, lignes=3),
    _MESSAGE,
    _MENTIONS,
)
_MESSAGES = {C.COURRIEL: _COURRIEL, C.SMS: _SMS}
DE_LA_PROCEDURE = (
    G.GRIEFS, G.AUDITION, G.COMMUNICATION_DOSSIER, G.CLASSEMENT, G.DECISION_SUSPENSION, G.DECISION_SUPPRESSION,
    G.DECISION_FIN_DE_DROIT, G.LEVEE_MESURE, G.ACCUSE_RECOURS, G.REPONSE_RECOURS,
)  # fmt: skip
BLOCS: Mapping[tuple[GenreCourrier, Canal], tuple[Bloc, ...]] = MappingProxyType(
    {
        (G.CONVOCATION, C.COURRIER): _CONVOCATION,
        **{(G.CONVOCATION, canal): blocs for canal, blocs in _MESSAGES.items()},
        **{(G.RAPPEL, canal): blocs for canal, blocs in _MESSAGES.items()},
        **{
            (genre, canal): blocs
            for genre in (G.INVITATION, G.RENDEZ_VOUS_DEPLACE, G.RENDEZ_VOUS_ANNULE, G.EXCUSES, G.PRISE_DE_NOUVELLES)
            for canal, blocs in {C.COURRIER: _LETTRE, **_MESSAGES}.items()
        },
        (G.NOTIFICATION_ORIENTATION, C.COURRIER): (_MESSAGE, _MENTIONS),
        (G.NOMINATION_REFERENT, C.COURRIER): (_MESSAGE, _MENTIONS),
        # What the law makes them say is not the Département's to word; it may add a word and its own notice.
        **dict.fromkeys(((genre, C.COURRIER) for genre in DE_LA_PROCEDURE), (_MESSAGE, _MENTIONS)),
    }
)
TRADUISIBLES = frozenset({G.CONVOCATION, G.INVITATION, G.RAPPEL, G.RENDEZ_VOUS_DEPLACE, G.RENDEZ_VOUS_ANNULE})
# Missing any of these appointments is no breach: their text proposes, it neither obliges nor threatens (E07, E08).
SANS_OBLIGATION = TRADUISIBLES | {G.EXCUSES, G.PRISE_DE_NOUVELLES}

_NON_NEUTRES = re.compile(
    r"\b(rsa|revenus?|allocations?|allocataires?|sanctions?|caf|radiations?|suspensions?|prestations?|dettes?|indus?"
    r"|contr[ôo]les?|fraudes?|benefits?|welfare)\b",
    re.IGNORECASE,
)
_CONTRAINTES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        FRANCAIS: re.compile(
            r"vous devez|vous êtes tenue?|obligatoire|obligation|obligée?|sous peine|sanction|suspen(?:d|sion)"
            r"|radi(?:é|ation)|suppression|réduction de|impérati|convoquée?\b|en cas d.absence",
            re.IGNORECASE,
        ),
        LangueLettre.ANGLAIS: re.compile(
            r"you must|mandatory|compulsory|penalt|sanction|suspen|obligat", re.IGNORECASE
        ),
        LangueLettre.PORTUGAIS: re.compile(r"\bdeve\b|obrigat|sanç|suspen|penaliza", re.IGNORECASE),
        LangueLettre.ROUMAIN: re.compile(r"trebuie|obligat|sanc[țt]i|suspend|penaliz", re.IGNORECASE),
        LangueLettre.TURC: re.compile(r"zorunlu|mecbur|yaptırım|\bceza|askıya", re.IGNORECASE),
    }
)
_DUREE_ETRANGERE = re.compile(
    r"\b\d+\s+(?:days?|weeks?|months?|years?|dias?|semanas?|m[eê]s(?:es)?|zile|săptămâni|luni|ani|gün|hafta|ay|yıl)\b",
    re.IGNORECASE,
)
_DROITS = re.compile(r"consulter|accéder|accès", re.IGNORECASE)


def blocs_de(genre: GenreCourrier, canal: Canal, langue: str = FRANCAIS) -> tuple[Bloc, ...]:
    """The parts of a text; empty when it cannot be worded by the Département. A letter is translated whole, beside."""
    if langue != FRANCAIS and genre not in TRADUISIBLES:
        return ()
    connus = BLOCS.get((genre, canal), ())
    if langue == FRANCAIS or not connus:
        return connus
    return _TRADUCTION if canal is C.COURRIER else tuple(b for b in connus if b is not _MENTIONS)


def variables_admises(genre: GenreCourrier) -> dict[str, str]:
    """The variables a text of this kind may use, with an example or a meaning."""
    propres = {G.EXCUSES: _EXCUSES, G.INVITATION: _INVITATION, G.PRISE_DE_NOUVELLES: _NOUVELLES}
    noms = propres.get(genre) or (_RDV if genre in SANS_OBLIGATION else _COMMUNES)
    regle = KIND_COURRIER[genre]
    delais = {f"{PREFIXE_DELAI}{d}": "délai de la règle en vigueur" for d in (*regle.delais, *regle.delais_facultatifs)}
    return {nom: VARIABLES[nom] for nom in noms} | delais


def remplir(texte: str, valeurs: Mapping[str, str]) -> str:
    """The text with its variables filled in; a part in brackets whose variable is empty disappears.

    >>> remplir("Appelez le {telephone}[ ou allez sur {lien}].", {"telephone": "01 99", "lien": ""})
    'Appelez le 01 99.'
    """

    def partie(m: re.Match[str]) -> str:
        noms = _VARIABLE.findall(m[1])
        return m[1] if noms and all(valeurs.get(nom, "") for nom in noms) else ""

    garde = _FACULTATIF.sub(partie, texte)
    rempli = _VARIABLE.sub(lambda m: valeurs.get(m[1], ""), garde)
    return re.sub(r"\n{3,}", "\n\n", rempli).strip()


def verifier_texte(
    *, genre: GenreCourrier, canal: Canal, langue: str, blocs: Mapping[str, str], au: date
) -> dict[str, list[str]]:
    """What prevents a text from being used, by block, in sentences; empty when nothing does.

    >>> fautes = verifier_texte(
    ...     genre=G.RAPPEL, canal=C.SMS, langue="fr", au=date(2026, 2, 17),
    ...     blocs={"texte": "RSA : vous devez venir {date_courte} sous 3 mois, {nom}"},
    ... )
    >>> len(fautes["texte"])
    4
    """
    attendus = blocs_de(genre, canal, langue)
    fautes = {b.cle: _fautes(b, blocs.get(b.cle, ""), genre, langue, au) for b in attendus}
    if inconnus := set(blocs) - {b.cle for b in attendus}:
        fautes[min(inconnus)] = ["Cette partie n'existe pas dans ce modèle."]
    if canal is C.SMS and "texte" in fautes:
        fautes["texte"] += _trop_long(blocs.get("texte", ""))
    return {cle: phrases for cle, phrases in fautes.items() if phrases}


def _fautes(bloc: Bloc, texte: str, genre: GenreCourrier, langue: str, au: date) -> list[str]:
    if not texte.strip():
        return [f"« {bloc.libelle} » est obligatoire."] if bloc.obligatoire else []
    fautes = []
    if len(texte) > bloc.maximum:
        fautes.append(f"Ce texte compte {len(texte)} caractères : {bloc.maximum} au plus.")
    fautes += _variables_fausses(texte, genre, au)
    if bloc.neutre and (mots := _NON_NEUTRES.findall(texte)):
        fautes.append(f"« {mots[0]} » ne doit pas se lire sur un écran ou une enveloppe : choisissez un mot neutre.")
    if genre in SANS_OBLIGATION and (m := _CONTRAINTES[langue].search(texte)):
        fautes.append(
            f"« {m[0]} » présente le rendez-vous comme une obligation ou une menace : une absence n'est pas un "
            "manquement. Proposez, sans contraindre."
        )
    if durees := _durees(texte, langue):
        fautes.append(f"« {durees} » est une durée écrite à la main : utilisez une variable de délai, toujours à jour.")
    if bloc is _MENTIONS:
        fautes += _mentions_absentes(texte)
    return fautes


def _variables_fausses(texte: str, genre: GenreCourrier, au: date) -> list[str]:
    fautes = []
    admises = variables_admises(genre)
    for nom in dict.fromkeys(_VARIABLE.findall(texte)):
        if nom.startswith(PREFIXE_DELAI) and _est_un_objectif(nom.removeprefix(PREFIXE_DELAI), au):
            fautes.append(f"{{{nom}}} est un objectif du service : un courrier ne peut pas le citer comme un délai.")
        elif nom not in admises:
            proches = ", ".join(f"{{{v}}}" for v in list(admises)[:4])
            fautes.append(f"{{{nom}}} n'est pas une variable de ce modèle. Exemples : {proches}…")
    reste = _VARIABLE.sub("", texte)
    if "{" in reste or "}" in reste:
        fautes.append("Une accolade n'est pas refermée : une variable s'écrit {date}.")
    if texte.count("[") != texte.count("]"):
        fautes.append("Un crochet n'est pas refermé : une partie facultative s'écrit [ou sur internet : {lien}].")
    return fautes


def _est_un_objectif(nom: str, au: date) -> bool:
    try:
        return not delai(nom, au=au).nature.opposable
    except DelaiInconnu:
        return False


def _durees(texte: str, langue: str) -> str:
    if langue == FRANCAIS:
        return ", ".join(f"{n} {unite}" for n, unite in sorted(durees_enoncees(texte)))
    trouvee = _DUREE_ETRANGERE.search(texte)
    return trouvee[0] if trouvee else ""


def _mentions_absentes(texte: str) -> list[str]:
    """RGPD art. 13: rights and the authority to complain to."""
    manque = []
    if not _DROITS.search(texte):
        manque.append("le droit de consulter ses informations")
    if "oppos" not in texte.lower():
        manque.append("le droit de s'opposer")
    if "cnil" not in texte.lower():
        manque.append("la CNIL (www.cnil.fr)")
    if "{contact_donnees}" not in texte:
        manque.append("à qui s'adresser ({contact_donnees})")
    return [f"Il manque une mention légale : {', '.join(manque)}."] if manque else []


def _trop_long(texte: str) -> list[str]:
    """With values of an ordinary length in place of the variables."""
    valeurs = {
        "date_courte": "mar. 17/02 à 9h", "lieu": "Espace des solidarités de Créteil", "joindre_court": "0199000001",
        "adresse": "12 rue de la Paix 94000 Créteil", "lien": "https://cordee.exemple.fr/r/AbCdEfGhIj",
    }  # fmt: skip
    longueur = longueur_sms(en_gsm7(remplir(texte, {nom: valeurs.get(nom, "x" * 12) for nom in VARIABLES})))
    if longueur.segments > SEGMENTS_MAXIMUM:
        return [f"Ce SMS partirait en {longueur.segments} morceaux : {SEGMENTS_MAXIMUM} au plus."]
    return []


def noms_des_variables(textes: Iterable[str]) -> set[str]:
    """Every variable these texts use."""
    return {nom for texte in textes for nom in _VARIABLE.findall(texte)}
