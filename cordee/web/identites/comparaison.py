"""Two files side by side: what agrees, what differs, where each value comes from. The NIR is compared, never shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.metier.organismes.models import en_cours
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.selectors import situation_de
from cordee.metier.personnes.enums import (
    EtatDroit,
    GenreContact,
    GenreIdentifiant,
    PrecisionNaissance,
    Sexe,
    SourceDonnee,
)
from cordee.metier.personnes.models import Adresse, Contact, Identifiant, Personne
from cordee.metier.personnes.regles import EtatCivil, cle_nom, matricule_montrable
from cordee.metier.personnes.regles.identite import (
    Accord,
    comparer_dates,
    comparer_noms,
    comparer_prenoms,
    comparer_sexes,
    comparer_valeurs,
)
from cordee.metier.personnes.selectors import adresse_courante, droit_courant, ids_du_groupe, numeros
from cordee.web.socle.identites import naissance_en_mots

G = GenreIdentifiant
ASPECTS = {
    Accord.EGAL: ("Identique", "succes", "cocher"),
    Accord.PROCHE: ("Proche", "attention", "alerte"),
    Accord.CONTRAIRE: ("Différent", "danger", "croix"),
    Accord.INCONNU: ("non comparable", "neutre", "aide"),
}


@dataclass(frozen=True, slots=True)
class Ligne:
    """One fact of both files. ``mention``: said once for both (the NIR)."""

    libelle: str
    gauche: str
    droite: str
    accord: Accord
    mention: str = ""

    @property
    def aspect(self) -> tuple[str, str, str]:
        """The word, the tone and the icon of the agreement."""
        return ASPECTS[self.accord]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Identity first, then where they live and stand."""

    identite: tuple[Ligne, ...]
    coordonnees: tuple[Ligne, ...]
    suivi: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class _Fiche:
    """All that is read of one side, once."""

    personne: Personne
    etat_civil: EtatCivil
    empreintes: frozenset[bytes]
    numeros: dict[GenreIdentifiant, list[str]]
    adresse: Adresse | None
    contacts: dict[GenreContact, tuple[str, ...]]
    suivi: tuple[tuple[str, str], ...]


def comparer(gauche: Personne, droite: Personne, au: date) -> Comparaison:
    """The rows of the comparison."""
    a, b = _lire(gauche, au), _lire(droite, au)
    return Comparaison(_dites(_identite(a, b)), _dites(_coordonnees(a, b)), _dites(_suivi(a, b)))


def _dites(lignes: Iterable[Ligne]) -> tuple[Ligne, ...]:
    """Without the rows of which neither file knows anything."""
    return tuple(ligne for ligne in lignes if ligne.gauche or ligne.droite or ligne.mention)


def _lire(p: Personne, au: date) -> _Fiche:
    groupe = ids_du_groupe(p)
    nirs = Identifiant.objects.filter(personne__in=groupe, genre=G.NIR, empreinte__isnull=False)
    contacts: dict[GenreContact, list[str]] = {}
    for genre, valeur in Contact.objects.filter(en_cours(au), personne__in=groupe).values_list("genre", "valeur"):
        contacts.setdefault(GenreContact(genre), []).append(valeur)
    return _Fiche(
        personne=p,
        etat_civil=EtatCivil(
            nom=p.nom, prenom=p.prenom, nom_naissance=p.nom_naissance, autres_prenoms=p.autres_prenoms,
            date_naissance=p.date_naissance, precision=PrecisionNaissance(p.precision_naissance),
            rang_naissance=p.rang_naissance, commune_naissance=p.commune_naissance, sexe=Sexe(p.sexe),
        ),
        empreintes=frozenset(bytes(e) for e in nirs.values_list("empreinte", flat=True) if e is not None),
        numeros=numeros(p),
        adresse=adresse_courante(p, au),
        contacts={genre: tuple(sorted(set(valeurs))) for genre, valeurs in contacts.items()},
        suivi=tuple(_faits(p)),
    )  # fmt: skip


def _identite(a: _Fiche, b: _Fiche) -> list[Ligne]:
    x, y = a.etat_civil, b.etat_civil
    p, q = a.personne, b.personne

    def texte(libelle: str, gauche: str, droite: str) -> Ligne:
        return Ligne(libelle, gauche, droite, comparer_valeurs(cle_nom(gauche), cle_nom(droite)))

    return [
        Ligne("Prénom", p.prenom, q.prenom, comparer_prenoms(x, y)),
        texte("Autres prénoms", p.autres_prenoms, q.autres_prenoms),
        Ligne("Nom d'usage", p.nom, q.nom, comparer_noms(x, y)),
        texte("Nom de naissance", p.nom_naissance, q.nom_naissance),
        Ligne("Date de naissance", naissance_en_mots(p), naissance_en_mots(q), comparer_dates(x, y)),
        Ligne("Rang de naissance", _nombre(p.rang_naissance), _nombre(q.rang_naissance),
              comparer_valeurs(p.rang_naissance, q.rang_naissance)),
        texte("Commune de naissance", p.commune_naissance, q.commune_naissance),
        Ligne("Sexe", _sexe(p), _sexe(q), comparer_sexes(x, y)),
        _nir(a.empreintes, b.empreintes),
    ]  # fmt: skip


