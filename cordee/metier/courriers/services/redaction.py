"""From what a service gives to what a letter says: texts of the Département, message, translation, larger print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import PreferenceContact
from cordee.metier.courriers.regles import KIND_COURRIER, date_fr, date_heure_fr, heure_fr
from cordee.metier.courriers.regles.sms import en_gsm7, longueur_sms
from cordee.metier.courriers.regles.textes import TRADUISIBLES, remplir
from cordee.metier.courriers.selectors.modeles import TextesEnVigueur
from cordee.metier.personnes.models import Personne
from cordee.socle import horloge

_JOURS_COURTS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_MESSAGES = frozenset({Canal.COURRIEL, Canal.SMS})
_DOCUMENT_JOINT = "Vous trouverez le document joint à ce message.\n\n{service}\nRéférence : {reference}"
_SEPARATION = "\n\n—\n\n"


def rediger(
    contenu: Mapping[str, Any], *, genre: GenreCourrier, canal: Canal, textes: TextesEnVigueur, appel: str,
    reference: str, preference: PreferenceContact | None = None, pour: str = "",
) -> tuple[dict[str, Any], int | None]:  # fmt: skip
    """The content of one letter with its words in it, and the version of the text it was made with.

    A message (e-mail, SMS) keeps its exact words under ``message_court``. A French text always comes first: the
    translation the person asked for stands beside it (R48).

    Args:
        pour: « Pour A. D. : » when the number is also that of someone close (R44).
    """
    # A convocation that replaces another is told as a change of date in a short message.
    genre_texte = _genre_du_texte(genre, canal, contenu)
    texte = textes.de(genre_texte, canal if canal in _MESSAGES else Canal.COURRIER)
    valeurs = valeurs_de(contenu, appel=appel, reference=reference, pour=pour)
    remplis = {cle: remplir(bloc, valeurs) for cle, bloc in texte.blocs.items()}
    langue = preference.langue if preference is not None and genre in TRADUISIBLES else ""
    traduit = textes.de(genre_texte, canal if canal in _MESSAGES else Canal.COURRIER, langue) if langue else None
    traduction = {cle: remplir(b, valeurs) for cle, b in traduit.blocs.items()} if traduit else {}
    ajout: dict[str, Any] = {}
    if canal is Canal.SMS:
        ajout["message_court"] = _sms(remplis, traduction)
    elif canal is Canal.COURRIEL:
        ajout["message_court"] = _courriel(genre, remplis, traduction, valeurs)
    else:
        if remplis:
            ajout["textes"] = {cle: t for cle, t in remplis.items() if t}
        if traduction:
            ajout["traduction"] = {"langue": langue, **traduction}
    if preference is not None and canal not in _MESSAGES:
        ajout |= {cle: True for cle in ("grands_caracteres", "pictogrammes") if getattr(preference, cle)}
    return {**contenu, **ajout}, texte.modele_id


def _genre_du_texte(genre: GenreCourrier, canal: Canal, contenu: Mapping[str, Any]) -> GenreCourrier:
    if genre is GenreCourrier.CONVOCATION and canal in _MESSAGES and contenu.get("introduction"):
        return GenreCourrier.RENDEZ_VOUS_DEPLACE
    return genre


def _sms(remplis: Mapping[str, str], traduction: Mapping[str, str]) -> dict[str, Any]:
    morceaux = [t for t in (remplis.get("texte", ""), traduction.get("texte", "")) if t]
    texte = en_gsm7("\n".join(morceaux))
    longueur = longueur_sms(texte)
    return {"texte": texte, "segments": longueur.segments, "unicode": longueur.unicode}


def _courriel(
    genre: GenreCourrier, remplis: Mapping[str, str], traduction: Mapping[str, str], valeurs: Mapping[str, str]
) -> dict[str, Any]:
    """A kind without words of its own goes as a document joined to a neutral message."""
    if "corps" not in remplis:
        corps = remplir(_DOCUMENT_JOINT, valeurs)
        return {"objet": KIND_COURRIER[genre].titre, "texte": corps, "piece_jointe": True}
    morceaux = [remplis["corps"], traduction.get("corps", ""), remplis.get("mentions", "")]
    return {"objet": remplis["objet"], "texte": _SEPARATION.join(m for m in morceaux if m)}


def valeurs_de(contenu: Mapping[str, Any], *, appel: str, reference: str, pour: str = "") -> dict[str, str]:
    """What each variable is worth for one letter; empty when the letter does not say it."""
    departement = contenu.get("departement") or {}
    rdv = contenu.get("rdv") or {}
    lieu = rdv.get("lieu") or {}
    excuses, nouvelles = contenu.get("excuses") or {}, contenu.get("nouvelles") or {}
    valeurs = {
        "appel": appel, "reference": reference, "pour": pour,
        "service": departement.get("service") or departement.get("nom", ""),
        "expediteur": departement.get("nom", ""),
        "contact_donnees": departement.get("dpo") or "adressez-vous au service qui vous écrit",
        "lieu": lieu.get("nom", ""), "adresse": _lignes(lieu.get("adresse")),
        "avec": (rdv.get("avec") or {}).get("nom", ""), "pourquoi": _lignes(rdv.get("pourquoi"), " "),
        "apporter": _lignes(rdv.get("apporter")),
        "date_erreur": excuses.get("le", ""), "courrier_errone": excuses.get("courrier", ""),
        "erreur": excuses.get("erreur", ""), "precision": excuses.get("precision", ""),
        "referent": nouvelles.get("referent", ""), "dernier_contact": nouvelles.get("dernier_contact", ""),
        "mot": nouvelles.get("mot", ""),
        **_joindre(contenu, departement), **_dates(rdv.get("quand")),
        **_limite((contenu.get("invitation") or {}).get("jusquau")),
    }  # fmt: skip
    delais = {f"delai_{nom}": enonce for nom, enonce in (contenu.get("delais") or {}).items()}
    return {cle: str(v) for cle, v in (valeurs | delais).items()}


def _joindre(contenu: Mapping[str, Any], departement: Mapping[str, Any]) -> dict[str, str]:
    moyens = contenu.get("deplacer") or departement
    telephone, courriel = moyens.get("telephone", ""), moyens.get("courriel", "")
    sur_place = moyens.get("sur_place", "")
    phrases = [f"par téléphone au {telephone}" if telephone else "", f"par courriel à {courriel}" if courriel else "",
               sur_place]  # fmt: skip
    return {
        "joindre": " ou ".join(p for p in phrases if p) or "auprès du service qui vous écrit",
        "joindre_court": telephone or courriel or sur_place or "à l'accueil",
        "lien": contenu.get("lien") or (contenu.get("deplacer") or {}).get("lien") or "",
    }


def _dates(quand: Any) -> dict[str, str]:
    if not isinstance(quand, datetime):
        texte = str(quand or "")
        return {"date": texte, "date_courte": texte, "date_chiffres": texte}
    ici = quand.astimezone(horloge.PARIS) if quand.tzinfo else quand
    heure = heure_fr(ici).replace("\u00a0", "").replace(" ", "")
    return {
        "date": date_heure_fr(ici),
        "date_courte": f"{_JOURS_COURTS[ici.weekday()]} {ici:%d/%m} à {heure}",
        "date_chiffres": f"{ici:%d/%m/%Y}, {ici.hour}:{ici:%M}",
    }


def _limite(jusquau: Any) -> dict[str, str]:
    """The last day of an invitation, in words and in figures."""
    if not isinstance(jusquau, date):
        return {"jusquau": str(jusquau or ""), "jusquau_chiffres": str(jusquau or "")}
    return {"jusquau": date_fr(jusquau), "jusquau_chiffres": f"{jusquau:%d/%m/%Y}"}


def _lignes(valeur: Any, separateur: str = ", ") -> str:
    if isinstance(valeur, str):
        return valeur
    return separateur.join(str(v) for v in valeur or ())


def pour_qui(personne: Personne, *, partage: bool) -> str:
    """Whom a message on a shared number is for: initials, never a name on a screen (V12)."""
    initiales = " ".join(f"{nom[0].upper()}." for nom in (personne.prenom.strip(), personne.nom.strip()) if nom)
    return f"Pour {initiales} : " if partage and initiales else ""
