"""What goes into the lake, table by table: the columns that figures need, and none that says who somebody is.

A person is the number of her row: it means nothing outside this database, and it lets a figure open its list (ADR 12).
No name, no number of a paying body, no address but the commune; of a birth date, the month; no note, no free text.
An open period ends on ``JAMAIS``, so that « in force on a day » reads ``debut <= au AND au < fin``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

JAMAIS: Final = "9999-12-31"
_FIN: Final = f"coalesce(fin, DATE '{JAMAIS}')"
_DIT: Final = "CASE WHEN t.genre = 'information_partenaire' THEN"
_PARIS: Final = "AT TIME ZONE 'Europe/Paris'"


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: its name and type in the lake, and the PostgreSQL expression that fills it."""

    nom: str
    type: str
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the lake.

    ``source``: PostgreSQL table. ``personne``: column holding a person, led back to her canonical row when read.
    ``debut``, ``fin``: columns that say from when a changed row changes past figures; without them, every figure.
    ``cle``: column of the source that partitions it (an increasing integer).
    """

    nom: str
    source: str
    colonnes: tuple[Colonne, ...]
    description: str
    personne: str = ""
    debut: str = ""
    fin: str = ""
    cle: str = "id"
    ou: str = ""
    incrementale: bool = False

    @property
    def types(self) -> dict[str, str]:
        return {c.nom: c.type for c in self.colonnes}

    def requete(self) -> str:
        """The SELECT that PostgreSQL copies out, without its bounds."""
        colonnes = ", ".join(f"{c.source} AS {c.nom}" for c in self.colonnes)
        return f"SELECT {colonnes} FROM {self.source} t"


def _colonnes(texte: str) -> tuple[Colonne, ...]:
    """``nom TYPE [= expression]``, one per line."""
    lues = []
    for ligne in filter(None, (brute.strip() for brute in texte.splitlines())):
        declaration, _, expression = ligne.partition(" = ")
        nom, genre = declaration.split()
        lues.append(Colonne(nom, genre, expression or f"t.{nom}"))
    return tuple(lues)


TABLES: Final[tuple[Table, ...]] = (
    Table(
        "personnes", "personnes_personne",
        _colonnes("""
            id BIGINT
            canonique_id BIGINT
            sexe VARCHAR
            naissance DATE = date_trunc('month', t.date_naissance)::date
            deces_le DATE
        """),
        "Une ligne par fiche ; canonique_id : la fiche à laquelle elle est réunie ; naissance : le premier du mois.",
    ),
    Table(
        "foyers", "personnes_foyer",
        _colonnes("""
            foyer_id BIGINT = t.id
            demande_le DATE
            situation_familiale VARCHAR
        """),
        "Un foyer, sa date de demande (DTDEMRSA).",
    ),
    Table(
        "appartenances", "personnes_appartenance",
        _colonnes(f"""
            personne_id BIGINT
            foyer_id BIGINT
            role VARCHAR
            responsable BOOLEAN
            a_charge BOOLEAN
            debut DATE
            fin DATE = {_FIN}
        """),
        "Le rôle d'une personne dans un foyer, daté.", personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "droits_foyers", "personnes_droitfoyer",
        _colonnes(f"""
            foyer_id BIGINT
            etat VARCHAR
            motif VARCHAR
            montant DOUBLE
            debut DATE
            fin DATE = {_FIN}
        """),
        "L'état du droit d'un foyer (ETATDOSRSA) et son motif, daté par les fichiers.", debut="debut", fin="fin",
    ),
    Table(
        "droits_personnes", "personnes_droitpersonne",
        _colonnes(f"""
            personne_id BIGINT
            foyer_id BIGINT
            sdd BOOLEAN
            debut DATE
            fin DATE = {_FIN}
        """),
        "L'indicateur « soumise aux droits et devoirs » d'une personne, daté ; vide : non transmis.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "ouvertures", "personnes_ouverturedroit",
        _colonnes("""
            personne_id BIGINT
            foyer_id BIGINT
            demande_le DATE
            effet_le DATE
            transmise_le DATE
            recue_le DATE
            retour BOOLEAN
        """),
        "Les quatre dates d'une entrée : demande, effet, première transmission, réception.",
        personne="personne_id", debut="recue_le",
    ),
    Table(
        "adresses", "personnes_adresse",
        _colonnes(f"""
            foyer_id BIGINT
            personne_id BIGINT
            commune VARCHAR = t.commune_id
            localisation VARCHAR
            rang INTEGER
            debut DATE
            fin DATE = {_FIN}
        """),
        "La commune où vit un foyer, ou une personne quand un agent l'a établi, datée.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "inscriptions", "personnes_identifiant",
        _colonnes(f"""
            personne_id BIGINT
            debut DATE
            fin DATE = {_FIN}
        """),
        "Depuis quand une personne est connue de l'opérateur de l'emploi (sans son identifiant).",
        personne="personne_id", debut="debut", fin="fin", ou="t.genre = 'operateur_emploi'",
    ),
    Table(
        "rattachements", "personnes_rattachement",
        _colonnes(f"""
            personne_id BIGINT
            structure_id BIGINT
            agent_id BIGINT
            finalite VARCHAR
            debut DATE
            fin DATE = {_FIN}
        """),
        "Qui répond d'une personne : structure du secteur, organisme et agent référents, datés.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "orientations", "orientation_orientation",
        _colonnes(f"""
            id BIGINT
            personne_id BIGINT
            voie VARCHAR
            categorie VARCHAR
            structure_id BIGINT
            par_defaut BOOLEAN
            tardive BOOLEAN
            par_operateur BOOLEAN
            decidee_le DATE = (t.decidee_le {_PARIS})::date
            notifiee_le DATE
            debut DATE
            fin DATE = {_FIN}
        """),
        "Les décisions d'orientation, datées.", personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "diagnostics", "orientation_diagnostic",
        _colonnes(f"""
            personne_id BIGINT
            jour DATE = (t.mene_le {_PARIS})::date
        """),
        "Les jours des entretiens de diagnostic.", personne="personne_id", debut="jour", ou="NOT t.brouillon",
    ),
    Table(
        "contrats", "contrats_contrat",
        _colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            structure_id BIGINT
            intensite VARCHAR
            signe_le DATE = greatest(t.signe_personne_le, t.signe_referent_le)
            debut DATE
            fin DATE = {_FIN}
        """),
        "Les contrats entrés en vigueur, datés.", personne="personne_id", debut="debut", fin="fin",
        ou="t.debut IS NOT NULL",
    ),
    Table(
        "rendez_vous", "rendezvous_rendezvous",
        _colonnes(f"""
            id BIGINT
            personne_id BIGINT
            genre VARCHAR
            structure_id BIGINT
            agent_id BIGINT
            statut VARCHAR
            jour DATE = (t.debut {_PARIS})::date
        """),
        "Les rendez-vous et ce qu'ils sont devenus.", personne="personne_id", debut="jour",
    ),
    Table(
        "convocations", "courriers_courrier",
        _colonnes(f"""
            rendez_vous_id BIGINT = t.objet_id
            canal VARCHAR
            jour DATE = (t.cree_le {_PARIS})::date
        """),
        "Par quel canal un rendez-vous a été annoncé.", debut="jour",
        ou="t.objet_type = 'rendez_vous' AND t.annule_le IS NULL",
    ),
    Table(
        "contacts", "suivi_contactsuivi",
        _colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            resultat VARCHAR
            agent_id BIGINT = t.par_id
            jour DATE = (t.le {_PARIS})::date
        """),
        "Les contacts et les tentatives du suivi.", personne="personne_id", debut="jour", ou="t.annule_le IS NULL",
    ),
    Table(
        "etapes", "parcours_etape",
        _colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            unite VARCHAR
            structure_id BIGINT
            agent_id BIGINT
            nature VARCHAR
            attendu VARCHAR
            echeance DATE
            debut DATE = t.ouverte_le
            fin DATE = coalesce(t.fermee_le, DATE '{JAMAIS}')
        """),
        "Les étapes principales : ouverte le, à faire avant le, fermée le.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "evenements_bruts", "parcours_evenement",
        _colonnes(f"""
            id BIGINT
            genre VARCHAR
            personne_id BIGINT
            jour DATE = (t.survenu_le {_PARIS})::date
            objet_type VARCHAR = CASE WHEN t.objet_type = 'evenement' THEN t.objet_type END
            objet_id BIGINT = CASE WHEN t.objet_type = 'evenement' THEN t.objet_id END
            resultat VARCHAR = t.donnees ->> 'resultat'
            excusee BOOLEAN = (t.donnees ->> 'excusee')::boolean
            motif_sortie VARCHAR = t.donnees ->> 'motif_sortie'
            etat VARCHAR = CASE WHEN t.genre = 'situation_particuliere' THEN t.donnees ->> 'etat' END
            suite VARCHAR = t.donnees ->> 'suite'
            pour_id BIGINT = {_DIT} (t.donnees ->> 'pour')::bigint END
            contrat_dit DATE = {_DIT} (t.donnees ->> 'contrat_le')::date END
            contact_dit DATE = {_DIT} (t.donnees ->> 'dernier_contact_le')::date END
            referent_dit BOOLEAN = {_DIT} (t.donnees ->> 'referent_connu')::boolean END
        """),
        "Tout ce qui est arrivé, jour par jour, corrections comprises.", personne="personne_id", debut="jour",
        incrementale=True,
    ),
    Table(
        "structures", "organismes_structure",
        _colonnes("""
            structure_id BIGINT = t.id
            code VARCHAR
            nom VARCHAR
            type VARCHAR
            categorie VARCHAR
        """),
        "Les structures.",
    ),
    Table(
        "communes", "territoires_commune",
        _colonnes("""
            commune VARCHAR = t.code_insee
            nom VARCHAR
            departement VARCHAR
            ept VARCHAR = t.ept_id
        """),
        "Les communes et leur établissement public territorial.", cle="",
    ),
)  # fmt: skip
PAR_NOM: Final = {table.nom: table for table in TABLES}
