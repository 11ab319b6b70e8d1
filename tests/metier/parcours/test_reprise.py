"""Past lives taken over: the same rows as lived here one act at a time, refusals, several loads at once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours import reactions
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.regles import Fait, Ligne, TransitionInterdite, derouler
from cordee.metier.parcours.regles import Situation as Calcul
from cordee.metier.parcours.services import NouvelEvenement, consigner, reconstruire
from cordee.metier.parcours.services.consignation import DossierReuni
from cordee.metier.parcours.services.copie import tirer_numeros
from cordee.metier.parcours.services.garanties import UNE_ETAPE_OUVERTE
from cordee.metier.parcours.services.reprise import COLONNES, RepriseRefusee, ecrire, mettre_en_forme, reprendre
from cordee.metier.personnes.models import Personne
from cordee.socle.chargement import verifiees_a_la_fin
from tests import fabriques as f
from tests.metier.parcours import test_invariant as hasard

pytestmark = pytest.mark.django_db
E = GenreEvenement
ENTREE: dict[str, Any] = {"structure": None, "localisation": "secteur", "recu_le": "2026-02-02"}


@dataclass(slots=True)
class Passe:
    """One event of the former tool."""

    fait: Fait
    enregistre_le: datetime
    par_id: int
    objet_type: str = ""
    objet_id: int | None = None


@dataclass(slots=True)
class Vie:
    personne_id: int
    evenements: list[Passe]
    situation: Calcul
    lignes: list[Ligne]


def vie_de(personne: Personne, passes: list[Passe]) -> Vie:
    return Vie(personne.pk, passes, *derouler(Calcul(), [passe.fait for passe in passes]))


def entree(personne: Personne, *, numero: int | None = None, par: Agent | None = None) -> Vie:
    """The shortest life: she came in."""
    fait = Fait(numero or suivant(), E.ENTREE_SDD, f.MAINTENANT, dict(ENTREE))
    return vie_de(personne, [Passe(fait, f.MAINTENANT, (par or f.systeme()).pk)])


def suivant() -> int:
    return numeros(1)[0]


def numeros(combien: int) -> Sequence[int]:
    with connection.cursor() as curseur:
        return tirer_numeros(curseur, "parcours_evenement", combien)


class Monde:
    """Real structures and agents in the place of those that random lives name by a number."""

    def __init__(self) -> None:
        self.structures = {n: f.structure().pk for n in (hasard.EDS, hasard.CCAS, hasard.AGENCE, hasard.MISSION)}
        self.agents = {n: f.agent().pk for n in (hasard.LEA, hasard.MALIK)}
        self.par = f.systeme()

    def vie(self, graine: int, personne: Personne) -> Vie:
        """A random life, of acts that fit and of facts, as ``test_invariant`` draws them."""
        alea, s, le, passes = random.Random(graine), Calcul(), hasard.DEBUT, []  # noqa: S311
        for numero in numeros(alea.randint(1, 40)):
            genre, donnees = hasard._tirer(alea, s)
            le += timedelta(days=alea.randint(0, 15), minutes=alea.randint(0, 500))
            fait = Fait(numero, genre, le, self.traduire(hasard._donnees(genre, donnees, le)))
            try:
                s = hasard.avancer(s, fait) or s
            except TransitionInterdite:
                continue
            objet = ("rendez_vous", alea.randint(1, 9)) if genre is E.CONVOCATION else ("", None)
            passes.append(Passe(fait, le + timedelta(hours=alea.randint(0, 1)), self.par.pk, *objet))
        return vie_de(personne, passes)

    def traduire(self, donnees: dict[str, Any]) -> dict[str, Any]:
        valeurs = dict(donnees)
        if valeurs.get("structure"):
            valeurs["structure"] = self.structures[valeurs["structure"]]
        if valeurs.get("agent"):
            valeurs["agent"] = self.agents[valeurs["agent"]]
        return valeurs


def tout(personne: Personne) -> list[Any]:
    """Everything stored of a person, each event told by its rank, whatever the numbers of the rows."""
    evenements = list(Evenement.objects.filter(personne=personne).order_by("pk"))
    rang = {e.pk: n for n, e in enumerate(evenements)}
    faits = [(e.genre, e.survenu_le, e.donnees, e.objet_type, e.objet_id, e.par_id) for e in evenements]
    taches = []
    for modele in (Etape, Echeance):
        for ligne in modele.objects.filter(personne=personne).order_by("pk").values():
            propres = {cle: valeur for cle, valeur in ligne.items() if cle not in {"id", "personne_id"}}
            propres |= {cle: rang.get(propres[cle]) for cle in ("evenement_id", "fermee_par_id")}
            taches.append((modele.__name__, propres))
    s = Situation.objects.select_related("etape").get(personne=personne)
    colonnes = {champ.attname: getattr(s, champ.attname) for champ in Situation._meta.concrete_fields}
    colonnes |= {
        "personne_id": None, "dernier_evenement": rang[s.dernier_evenement], "calcul": par_rang(s.calcul, rang),
        "etape_id": (s.etape.genre, rang[s.etape.evenement_id]) if s.etape else None,
    }  # fmt: skip
    return [faits, taches, colonnes]


def par_rang(valeur: Any, rang: dict[int, int]) -> Any:
    if isinstance(valeur, dict):
        return {cle: rang[v] if cle == "evenement" else par_rang(v, rang) for cle, v in valeur.items()}
    return valeur


def vivre_ici(personne: Personne, vie: Vie, par: Agent) -> None:
    """The same life, one act at a time."""
    for passe in vie.evenements:
        nouvel = NouvelEvenement(
            genre=passe.fait.genre, personne_id=personne.pk, survenu_le=passe.fait.survenu_le,
            donnees=passe.fait.donnees, objet_type=passe.objet_type, objet_id=passe.objet_id,
        )  # fmt: skip
        consigner(evenements=[nouvel], par=par, le=passe.enregistre_le, controler=False)


def test_the_same_rows_as_lived_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty random lives, written at once, against the same lives through ``consigner`` (upper rooms set apart)."""
    monkeypatch.setattr(reactions, "reagir", lambda *_, **__: None)
    monde = Monde()
    ailleurs, ici = [f.personne() for _ in range(60)], [f.personne() for _ in range(60)]
    vies = [monde.vie(graine, personne) for graine, personne in enumerate(ailleurs)]
    assert reprendre(vies=vies) == sum(len(vie.evenements) for vie in vies) > 600
    for personne, vie in zip(ici, vies, strict=True):
        vivre_ici(personne, vie, monde.par)
    for reprise, vecue in zip(ailleurs, ici, strict=True):
        assert tout(reprise) == tout(vecue)
    assert Echeance.objects.filter(personne__in=ailleurs).exists()
    # As instants: an hour that comes twice in October is never equal to itself in another zone.
    enregistres = {passe.fait.id: passe.enregistre_le.timestamp() for vie in vies for passe in vie.evenements}
    lus = Evenement.objects.filter(personne__in=ailleurs).values_list("pk", "enregistre_le")
    assert {pk: le.timestamp() for pk, le in lus} == enregistres
    assert reconstruire(verifier=True, personnes=[p.pk for p in ailleurs]) == []


