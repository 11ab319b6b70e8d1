"""To whom a letter goes, and what its envelope says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.metier.courriers.regles import bloc_adresse
from cordee.metier.personnes.enums import NatureAdresse, Sexe
from cordee.metier.personnes.models import Adresse, Personne, Representant
from cordee.metier.personnes.selectors import adresse_courante, representants_courants


@dataclass(frozen=True, slots=True)
class Destinataire:
    """To whom a letter goes: as called in the letter, in full, and the lines of the envelope.

    ``code_postal`` sorts the post; empty for what is handed over, sent by message, or goes abroad.
    """

    appel: str
    nom: str
    adresse: list[str]
    code_postal: str = ""

    def pour_lettre(self) -> dict[str, object]:
        return {"appel": self.appel, "nom": self.nom, "adresse": self.adresse}


def destinataire(personne: Personne, *, au: date, postal: bool) -> Destinataire:
    """The person herself. ``postal``: the envelope needs a full address; handed over, her name is enough.

    Raises:
        AdresseIllisible: the address does not fit the window of an envelope.
    """
    return vers_elle(personne, adresse_courante(personne, au) if postal else None)


def vers_elle(personne: Personne, adresse: Adresse | None) -> Destinataire:
    """The person herself at this address; with none, by her name only.

    Raises:
        AdresseIllisible: the address does not fit the window of an envelope.
    """
    nom = nom_complet(personne)
    if adresse is None:
        return Destinataire(_appel(personne), nom, [nom])
    return Destinataire(_appel(personne), nom, _lignes(nom, adresse), code_postal_de(adresse))


def nom_complet(personne: Personne) -> str:
    """As the letters write it: « Mme Prénom NOM »."""
    civilite = {Sexe.FEMME: "Mme", Sexe.HOMME: "M."}.get(Sexe(personne.sexe), "")
    return f"{civilite} {personne.prenom} {personne.nom.upper()}".strip()


def representants_a_informer(personne: Personne, *, au: date) -> list[tuple[Representant, Destinataire]]:
    """Representatives of a protected person or of a minor who can be written to (E28, C. trav. R5412-7)."""
    return [(r, vers_le_representant(r)) for r in joignables_par_courrier(representants_courants(personne, au))]


def joignables_par_courrier(representants: Iterable[Representant]) -> list[Representant]:
    """Those of them whose name and address are known."""
    return [r for r in representants if r.nom.strip() and r.adresse.strip()]


def vers_le_representant(r: Representant) -> Destinataire:
    """The copy of a protected person's letter. The postal code is read in the typed address."""
    lignes = r.adresse.splitlines()
    codes = [mot for ligne in reversed(lignes) for mot in ligne.split() if len(mot) == 5 and mot.isdecimal()]
    return Destinataire("Madame, Monsieur", r.nom, [r.nom, *lignes], codes[0] if codes else "")


def code_postal_de(adresse: Adresse) -> str:
    """Of the place the postman goes to: the body's where it receives her mail (R43); none abroad."""
    if adresse.nature == NatureAdresse.HORS_FRANCE:
        return ""
    chez = adresse.domiciliataire
    return adresse.code_postal or (chez.code_postal if chez is not None else "")


def _appel(personne: Personne) -> str:
    return {Sexe.FEMME: "Madame", Sexe.HOMME: "Monsieur"}.get(Sexe(personne.sexe), "Madame, Monsieur")


def _lignes(nom: str, a: Adresse) -> list[str]:
    if a.nature == NatureAdresse.HORS_FRANCE and a.lignes_etranger:
        return [nom, *(str(ligne) for ligne in a.lignes_etranger)]
    chez = a.chez or (a.domiciliataire.nom if a.domiciliataire else "")
    domiciliee = a.nature == NatureAdresse.DOMICILIATION and a.domiciliataire is not None and not a.voie
    voie = " ".join(partie for partie in (a.numero, a.type_voie, a.voie) if partie)
    return bloc_adresse(
        destinataire=nom,
        chez=chez,
        point_remise=a.complement,
        batiment=a.complement_identification,
        voie=a.domiciliataire.adresse if domiciliee and a.domiciliataire else voie,
        lieu_dit=a.lieu_dit,
        code_postal=code_postal_de(a),
        commune=a.ville or (a.commune.nom if a.commune else ""),
    )
