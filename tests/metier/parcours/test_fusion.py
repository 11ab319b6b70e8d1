"""Merge then undo restores, whatever was done before and between (R64)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.services.acces import accorder_acces
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, Voie
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.services import annuler_fusion, fusionner, reconstruire, signaler_doublon
from cordee.metier.personnes.enums import FinaliteRattachement, StatutArbitrage
from cordee.metier.personnes.models import (
    Adresse,
    Appartenance,
    Arbitrage,
    Contact,
    Identifiant,
    Personne,
    Rattachement,
)
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
E = GenreEvenement
# Acts by name, each with what it writes; the world (structures, agents) comes at the moment of the example.
ACTES: dict[str, tuple[GenreEvenement, dict[str, Any]]] = {
    "entree": (E.ENTREE_SDD, {"localisation": "secteur"}),
    "retour": (E.RETOUR_SDD, {"localisation": "secteur"}),
    "fin_sdd": (E.FIN_SDD, {}),
    "sdd_inconnu": (E.SDD_INCONNU, {}),
    "sdd_constate": (E.SDD_CONSTATE, {"soumise": True}),
    "suspendu": (E.DROIT_SUSPENDU, {}),
    "clos": (E.DROIT_CLOS, {"motif_sortie": "pieces_manquantes"}),
    "absente": (E.NON_TRANSMISE, {}),
    "retransmise": (E.RETRANSMISE, {}),
    "hors_secteur": (E.ADRESSE_CHANGEE, {"localisation": "hors_secteur", "structure": None}),
    "localisee": (E.LOCALISEE, {}),
    "convocation": (E.CONVOCATION, {"rendez_vous": 1}),
    "presence": (E.PRESENCE, {"rendez_vous": 1}),
    "absence": (E.ABSENCE, {"rendez_vous": 1}),
    "aller_vers": (E.ALLER_VERS, {"resultat": "sans_reponse"}),
    "decision": (E.ORIENTATION_DECIDEE, {"orientation": 0, "voie": Voie.SOCIAL.value}),
    "envoi": (E.NOTIFICATION_ENVOYEE, {}),
    "date_certaine": (E.DATE_CERTAINE, {}),
    "referent": (E.REFERENT_NOMME, {}),
    "contrat": (E.CONTRAT_SIGNE, {"contrat": 0}),
    "contact": (E.CONTACT, {"resultat": "jointe"}),
    "interruption": (E.INTERRUPTION, {"motif": "sante", "revue_le": "2026-09-01"}),
    "reprise": (E.REPRISE, {}),
    "reorientation": (E.REORIENTATION_DEMANDEE, {}),
    "protection": (E.PROTECTION_SIGNALEE, {"representant": None}),
    "volontaire": (E.ACCOMPAGNEMENT_VOLONTAIRE, {}),
}
CHEMIN = ("entree", "decision", "date_certaine", "referent", "contrat", "contact")
noms = st.sampled_from([*ACTES, *CHEMIN, *CHEMIN])
actes = st.lists(noms, max_size=8)


class Monde:
    """Two people, two structures, their référents, and a clock that only goes forward."""

    def __init__(self) -> None:
        self.le: datetime = f.MAINTENANT
        self.structures = [f.structure(), f.structure()]
        self.referents = [f.agent(RoleAgent.REFERENT, structure=s) for s in self.structures]
        self.donnees = f.agent(RoleAgent.GESTIONNAIRE_DONNEES)
        self.personnes = [f.personne(foyer=f.foyer(), nir=f"288039402812{n}") for n in range(2)]
        for n, p in enumerate(self.personnes):
            f.adresse(personne=p)
            f.contact(p, f"060102030{n}")
            f.rattachement(p, self.structures[n])
            f.evenement(p, E.PERSONNE_CREEE, le=self.le)

    def agir(self, nom: str, personne: Personne, cote: int) -> None:
        """One act if it is legal where she stands; refused acts leave nothing."""
        self.le += timedelta(hours=7)
        structure, referent = self.structures[cote], self.referents[cote]
        genre, donnees = ACTES[nom]
        ajout: dict[str, Any] = {}
        if genre in (E.ENTREE_SDD, E.RETOUR_SDD, E.LOCALISEE):
            ajout = {"structure": structure.pk, "recu_le": jour(self.le).isoformat()}
        elif genre is E.ORIENTATION_DECIDEE:
            ajout = {"structure": structure.pk, "categorie": structure.categorie}
        elif genre is E.REFERENT_NOMME:
            ajout = {"structure": structure.pk, "agent": referent.pk}
        try:
            f.evenement(personne, genre, par=self.donnees, le=self.le, **donnees, **ajout)
            accorder_acces(personne, par=self.donnees, le=self.le)  # as the services of orientation do
        except ErreurMetier:
            pass


def photo(personne: Personne) -> dict[str, Any]:
    """All that makes a life, without the numbers of derived rows (a replay writes them again)."""
    taches = ("genre", "unite", "structure", "agent", "ouverte_le", "echeance", "terme", "regle", "nature",
              "evenement", "fermee_le", "fermee_par")  # fmt: skip
    situation = Situation.objects.select_related("etape").get(personne=personne)
    etapes = Etape.objects.filter(personne=personne).values_list(*taches, "provisoire", "attendu")
    echeances = Echeance.objects.filter(personne=personne).values_list(*taches, "objet_id")
    propres = {
        modele.__name__: list(modele.objects.filter(personne=personne).order_by("pk").values())
        for modele in (Identifiant, Appartenance, Adresse, Contact)
    }
    return propres | {
        "personne": Personne.objects.filter(pk=personne.pk).values().get(),
        "calcul": situation.calcul,
        "etat": (situation.etat, situation.soumis, situation.depuis, situation.recu_le),
        "etape": (situation.etape.genre, situation.etape.evenement_id) if situation.etape else None,
        "etapes": sorted(map(str, etapes)),
        "echeances": sorted(map(str, echeances)),
        "referent": sorted(
            Rattachement.objects.filter(personne=personne, fin=None, finalite=FinaliteRattachement.REFERENT)
            .values_list("structure_id", "agent_id")
        ),
        "evenements": list(
            Evenement.objects.filter(personne=personne).exclude(genre__in=(E.FUSION, E.FUSION_ANNULEE, E.ANNULATION))
            .order_by("pk").values()
        ),
    }  # fmt: skip


@settings(max_examples=20)
@given(
    avant=st.tuples(actes, actes), pendant=actes, apres=st.lists(noms, max_size=3), arbitrage=st.booleans(),
    sens=st.booleans(),
)  # fmt: skip
def test_merge_then_undo_restores(
    avant: tuple[list[str], list[str]], pendant: list[str], apres: list[str], arbitrage: bool, sens: bool
) -> None:
    with f.sans_trace():
        monde = Monde()
        a, b = monde.personnes if sens else monde.personnes[::-1]
        for cote, p in enumerate((a, b)):
            for nom in avant[cote]:
                monde.agir(nom, p, cote)
        if arbitrage:
            signaler_doublon(personne=a, autre=b, raisons=["Même nom."], par=monde.donnees, le=monde.le)
        photos = {p.pk: photo(p) for p in (a, b)}
        fusion = fusionner(absorbee=a, canonique=b, raisons=["Même personne."], par=monde.donnees, le=monde.le)
        _une_seule_personne(a, b)
        dernier = Evenement.objects.latest("pk").pk
        for nom in pendant:
            monde.agir(nom, b, 1)
        meanwhile = list(Evenement.objects.filter(pk__gt=dernier, personne=b).order_by("pk"))
        _une_seule_personne(a, b)
        a_revoir = annuler_fusion(fusion=fusion, par=monde.donnees, le=monde.le)

        assert a_revoir == meanwhile
        assert photo(a) == photos[a.pk]
        if meanwhile:
            ouvertes = Echeance.objects.filter(personne=b, fermee_le=None).values_list("genre", flat=True)
            partie = Situation.objects.get(personne=b).etat == Etat.DECEDEE
            assert partie or GenreEcheance.REVOIR_APRES_FUSION in set(ouvertes)
            assert photo(b)["evenements"] == photos[b.pk]["evenements"] + [
                Evenement.objects.filter(pk=e.pk).values().get() for e in meanwhile
            ]
        else:
            assert photo(b) == photos[b.pk]
        statuts = set(Arbitrage.objects.values_list("statut", flat=True))
        assert statuts == ({StatutArbitrage.OUVERT} if arbitrage else set())
        assert reconstruire(verifier=True) == []
        for nom in apres:  # both lives go on
            monde.agir(nom, a, 0)
            monde.agir(nom, b, 1)
        assert reconstruire(verifier=True) == []


def _une_seule_personne(a: Personne, b: Personne) -> None:
    """While they are one, the absorbed row has no path, and the promise holds for the person."""
    absorbee = Situation.objects.get(personne=a)
    assert (absorbee.soumis, absorbee.etape) == (False, None)
    assert not Etape.objects.filter(personne=a).exists()
    canonique = Situation.objects.select_related("etape").get(personne=b)
    assert not canonique.soumis or (canonique.etape is not None and canonique.etape.fermee_le is None)
    assert reconstruire(verifier=True) == []


@settings(max_examples=8)
@given(suite=st.permutations([0, 1, 2]), vies=st.tuples(actes, actes, actes))
def test_chains_of_merges_undone_in_any_order_restore(suite: list[int], vies: tuple[list[str], ...]) -> None:
    """a→b, b→c, d→c, undone in every order."""
    with f.sans_trace():
        monde = Monde()
        gens = [*monde.personnes, f.personne(), f.personne()]
        for p in gens[2:]:
            f.evenement(p, E.PERSONNE_CREEE, le=monde.le)
        for cote, vie in enumerate(vies):
            for nom in vie:
                monde.agir(nom, gens[cote], cote % 2)
        photos = {p.pk: photo(p) for p in gens}
        a, b, c, d = gens
        fusions = [
            fusionner(absorbee=x, canonique=y, raisons=[], par=monde.donnees, le=monde.le)
            for x, y in ((a, b), (b, c), (d, c))
        ]
        assert Personne.objects.filter(canonique=c).count() == 3
        for n in suite:
            assert annuler_fusion(fusion=fusions[n], par=monde.donnees, le=monde.le) == []
            assert reconstruire(verifier=True) == []
        for p in gens:
            assert photo(p) == photos[p.pk]