def _nir(a: frozenset[bytes], b: frozenset[bytes]) -> Ligne:
    """Only whether they agree. The number itself leaves the database in no form.

    >>> [_nir(frozenset(x), frozenset(y)).mention for x, y in (([b"1"], [b"1"]), ([b"1"], [b"2"]), ([b"1"], []))]
    ['Identiques', 'Différents', "Absent d'une des deux fiches"]
    """
    if not a and not b:
        accord, mention = Accord.INCONNU, "Absent des deux fiches"
    elif not a or not b:
        accord, mention = Accord.INCONNU, "Absent d'une des deux fiches"
    elif a & b:
        accord, mention = Accord.EGAL, "Identiques"
    else:
        accord, mention = Accord.CONTRAIRE, "Différents"
    return Ligne("Numéros de sécurité sociale", "", "", accord, mention)


def _coordonnees(a: _Fiche, b: _Fiche) -> list[Ligne]:
    def ensemble(libelle: str, gauche: Iterable[str], droite: Iterable[str]) -> Ligne:
        x, y = set(gauche), set(droite)
        accord = Accord.INCONNU if not x or not y else Accord.EGAL if x & y else Accord.CONTRAIRE
        return Ligne(libelle, ", ".join(sorted(x)), ", ".join(sorted(y)), accord)

    def rsa(fiche: _Fiche) -> list[str]:
        return [_numero_et_role(valeur) for valeur in fiche.numeros.get(G.NUMDEMRSA, [])]

    def caf(fiche: _Fiche) -> list[str]:
        paires = [valeur.split(":", 1) for valeur in fiche.numeros.get(G.MATRICULE, [])]
        return [" ".join((*paire[:-1], matricule_montrable(paire[-1]))) for paire in paires]

    gauche, droite = _adresse(a.adresse), _adresse(b.adresse)
    return [
        ensemble("Demande RSA", rsa(a), rsa(b)),
        ensemble("Numéro allocataire", caf(a), caf(b)),
        Ligne("Adresse", gauche, droite, comparer_valeurs(cle_nom(gauche), cle_nom(droite))),
        *(
            ensemble(genre.libelle, a.contacts.get(genre, ()), b.contacts.get(genre, ()))
            for genre in (GenreContact.TELEPHONE, GenreContact.COURRIEL)
        ),
    ]


def _numero_et_role(valeur: str) -> str:
    """« 00000003094 (demandeur) »: the role is part of the key, two people share a number.

    >>> _numero_et_role("00000003094:DEM"), _numero_et_role("00000003094")
    ('00000003094 (demandeur)', '00000003094')
    """
    numero, _, role = valeur.partition(":")
    nom = {"DEM": "demandeur", "CJT": "conjoint", "ENF": "enfant", "AUT": "autre"}.get(role, "")
    return f"{numero} ({nom})" if nom else numero


def _adresse(adresse: Adresse | None) -> str:
    if adresse is None:
        return ""
    rue = " ".join(filter(None, (adresse.numero, adresse.type_voie, adresse.voie))).strip()
    ville = adresse.commune.nom if adresse.commune else adresse.ville
    chez = f"chez {adresse.chez}" if adresse.chez else ""
    return ", ".join(filter(None, (chez, rue, f"{adresse.code_postal} {ville}".strip())))


def _faits(p: Personne) -> list[tuple[str, str]]:
    """Where the file comes from and where she stands: told, not compared."""
    s = situation_de(p)
    droit = droit_courant(p)
    etat = EtatDroit(droit.foyer_droit.etat).libelle if droit and droit.foyer_droit else ""
    reference = droit.foyer.reference_le if droit else None
    referent = ""
    if s.situation and (s.situation.referent_agent or s.situation.referent_structure):
        referent = ", ".join(str(x) for x in (s.situation.referent_agent, s.situation.referent_structure) if x)
    return [
        ("Origine", _origine(p)),
        ("Droit", f"{etat}, au {reference:%d/%m/%Y}" if etat and reference else etat),
        ("Situation", Etat(s.situation.etat).libelle if s.situation else ""),
        ("Étape en cours", GenreEtape(s.etape.genre).libelle if s.etape else ""),
        ("Référent", referent),
        ("Contrat signé", f"{s.situation.contrat_le:%d/%m/%Y}" if s.situation and s.situation.contrat_le else ""),
    ]


def _origine(p: Personne) -> str:
    source = SourceDonnee(p.source).libelle
    return f"{'Ouverte au guichet' if p.provisoire else source}, le {p.cree_le:%d/%m/%Y}"


def _suivi(a: _Fiche, b: _Fiche) -> list[Ligne]:
    return [
        Ligne(libelle, gauche, droite, Accord.INCONNU)
        for (libelle, gauche), (_, droite) in zip(a.suivi, b.suivi, strict=True)
    ]


def _sexe(p: Personne) -> str:
    return "" if p.sexe == Sexe.INCONNU else Sexe(p.sexe).libelle


def _nombre(n: int | None) -> str:
    return "" if n is None else str(n)
