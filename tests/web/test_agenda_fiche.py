"""From a person's file: a free slot to convene or to move, the waiting list when none suits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.models import Attente, Creneau, RendezVous
from tests import fabriques as f
from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT


@pytest.fixture
def equipe(monkeypatch: pytest.MonkeyPatch, db: None) -> Equipe:
    monkeypatch.setenv("CORDEE_MAINTENANT", LE.strftime("%Y-%m-%dT%H:%M"))
    return monter()


def poster(equipe: Equipe, personne: Personne, acte: str, **saisie: Any) -> Any:
    navigateur = Client()
    navigateur.force_login(equipe.samia)
    url = reverse("acte", args=[personne.pk, acte])
    page = navigateur.get(url)
    assert page.status_code == 200
    form = page.context["form"]
    valeurs = {nom: form[nom].value() for nom in form.fields}
    valeurs = {nom: "" if valeur is None else valeur for nom, valeur in valeurs.items()}
    return navigateur.post(url, {**valeurs, **saisie})


def test_convened_on_a_free_slot_then_moved_to_another(equipe: Equipe) -> None:
    personne = equipe.entrante()
    premier, second = (f.creneau(equipe.eds, agent=equipe.lea, debut=LE + timedelta(days=n)) for n in (7, 8))
    poster(equipe, personne, "convoquer", creneau=premier.pk, modalite="physique")
    assert RendezVous.objects.get().creneau == premier
    poster(equipe, personne, "deplacer", creneau=second.pk, date="", heure="")
    assert RendezVous.objects.get(statut="prevu").creneau == second
    assert list(Creneau.objects.order_by("pk").values_list("prises", flat=True)) == [0, 1]


def test_a_slot_taken_meanwhile_says_so_and_keeps_the_form(equipe: Equipe) -> None:
    personne, creneau = equipe.entrante(), f.creneau(equipe.eds)
    navigateur = Client()
    navigateur.force_login(equipe.samia)
    url = reverse("acte", args=[personne.pk, "convoquer"])
    form = navigateur.get(url).context["form"]
    valeurs = {nom: form[nom].value() or "" for nom in form.fields}
    Creneau.objects.update(prises=1)
    reponse = navigateur.post(url, {**valeurs, "creneau": creneau.pk, "modalite": "physique"})
    assert "vient d&#x27;être pris" in reponse.content.decode()
    assert not RendezVous.objects.exists()


def test_without_a_slot_the_date_is_asked_for(equipe: Equipe) -> None:
    personne = equipe.entrante()
    f.creneau(equipe.eds)
    equipe.convoquer(personne)
    reponse = poster(equipe, personne, "deplacer", creneau="", date="", heure="")
    assert (reponse.status_code, "obligatoire sans créneau" in reponse.content.decode()) == (422, True)


def test_she_waits_for_a_place(equipe: Equipe) -> None:
    personne = equipe.entrante()
    poster(equipe, personne, "attente", structure=equipe.eds.pk, genre="orientation", modalite="")
    attente = Attente.objects.get()
    assert (attente.personne, attente.structure, attente.statut) == (personne, equipe.eds, "en_attente")
    reponse = poster(equipe, personne, "attente", structure=equipe.eds.pk, genre="orientation", modalite="")
    assert "attend déjà" in reponse.content.decode()
