"""Closed lists of the reports: where one stands, who must agree, what a note is, which files are made."""

from cordee.socle.enums import EnumLibelle


class EtatBilan(EnumLibelle):
    """Where the report of a year stands."""

    BROUILLON = "brouillon", "En préparation", "Les notes s'écrivent, les chiffres peuvent être refaits."
    VALIDE = "valide", "Validé", "Les accords sont donnés : il reste à le publier."
    PUBLIE = "publie", "Publié", "Scellé : une correction est une nouvelle version."


class Accord(EnumLibelle):
    """Who must agree before a report is published: two different people."""

    RELECTURE = "relecture", "Relecture des chiffres et de la méthode", "Une personne qui étudie les chiffres."
    DIRECTION = "direction", "Accord de la direction", "Une autre personne, qui pilote."


class Chapitre(EnumLibelle):
    """The chapters of a report, in their order."""

    ESSENTIEL = "essentiel", "L'essentiel"
    PUBLICS = "publics", "Qui est concerné"
    ORIENTATION = "orientation", "Accueillir et orienter"
    ACCOMPAGNEMENT = "accompagnement", "Accompagner et contractualiser"
    EMPLOI = "emploi", "Vers l'emploi"
    DEVOIRS = "devoirs", "Droits et devoirs"
    TERRITOIRES = "territoires", "Les territoires"
    PROMESSES = "promesses", "Ce qui était promis, ce qui a été fait"
    EVALUATIONS = "evaluations", "Ce qui a été évalué"
    OFFICIELS = "officiels", "Les tableaux officiels"
    CONTRADICTIONS = "contradictions", "Quand les chiffres publiés se contredisent"
    METHODE = "methode", "Annexe : la méthode"


class GenreNote(EnumLibelle):
    """What a qualitative note reports. None names a person."""

    VERBATIM = "verbatim", "Parole d'une personne accompagnée"
    GROUPE = "groupe", "Groupe d'allocataires"
    PROFESSIONNELS = "professionnels", "Retour des professionnels"
    FAIT = "fait", "Ce qui a été fait"
    CONTEXTE = "contexte", "Élément de contexte"


class GenreEdition(EnumLibelle):
    """The files that are made. ``value``: stands in their name."""

    ASSEMBLEE = "page-assemblee", "La page pour l'assemblée (PDF)"
    BILAN_PDF = "bilan", "Bilan (PDF accessible)"
    BILAN_HTML = "bilan-page", "Bilan (page à imprimer)"
    BILAN_XLSX = "bilan-donnees", "Données du bilan (XLSX)"
    BILAN_CSV = "bilan-chiffres", "Chiffres du bilan (CSV)"
    PIECE = "piece", "Document (PDF accessible)"

    @property
    def extension(self) -> str:
        fins = {GenreEdition.BILAN_HTML: "html", GenreEdition.BILAN_XLSX: "xlsx", GenreEdition.BILAN_CSV: "csv"}
        return fins.get(self, "pdf")