def test_life_goes_on_after_it() -> None:
    personne = f.personne()
    reprendre(vies=[entree(personne)])
    sortie = NouvelEvenement(genre=E.FIN_SDD, personne_id=personne.pk)
    consigner(evenements=[sortie], par=f.systeme(), le=f.MAINTENANT + timedelta(days=9))
    assert not Situation.objects.get(personne=personne).soumis
    assert not Etape.objects.filter(personne=personne, fermee_le__isnull=True).exists()
    assert reconstruire(verifier=True, personnes=[personne.pk]) == []


def test_texts_come_through_as_they_are() -> None:
    personne = f.personne()
    donnees = {**ENTREE, "mention": 'a\\b "c"\td\né \\N', "n": 1.5, "vide": None, "liste": ["\\.", True]}
    fait = Fait(suivant(), E.ENTREE_SDD, f.MAINTENANT, donnees)
    reprendre(vies=[vie_de(personne, [Passe(fait, f.MAINTENANT, f.systeme().pk)])])
    assert Evenement.objects.get(personne=personne).donnees == donnees


def test_what_one_agent_recorded_at_one_moment_is_one_act() -> None:
    lea, systeme, le = f.agent(), f.systeme(), f.MAINTENANT
    une, deux = f.personne(), f.personne()
    vies = []
    for personne in (une, deux):
        passes = [Passe(Fait(suivant(), E.ENTREE_SDD, le, dict(ENTREE)), le, systeme.pk)]
        for jours, par in ((1, lea), (1, systeme), (2, lea)):
            quand = le + timedelta(days=jours)
            passes.append(Passe(Fait(suivant(), E.CONTACT, quand, {"resultat": "message"}), quand, par.pk))
        vies.append(vie_de(personne, passes))
    reprendre(vies=vies)
    actes = [
        list(Evenement.objects.filter(personne=p).order_by("pk").values_list("acte", flat=True)) for p in (une, deux)
    ]
    assert actes[0] == actes[1]
    assert len(set(actes[0])) == 4
    assert {acte.version for acte in actes[0]} == {8}


