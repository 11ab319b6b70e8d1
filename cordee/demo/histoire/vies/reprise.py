"""What the former tool knew of the stock at the end of 2021: entry, decision, référent, contract, last contact."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from cordee.demo.histoire.modele import PREMIERE_PHOTO, FaitDeFichier
from cordee.demo.histoire.vies import accueil, actes, faits, politique, suivi
from cordee.demo.histoire.vies.temps import a, au_bureau, duree, entre, minuit, recu_utile
from cordee.demo.histoire.vies.vie import Vie
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.suivi.enums import ResultatContact
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G

E = GenreEvenement
_SUIVIE_EN_DETAIL: Final = date(2021, 7, 1)
"""Whoever entered since then is followed day by day; the life of the others before 2022 is told in a few lines."""
_FIN: Final = PREMIERE_PHOTO


def concerne(vie: Vie, fait: FaitDeFichier) -> bool:
    return not vie.evenements and fait.genre is E.ENTREE_SDD and _entree(fait) < _SUIVIE_EN_DETAIL


def _entree(fait: FaitDeFichier) -> date:
    """The day of entry that a fact of the stock tells."""
    dit = fait.donnees.get("recu_le")
    return recu_utile(date.fromisoformat(str(dit)) if dit else min(fait.recu_le.date(), fait.menage.entre_le))


def reprendre(vie: Vie, fait: FaitDeFichier) -> None:
    """From the entry to the end of 2021, without what left no trace."""
    alea, entree = vie.alea, _entree(fait)
    faits.dire(vie, fait, a(entree, 450))
    if vie.situation.parentheses:
        return
    if vie.traits.oubliee < politique.OUBLIEE.au(entree):
        return
    decision = entree + duree(alea, 95, 0.5)
    if decision >= _FIN:
        return
    _orienter(vie, au_bureau(decision, alea))
    if vie.situation.chemin is Etat.SUIVIE_PAR_PARTENAIRE or accueil.laissee(vie):
        return
    if vie.situation.chemin is Etat.ATTENTE_ACCUEIL:
        actes.accueillir(vie, au_bureau(vie.jour + entre(alea, 3, 25), alea))
    _accompagner(vie)


def _orienter(vie: Vie, le: datetime) -> None:
    part = 0.585 if vie.vue(_FIN)[1].inscrit_emploi else 0.3
    jour, commune = le.date(), vie.commune
    cible = None
    if vie.alea.random() < part:
        cible = vie.contexte.voisine(TypeStructure.OPERATEUR_EMPLOI, commune, jour, vie.alea)
    if cible is None:
        cible = vie.contexte.du_secteur(vie.situation.structure_secteur, commune, jour, vie.alea)
    if cible is None:
        return
    voie = accueil.voie_de(vie, G(cible.categorie), jour)
    systeme = vie.contexte.systeme
    actes.decider(vie, le, voie=voie, categorie=cible.categorie, structure=cible.id, par=systeme)
    actes.notifier(vie, au_bureau(jour + entre(vie.alea, 4, 15), vie.alea), certaine=True, par=systeme)


def _accompagner(vie: Vie) -> None:
    """The référent of today, and either a contract in force or a last contact."""
    alea = vie.alea
    nomme = max(vie.jour + entre(alea, 10, 60), _FIN - timedelta(days=int(alea.random() * 1100) + 380))
    if nomme >= _FIN - timedelta(days=20) or not actes.nommer(vie, au_bureau(nomme, alea)):
        return
    if alea.random() < politique.CER_EN_COURS_A_LA_REPRISE:
        _signer_le_dernier(vie)
        return
    terme = vie.situation.etape.terme if vie.situation.etape else None
    if vie.situation.chemin is Etat.CONTRAT_A_ELABORER and terme is not None and terme < _FIN:
        vie.noter(
            E.DELAI_CONTRAT_DEPASSE, max(a(terme + timedelta(days=1), 330), vie.maintenant), par=vie.contexte.systeme
        )
    if alea.random() < 0.85:
        dernier = max(_FIN - timedelta(days=int(alea.random() * 330)), vie.jour + timedelta(days=5))
        if dernier < _FIN:
            actes.contacter(vie, au_bureau(dernier, alea), ResultatContact.JOINTE, par=actes.accompagnant(vie))


def _signer_le_dernier(vie: Vie) -> None:
    """The contract in force at the end of 2021: signed during the last year."""
    alea = vie.alea
    depuis = max(vie.jour + timedelta(days=10), _FIN - timedelta(days=350))
    ecart = max((_FIN - depuis).days - 8, 1)
    le = au_bureau(depuis + timedelta(days=int(alea.random() * ecart)), alea)
    if le < minuit(_FIN):
        vie.signature_le = None
        actes.signer(
            vie, le, suivi.intensite_de(vie, le.date()), mois=12,
            prochain_contact_le=suivi.prochain_contact(vie, date(2021, 11, 1), "reguliere"),
        )  # fmt: skip
