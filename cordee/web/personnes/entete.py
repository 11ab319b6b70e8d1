"""The top of a person's page: who she is without saying it aloud, where her right stands, what must be known first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.echanges.fichiers.selectors import DroitsAu, pour_organisme
from cordee.metier.courriers.selectors import blocage_des_envois
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors import SituationDe
from cordee.metier.personnes.enums import GenreIdentifiant, Localisation, NatureAdresse, Presence, Protection, RoleFoyer
from cordee.metier.personnes.models import Adresse, OuvertureDroit, Personne, Representant
from cordee.metier.personnes.regles import matricule_montrable
from cordee.metier.personnes.selectors.fiche import (
    DroitCourant,
    adresse_courante,
    droit_courant,
    numeros,
    representants_courants,
)
from cordee.metier.personnes.selectors.perimetre import ids_du_groupe
from cordee.web.socle.acces import Dossier
from cordee.web.socle.identites import age, naissance_en_mots, nom_complet, nom_court

P = Permission
# Who may know how the right stands, amounts apart (domain 2.1: the employment adviser may not).
VOIENT_L_ETAT_DU_DROIT = (P.VOIR_DROITS, P.SUIVRE, P.ORIENTER, P.CONVOQUER)
_EN_COUPLE = frozenset({"MAR", "PAC", "VIM", "RPA", "RVC", "RVM"})
_SEULE = frozenset({"CEL", "DIV", "ISO", "SEF", "SEL", "VEU", "ABA"})


@dataclass(frozen=True, slots=True)
class Bandeau:
    """One thing to know before anything else."""

    titre: str
    texte: str
    ton: str = "attention"


@dataclass(frozen=True, slots=True)
class Entete:
    """What stands above every panel."""

    nom: str
    resume: tuple[str, ...]
    droit: str
    bandeaux: tuple[Bandeau, ...]


def composer(dossier: Dossier, s: SituationDe, *, au: date, fraicheur: Iterable[DroitsAu] = ()) -> Entete:
    """The header of a person's page. ``fraicheur``: up to when each body's rights are known."""
    p = dossier.personne
    droit = droit_courant(p)
    adresse = adresse_courante(p, au)
    return Entete(
        nom=nom_court(p.prenom, p.nom),
        resume=tuple(m for m in (_age(p, au), _lieu(adresse), _famille(droit)) if m),
        droit=_droit(p, droit, s, fraicheur) if dossier.peut(*VOIENT_L_ETAT_DU_DROIT) else "",
        bandeaux=tuple(_bandeaux(p, s, droit, adresse, au)),
    )


def devoilee(personne: Personne) -> dict[str, Any]:
    """The identity in full, once asked for: name, birth, numbers. Never the NIR."""
    connus = numeros(personne)
    rsa = [valeur.split(":")[0] for valeur in connus.get(GenreIdentifiant.NUMDEMRSA, ())]
    caf = [matricule_montrable(valeur.split(":")[-1]) for valeur in connus.get(GenreIdentifiant.MATRICULE, ())]
    return {
        "nom": nom_complet(personne),
        "naissance": naissance_en_mots(personne),
        "numeros": [("Demande RSA", rsa[0] if rsa else ""), ("Allocataire", caf[0] if caf else "")],
    }


def _age(p: Personne, au: date) -> str:
    ans = age(p.date_naissance, au)
    return f"{ans} ans" if ans is not None else "âge inconnu"


def _lieu(adresse: Adresse | None) -> str:
    if adresse is None:
        return "adresse inconnue"
    commune = adresse.commune.nom if adresse.commune else adresse.ville.title()
    if adresse.nature == NatureAdresse.DOMICILIATION:
        return f"{commune}, domiciliée"
    if adresse.nature == NatureAdresse.SANS_DOMICILE:
        return f"{commune or 'sans domicile fixe'}"
    return commune or Localisation(adresse.localisation).libelle.lower()


def _famille(droit: DroitCourant | None) -> str:
    if droit is None:
        return ""
    code = droit.foyer.situation_familiale
    morceaux = ["en couple" if code in _EN_COUPLE else "sans conjoint" if code in _SEULE else ""]
    n = droit.foyer.nb_enfants_autres
    if n:
        morceaux.append(f"{n} enfant{'s' if n > 1 else ''} ou personne{'s' if n > 1 else ''} à charge")
    if droit.role == RoleFoyer.CJT:
        morceaux.append("conjoint ou conjointe du demandeur")
    return ", ".join(m for m in morceaux if m)


def _droit(p: Personne, droit: DroitCourant | None, s: SituationDe, fraicheur: Iterable[DroitsAu]) -> str:
    """« Droit connu depuis le 09/01/2026 · soumise aux droits et devoirs · CAF de Créteil : droits au 31/01/2026 »."""
    if droit is None:
        return "Fiche ouverte avant tout fichier : droit à confirmer."
    ouverture = OuvertureDroit.objects.filter(personne__in=ids_du_groupe(p)).order_by("-recue_le").first()
    morceaux = [f"Droit connu depuis le {ouverture.recue_le:%d/%m/%Y}" if ouverture else "Droit connu"]
    if droit.foyer_droit:
        morceaux.append(droit.foyer_droit.get_etat_display().lower())
    if s.situation is not None:
        morceaux.append("soumise aux droits et devoirs" if s.situation.soumis else "non soumise aux droits et devoirs")
    if du_sien := pour_organisme(fraicheur, droit.foyer.organisme_id):
        morceaux.append(du_sien.mention)
    return " · ".join(morceaux)


def _bandeaux(
    p: Personne, s: SituationDe, droit: DroitCourant | None, adresse: Adresse | None, au: date
) -> list[Bandeau]:
    bandeaux: list[Bandeau] = []
    if p.deces_le:
        bandeaux.append(Bandeau("Personne décédée", f"Décès constaté le {p.deces_le:%d/%m/%Y}.", "info"))
    if p.dossier_sensible:
        bandeaux.append(Bandeau("Dossier sensible", "Seules les personnes désignées peuvent le lire.", "danger"))
    if p.contact_discret:
        bandeaux.append(
            Bandeau(
                "Contact discret",
                "N'écrivez pas au domicile, ne laissez pas de message, n'appelez que le numéro vérifié avec elle.",
                "danger",
            )
        )
    if blocage := blocage_des_envois(p):
        bandeaux.append(Bandeau("Envois bloqués", blocage))
    representants = list(representants_courants(p, au))
    bandeaux += [_representant(r) for r in representants]
    if p.provisoire:
        bandeaux.append(
            Bandeau("Fiche provisoire", "Ouverte au guichet : elle sera réunie au premier fichier.", "info")
        )
    if adresse is not None and adresse.npai:
        bandeaux.append(Bandeau("Courrier revenu", "Le dernier courrier n'a pas pu être distribué à cette adresse."))
    if droit is not None and droit.foyer.presence != Presence.TRANSMIS:
        bandeaux.append(Bandeau("Absente du dernier fichier", "Ce n'est pas une sortie : la situation est à vérifier."))
    if p.interprete:
        langue = f" ({p.langue})" if p.langue else ""
        bandeaux.append(Bandeau("Interprète", f"Un interprète est nécessaire{langue}.", "info"))
    return bandeaux


def _representant(r: Representant) -> Bandeau:
    qui = r.nom or "représentant à identifier"
    return Bandeau(Protection(r.protection).libelle, f"À informer aussi de chaque décision : {qui}.", "info")