# Refusals -----------------------------------------------------------------------------------------------------------
def refuser(vies: list[Vie], exception: type[Exception], message: str) -> None:
    avant = Evenement.objects.count()
    with pytest.raises(exception, match=message), transaction.atomic():
        reprendre(vies=vies)
    assert Evenement.objects.count() == avant


def test_somebody_who_has_a_path_is_refused_with_all_the_lot() -> None:
    suivie, nouvelle = f.personne(), f.personne()
    f.entree_sdd(suivie)
    refuser([entree(nouvelle), entree(suivie)], RepriseRefusee, "a déjà un parcours ici")


def test_the_same_person_twice_is_refused() -> None:
    personne = f.personne()
    refuser([entree(personne), entree(personne)], RepriseRefusee, "figure deux fois")


def test_an_unknown_person_is_refused() -> None:
    inconnue = f.personne()
    vie = entree(inconnue)
    inconnue.delete()
    refuser([entree(f.personne()), vie], RepriseRefusee, "n'a pas de fiche ici")


def test_a_merged_row_is_refused() -> None:
    absorbee = f.personne()
    Personne.objects.filter(pk=absorbee.pk).update(canonique=f.personne())
    refuser([entree(absorbee)], DossierReuni, "réunie à une autre")


def test_a_life_without_events_or_out_of_order_is_a_fault_of_the_caller() -> None:
    personne = f.personne()
    refuser([vie_de(personne, [])], ValueError, "no event")
    vie = vie_de(personne, [*entree(personne, numero=11).evenements, *entree(personne, numero=10).evenements])
    refuser([vie], ValueError, "event 10 comes after event 11")


def test_nobody_to_take_over() -> None:
    assert reprendre(vies=[]) == 0


# Inside a load, several at once ------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_inside_a_load_everything_is_checked_at_the_end() -> None:
    saine, oubliee = f.personne(), f.personne()
    tables = list(COLONNES)
    with transaction.atomic(), verifiees_a_la_fin(tables, declencheurs=UNE_ETAPE_OUVERTE):
        reprendre(vies=[entree(saine)])
    assert Situation.objects.get(personne=saine).soumis
    vie = entree(oubliee)
    vie.lignes[0].fermee_le, vie.lignes[0].fermee_par = f.MAINTENANT.date(), vie.evenements[0].fait.id
    lignes = mettre_en_forme([vie], numero=lambda _: 99)
    lignes.textes["parcours_situation"] = lignes.textes["parcours_situation"].replace("\t\\N\t", "\t99\t", 1)
    with (
        pytest.raises(IntegrityError, match="désigne une étape fermée"),
        transaction.atomic(),
        verifiees_a_la_fin(tables, declencheurs=UNE_ETAPE_OUVERTE),
    ):
        ecrire(lignes)
    assert not Evenement.objects.filter(personne=oubliee).exists()


def ensemble(*lots: list[Vie]) -> list[Exception | None]:
    """Each lot on its own connection, all at the same time; what each raised."""
    fautes: list[Exception | None] = [None] * len(lots)
    depart = Barrier(len(lots))

    def travailler(rang: int) -> None:
        try:
            depart.wait(timeout=30)
            reprendre(vies=lots[rang])
        except Exception as faute:  # noqa: BLE001 - told to the test's own thread
            fautes[rang] = faute
        finally:
            connection.close()

    fils = [Thread(target=travailler, args=(rang,)) for rang in range(len(lots))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=60)
    return fautes


@pytest.mark.django_db(transaction=True)
def test_several_connections_write_different_people_at_once() -> None:
    par = f.systeme()
    personnes = [f.personne() for _ in range(40)]
    lots = [[entree(p, par=par) for p in personnes[rang::2]] for rang in (0, 1)]
    assert ensemble(*lots) == [None, None]
    assert Situation.objects.filter(soumis=True).count() == 40
    assert reconstruire(verifier=True) == []


@pytest.mark.django_db(transaction=True)
def test_two_connections_never_write_the_same_person_twice() -> None:
    par, personne = f.systeme(), f.personne()
    fautes = ensemble([entree(personne, par=par)], [entree(personne, par=par)])
    assert [type(faute) for faute in fautes if faute] == [RepriseRefusee]
    assert Evenement.objects.filter(personne=personne).count() == 1
