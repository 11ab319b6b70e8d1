"""A household set aside, played again: what its file would have given, had it been right.

Same reader, same merge, in the context of the original file: its body, its dates, its reception, from which the clocks
start (E06). A later monthly already loaded: history only (E01). The others of the file are not absent (E02).

A NIR that was kept as a token still recognises its person; the next file brings the number itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Q
from lxml import etree

from cordee.echanges.caf import fiche, fusion, transit
from cordee.echanges.caf.controles import code_du_departement
from cordee.echanges.caf.depot import DEPARTEMENT_ACCEPTE, departement_installe
from cordee.echanges.caf.deroulement import carte_au, contexte_de, derouler
from cordee.echanges.caf.fiche import BlocIllisible
from cordee.echanges.caf.foyer import FoyerLu, PersonneLu
from cordee.echanges.caf.lecture import Rejet, lire_bloc
from cordee.echanges.caf.lignes import Lignes, Sceau, decomposer
from cordee.echanges.caf.models import ContenuFichier
from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.caf.rapprochement import RACINES
from cordee.echanges.caf.selectors import MENSUEL, mensuels_charges
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, Portee
from cordee.echanges.fichiers.rapport import accorder
from cordee.echanges.fichiers.rejets import empreinte_du_jeton, est_jeton, jeton_provisoire
from cordee.echanges.fichiers.services import Suites, rejouer_element
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

E = GenreEvenement
_PERSONNES: Final = f"""
WITH racines AS ({RACINES})
SELECT DISTINCT coalesce(r.racine, q.personne_id) FROM caf_qui q LEFT JOIN racines r ON r.id = q.personne_id ORDER BY 1
"""
_PREMIER_PROVISOIRE: Final = "7"
"""First character of a NIR given while waiting for the definitive one: what stands before a token of such a NIR."""


class EncoreIllisible(ErreurMetier):
    """The household still cannot be read: what is wrong, and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatRejeu:
    """What a replay gave. ``personnes``: ids, once merged rows are followed; ``historique``: nothing present moved."""

    element: ElementRejete
    phrase: str
    personnes: tuple[int, ...]
    evenements: dict[str, int]
    historique: bool


def rejouer(
    *, element: ElementRejete, par: Agent, le: datetime, texte: str | None = None, attendre: bool = False
) -> ResultatRejeu:
    """Play a household again, as it stands or as an agent corrected it.

    Raises:
        EncoreIllisible: what is still wrong, and where; nothing changed, the correction is kept.
        ElementFige: played, dropped or erased already.
        ImportEnCours: a file is being loaded, and ``attendre`` is false.
    """
    suites = rejouer_element(element=element, jouer=jouer, par=par, le=le, texte=texte, attendre=attendre)
    return ResultatRejeu(
        element=element, phrase=suites.phrase, personnes=suites.personnes, evenements=dict(suites.evenements),
        historique=portee_du_rejeu(element.fichier) == Portee.HISTORIQUE,
    )  # fmt: skip


def jouer(element: ElementRejete, texte: str, par: Agent, le: datetime) -> Suites:
    """The act itself, inside the caller's transaction (``fichiers.services.rejouer_element``)."""
    fichier = element.fichier
    lu = lire_element(element, texte)
    fichier.portee = portee_du_rejeu(fichier)
    organisme = fichier.organisme.code if fichier.organisme else ""
    _verifier_destinataire(lu, fichier, organisme)
    contexte = contexte_de(fichier, portee=fichier.portee, le=le, rejeu=True)
    rapport, lignes = Rapport(), Lignes()
    with transit.transit():
        decomposer(
            _avec_jetons(lu), organisme=organisme, carte=carte_au(fichier.recu_le), sceau=_Sceau(), lignes=lignes
        )
        transit.verser(lignes)
        transit.raccourcir()
        transit.analyser()
        derouler(contexte, rapport)
        personnes = tuple(pk for (pk,) in fusion.lire(_PERSONNES, contexte))
    return Suites(phrase=_phrase(rapport, fichier), personnes=personnes, evenements=rapport.evenements)


def lire_element(element: ElementRejete, texte: str) -> FoyerLu:
    """The household of a text, as its file would have given it.

    Raises:
        EncoreIllisible: no XML, no household, or what the reader refuses, with every place that is wrong.
    """
    limite = jour(element.fichier.cree_le or element.cree_le)
    try:
        propre = etree.tostring(fiche.en_xml(texte), encoding="utf-8", with_tail=False)
    except BlocIllisible as faute:
        raise EncoreIllisible(str(faute)) from None
    lu = lire_bloc(propre, limite=limite, ligne=element.ligne, rang=element.rang or 1)
    if isinstance(lu, Rejet):
        fautes = fiche.composer(texte, limite=limite).fautes
        raise EncoreIllisible(" ".join(fautes) or lu.motif)
    return lu


