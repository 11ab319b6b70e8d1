"""What the file says and what we have, side by side, in plain words: one pair per line of the page.

Everything a page needs is read at once (``Savoir.de``), whatever the number of lines. What only the rights say is shown
to those who may see the rights of that person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.metier.contrats.models import Contrat
from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs.models import EchoCaisse, MesureDecidee
from cordee.metier.devoirs.selectors import dernieres_mesures
from cordee.metier.devoirs.selectors.transmission import echos_des_mesures
from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.enums import EtatDroit, MotifProposition
from cordee.metier.personnes.models import Appartenance, Contact, ContactPropose, DroitFoyer, Foyer
from cordee.metier.personnes.selectors import ids_des_groupes, personnes_visibles
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.web.parcours import ecarts
from cordee.web.rapprochement.lectures import Demande, Ligne
from cordee.web.rapprochement.sujets import CONTACT, Sujet

_RESERVE = "Réservé aux agents qui voient les droits."


@dataclass(frozen=True, slots=True)
class Cotes:
    """The two sides of a disagreement. ``limite``: when a right may close; ``geste``: what helps the person."""

    fichier: str
    nous: str
    geste: str = ""
    limite: date | None = None


@dataclass(frozen=True, slots=True)
class Savoir:
    """What is known of the people of a page."""

    demande: Demande
    foyers: Mapping[int, Foyer]
    droits: Mapping[int, DroitFoyer]
    situations: Mapping[int, Situation]
    evenements: Mapping[int, Evenement]
    mesures: Mapping[int, MesureDecidee]
    echos: Mapping[int, EchoCaisse]
    contrats: Mapping[int, date]
    attentes: Mapping[int, int]
    rendez_vous: Mapping[int, int]
    proposes: Mapping[int, ContactPropose]
    contacts: Mapping[int, list[str]]
    autorises: frozenset[int]
    agents: Mapping[int, str]
    structures: Mapping[int, str]

    @classmethod
    def de(cls, lignes: list[Ligne], demande: Demande) -> Savoir:
        """Read it all: a constant number of queries."""
        ids = sorted({ligne.qui for ligne in lignes})
        groupes = ids_des_groupes(ids)
        qui = {rangee: pk for pk, groupe in groupes.items() for rangee in groupe}
        rangees = list(qui)
        foyers = _foyers(rangees, qui)
        par_foyer = {f.pk: pk for pk, f in foyers.items()}
        droits = DroitFoyer.objects.filter(foyer__in=list(par_foyer), fin__isnull=True)
        mesures = dernieres_mesures(ids)
        proposes = ContactPropose.objects.in_bulk([ligne.pk for ligne in lignes if ligne.source == CONTACT])
        return cls(
            demande=demande,
            foyers=foyers,
            droits={par_foyer[d.foyer_id]: d for d in droits},
            situations=Situation.objects.select_related("referent_agent", "referent_structure").in_bulk(ids),
            evenements=Evenement.objects.select_related("par").in_bulk(
                [ligne.evenement_id for ligne in lignes if ligne.evenement_id]
            ),
            mesures=mesures,
            echos=echos_des_mesures(m.pk for m in mesures.values()),
            contrats=_contrats(rangees, qui),
            attentes=_compter(Courrier.objects.filter(etat="", annule_le__isnull=True), rangees, qui),
            rendez_vous=_compter(
                RendezVous.objects.filter(statut=StatutRendezVous.PREVU, debut__date__gte=demande.au), rangees, qui
            ),
            proposes=proposes,
            contacts=_contacts(rangees, qui),
            autorises=frozenset(
                personnes_visibles(
                    pour=demande.pour, au=demande.au, permission=Permission.VOIR_DROITS, droits=demande.droits
                ).filter(pk__in=ids).values_list("pk", flat=True)
            ),
            agents={a.pk: str(a) for a in Agent.objects.filter(pk__in={x.agent_id for x in lignes if x.agent_id})},
            structures=dict(
                Structure.objects.filter(pk__in={x.structure_id for x in lignes if x.structure_id}).values_list(
                    "pk", "nom"
                )
            ),
        )  # fmt: skip

    def proprietaire(self, ligne: Ligne) -> str:
        """Who must settle it: a person, her structure, else the unit."""
        structure = self.structures.get(ligne.structure_id or 0, "")
        if ligne.agent_id:
            return ", ".join(x for x in (self.agents.get(ligne.agent_id, ""), structure) if x)
        return ", ".join(x for x in (Unite(ligne.unite).libelle, structure) if x)

    def etat(self, ligne: Ligne) -> Etat | None:
        s = self.situations.get(ligne.qui)
        return Etat(s.etat) if s else None

    def donnees(self, ligne: Ligne) -> Mapping[str, Any]:
        e = self.evenements.get(ligne.evenement_id or 0)
        return e.donnees if e else {}

    def notre_situation(self, ligne: Ligne) -> str:
        """« Accompagnée sous contrat, par Léa Fictive »."""
        s = self.situations.get(ligne.qui)
        if s is None:
            return "Aucun parcours ici."
        referent = s.referent_agent or s.referent_structure
        return f"{Etat(s.etat).libelle}{f', {referent}' if referent else ''}."


def cotes(ligne: Ligne, savoir: Savoir) -> Cotes:
    """The two columns of a line."""
    if ligne.sujet in _SUR_LES_DROITS and ligne.qui not in savoir.autorises:
        return Cotes(_RESERVE, savoir.notre_situation(ligne))
    return _COTES[ligne.sujet](ligne, savoir)


# One function per kind -----------------------------------------------------------------------------------------------
def _deces(ligne: Ligne, k: Savoir) -> Cotes:
    e = k.evenements.get(ligne.evenement_id or 0)
    if e is not None and not e.par.systeme:
        fichier = f"Aucun fichier : signalé ici le {e.survenu_le:%d/%m/%Y} par {e.par}."
    else:
        fichier = f"Décès signalé ({_droit(ligne, k)})." if ligne.qui in k.autorises else "Décès signalé."
    retenus, prevus = k.attentes.get(ligne.qui, 0), k.rendez_vous.get(ligne.qui, 0)
    suite = [f"{retenus} {'courrier retenu' if retenus == 1 else 'courriers retenus'}"] if retenus else []
    suite += [f"{prevus} rendez-vous à venir"] if prevus else []
    return Cotes(fichier, f"Envois suspendus : {', '.join(suite)}." if suite else "Envois suspendus.")


def _decision(ligne: Ligne, k: Savoir) -> Cotes:
    d = k.donnees(ligne)
    demandes = " ; ".join(ecarts.demandes_en_mots(d.get("objets", ())))
    depuis = ecarts.depuis(d)
    return Cotes(f"Demande : {demandes}{f' ({depuis})' if depuis else ''}.", "Aucune réponse transmise.")


_RENDRE = "Envoyer une liste urgente : ce qui a été retenu à tort est à rendre."
_ENVOYER_BAISSE = "La ligne qui ramène la part au plafond est prête : l'envoyer sur une liste urgente."


def _sanction(ligne: Ligne, k: Savoir) -> Cotes:
    d, mesure = k.donnees(ligne), k.mesures.get(ligne.qui)
    ici = f"{ecarts.mesure_en_mots(mesure)}." if mesure else "Aucune décision enregistrée."
    sens = d.get("sens")
    if sens == "absente":
        return Cotes(f"Aucune sanction appliquée ({_droit(ligne, k)}).", ici)
    if sens == "differente":
        echo = k.echos.get(d.get("mesure") or 0)
        dit = ecarts.differences_en_mots(echo.ecarts) if echo else ""
        return Cotes(f"Appliquée autrement{f' : {dit}' if dit else ''}.", ici, "Demander à la caisse de rectifier.")
    if sens == "maintenue":
        return Cotes("La caisse retient encore.", f"Plus rien ne doit être retenu. {ici}", _RENDRE)
    if sens == "plafond":
        return Cotes("Le foyer a changé pendant la mesure.", f"Le plafond du foyer s'applique. {ici}", _ENVOYER_BAISSE)
    vues = " ; ".join(ecarts.sanctions_en_mots(d.get("objets", ())))
    return Cotes(f"{vues[:1].upper()}{vues[1:]}.", ici)


def _fermeture(ligne: Ligne, k: Savoir) -> Cotes:
    droit = k.droits.get(ligne.qui)
    lue = ecarts.suspension(droit.etat, droit.motif, droit.motif_le) if droit else None
    if lue is None:
        return Cotes(f"{_droit(ligne, k, majuscule=True)}.", k.notre_situation(ligne))
    quand = f" (depuis le {droit.motif_le:%d/%m/%Y})" if droit and droit.motif_le else ""
    fichier = f"{lue.phrase[:1].upper()}{lue.phrase[1:]}{quand}."
    return Cotes(fichier, k.notre_situation(ligne), lue.geste, lue.fermeture.terme if lue.fermeture else None)


def _cloture(ligne: Ligne, k: Savoir) -> Cotes:
    fin = k.evenements.get(ligne.evenement_id or 0)
    quoi = GenreEvenement(fin.genre).libelle if fin else "Fin de droit"
    le = f" le {ligne.ouverte_le:%d/%m/%Y}"
    signe, prevus = k.contrats.get(ligne.qui), k.rendez_vous.get(ligne.qui, 0)
    restes = [f"contrat signé le {signe:%d/%m/%Y}"] if signe else []
    restes += [f"{prevus} rendez-vous à venir"] if prevus else []
    ici = ", ".join(restes) or "accompagnement en cours"
    return Cotes(f"{quoi}, connu{le}.", f"{ici[:1].upper()}{ici[1:]}.")


def _mutation(ligne: Ligne, k: Savoir) -> Cotes:
    if ligne.genre == GenreEtape.TRANSMETTRE_DOSSIER:
        return Cotes("Le dossier part vers un autre organisme.", k.notre_situation(ligne))
    return Cotes("Le dossier arrive d'un autre Département.", "Historique à demander.")


def _identite(ligne: Ligne, k: Savoir) -> Cotes:
    if ligne.genre == GenreEcheance.REVOIR_APRES_FUSION:
        return Cotes("Sans objet : deux fiches ont été séparées ici.", "Des actes sont à rendre à la bonne personne.")
    return Cotes("Une identité proche d'une fiche connue.", "Deux fiches : à comparer.")


def _absence(ligne: Ligne, k: Savoir) -> Cotes:
    foyer = k.foyers.get(ligne.qui)
    connue = foyer.reference_le if foyer else None
    vue = f" Vue la dernière fois dans le fichier du {connue:%d/%m/%Y}." if connue else ""
    fois = f"Absente de {foyer.absences} fichiers mensuels de suite." if foyer and foyer.absences > 1 else "Absente."
    return Cotes(f"{fois}{vue}", k.notre_situation(ligne))


def _sdd(ligne: Ligne, k: Savoir) -> Cotes:
    return Cotes("L'indicateur « soumise aux droits et devoirs » n'est pas transmis.", k.notre_situation(ligne))


def _lieu(ligne: Ligne, k: Savoir) -> Cotes:
    return Cotes("Adresse inconnue, ou hors de tout secteur.", "Aucune structure de secteur.")


def _a_confirmer(ligne: Ligne, k: Savoir) -> Cotes:
    return Cotes("Dans aucun fichier.", f"Fiche ouverte au guichet le {ligne.ouverte_le:%d/%m/%Y}.")


def _majoration(ligne: Ligne, k: Savoir) -> Cotes:
    return Cotes("Un enfant ne figure plus dans le foyer ; l'allocation était majorée.", k.notre_situation(ligne))


def _contact(ligne: Ligne, k: Savoir) -> Cotes:
    propose = k.proposes.get(ligne.pk)
    if propose is None:
        return Cotes("", "")
    fichier = f"{propose.valeur}, fichier du {propose.date_du_fichier:%d/%m/%Y}."
    connus = ", ".join(k.contacts.get(ligne.qui, ())) or "aucun"
    return Cotes(fichier, f"{connus}. {MotifProposition(propose.motif).libelle}.")


_COTES: Mapping[Sujet, Callable[[Ligne, Savoir], Cotes]] = {
    Sujet.DECES: _deces, Sujet.DECISION: _decision, Sujet.SANCTION: _sanction, Sujet.FERMETURE: _fermeture,
    Sujet.CLOTURE: _cloture, Sujet.MUTATION: _mutation, Sujet.IDENTITE: _identite, Sujet.ABSENCE: _absence,
    Sujet.SDD: _sdd, Sujet.LIEU: _lieu, Sujet.DROIT: _a_confirmer, Sujet.MAJORATION: _majoration,
    Sujet.CONTACT: _contact,
}  # fmt: skip
_SUR_LES_DROITS = frozenset({Sujet.DECISION, Sujet.SANCTION, Sujet.FERMETURE, Sujet.MAJORATION})


# Reads --------------------------------------------------------------------------------------------------------------
def _foyers(rangees: list[int], qui: Mapping[int, int]) -> dict[int, Foyer]:
    """Person → the household of her latest file."""
    liens = Appartenance.objects.filter(personne__in=rangees, fin__isnull=True).select_related("foyer")
    trouves: dict[int, Foyer] = {}
    for lien in liens.order_by("foyer__reference_le", "pk"):
        trouves[qui[lien.personne_id]] = lien.foyer
    return trouves


def _contrats(rangees: list[int], qui: Mapping[int, int]) -> dict[int, date]:
    """Person → the day her latest contract was signed, ended by the exit or not."""
    signes = Contrat.objects.filter(personne__in=rangees, debut__isnull=False).order_by("debut", "pk")
    return {qui[pk]: debut for pk, debut in signes.values_list("personne_id", "debut") if debut}


def _compter(lignes: Any, rangees: list[int], qui: Mapping[int, int]) -> dict[int, int]:
    return dict(Counter(qui[pk] for pk in lignes.filter(personne__in=rangees).values_list("personne_id", flat=True)))


def _contacts(rangees: list[int], qui: Mapping[int, int]) -> dict[int, list[str]]:
    connus: defaultdict[int, list[str]] = defaultdict(list)
    courants = Contact.objects.filter(personne__in=rangees, fin__isnull=True).order_by("pk")
    for pk, valeur in courants.values_list("personne_id", "valeur"):
        connus[qui[pk]].append(valeur)
    return connus


def _droit(ligne: Ligne, k: Savoir, *, majuscule: bool = False) -> str:
    """The present state of the right, with its motive when suspended."""
    droit = k.droits.get(ligne.qui)
    if droit is None:
        return "Droit inconnu" if majuscule else "droit inconnu"
    lue = ecarts.suspension(droit.etat, droit.motif, droit.motif_le)
    texte = lue.phrase if lue else f"droit {EtatDroit(droit.etat).libelle.lower()}"
    return f"{texte[:1].upper()}{texte[1:]}" if majuscule else texte