def _verifier_destinataire(lu: FoyerLu, fichier: FichierRecu, organisme: str) -> None:
    """R32, as ``controles`` does for a whole file: our département, and the body of the file."""
    dit = (lu.fonction_organisme + lu.numero_organisme)[:8]
    if dit and organisme and dit != organisme:
        raise EncoreIllisible(
            f"Ce foyer dit venir de {dit} (FONORG, NUMORG) alors que son fichier vient de {organisme} : "
            "corrigez-le, ou écartez-le."
        )
    attendu = code_du_departement(str(fichier.rapport.get(DEPARTEMENT_ACCEPTE) or departement_installe()))
    destine = code_du_departement(lu.partenaire)
    if attendu and destine and destine != attendu:
        raise EncoreIllisible(
            f"Ce foyer est destiné au département {destine} (IDEPARTE), pas au {attendu} : écartez-le, ou corrigez le "
            "département s'il est bien pour nous."
        )


def portee_du_rejeu(fichier: FichierRecu) -> Portee:
    """Whether a household of a file may move the paths now: no later word of the body, the other parts of the same
    month left out (``points``).
    """
    if fichier.organisme_id is None or fichier.reference_le is None:
        return Portee.COURANT
    suivants = Q(reference_le__gt=fichier.reference_le)
    if fichier.type == MENSUEL:
        suivants |= Q(reference_le=fichier.reference_le, cree_le__gt=fichier.cree_le)
    contenu = ContenuFichier.objects.filter(fichier=fichier).first()
    autres = mensuels_charges(organisme_id=fichier.organisme_id).exclude(pk__in=contenu.parties if contenu else [])
    return Portee.HISTORIQUE if autres.filter(suivants).exists() else Portee.COURANT


class _Sceau(Sceau):
    """Tokens give back their hash; there is no cipher to give."""

    def __init__(self) -> None:
        super().__init__()
        marquer, chiffrer = self.marquer, self.chiffrer
        self.marquer = lambda nir: empreinte_du_jeton(_nu(nir)) or marquer(nir)
        self.chiffrer = lambda texte: None if est_jeton(_nu(texte)) else chiffrer(texte)  # type: ignore[return-value,assignment]


def _nu(nir: str) -> str:
    return nir.removeprefix(_PREMIER_PROVISOIRE) if est_jeton(nir[1:]) else nir


def _avec_jetons(foyer: FoyerLu) -> FoyerLu:
    """A token was not read as a NIR: put where the NIR goes, to be turned into its hash."""
    return replace(foyer, personnes=tuple(_personne(personne) for personne in foyer.personnes))


def _personne(p: PersonneLu) -> PersonneLu:
    """The parent's NIR of a child, and a NIR that was none, have no hash to match: they wait for the next file."""
    rattachements = tuple(replace(r, nir="") if est_jeton(r.nir) else r for r in p.rattachements)
    if not est_jeton(p.nir_brut):
        return replace(p, rattachements=rattachements)
    nir = p.nir_brut if empreinte_du_jeton(p.nir_brut) else ""
    if jeton_provisoire(nir):
        nir = _PREMIER_PROVISOIRE + nir
    return replace(p, nir=nir, nir_brut="", rattachements=rattachements)


def _phrase(rapport: Rapport, fichier: FichierRecu) -> str:
    """What the data desk reads: how many people, what it opened. Nobody is named."""
    faits = []
    if rapport.personnes_creees:
        faits.append(accorder(rapport.personnes_creees, "personne ajoutée", "personnes ajoutées"))
    for nombre, un, plusieurs in (
        (rapport.nouveaux_entrants, "entrée dans les droits et devoirs", "entrées dans les droits et devoirs"),
        (rapport.retours, "retour", "retours"),
        (rapport.sortants, "sortie", "sorties"), (rapport.arbitrages, "identité à arbitrer", "identités à arbitrer"),
        (rapport.evenements.get(E.RETRANSMISE, 0), "absence levée", "absences levées"),
    ):  # fmt: skip
        if nombre:
            faits.append(accorder(nombre, un, plusieurs))
    if fichier.portee == Portee.HISTORIQUE:
        faits.append("un fichier plus récent est chargé, seul l'historique est complété")
    phrase = ", ".join(faits) or "foyer à jour, aucun parcours ne change"
    return f"{phrase[0].upper()}{phrase[1:]}."
