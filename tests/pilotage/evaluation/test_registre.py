"""The register: sealed before results, amended in the open, published once for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums_evaluation import EtatExperience, GenreMention, GenreUnite
from cordee.pilotage.etudes.services import calculer
from cordee.pilotage.evaluation.regles.protocole import ProtocoleRefuse, lire
from cordee.pilotage.evaluation.selectors import experiences, registre_verifie
from cordee.pilotage.evaluation.services import ordres, participants, registre
from cordee.pilotage.evaluation.services.registre import ExperienceRefusee
from cordee.pilotage.models import Etude, Experience, MentionExperience, OrdreAleatoire
from tests import fabriques as f
from tests.pilotage.evaluation.conftest import a_dix_heures, protocole

pytestmark = pytest.mark.django_db
Faire = Callable[..., Experience]


def _brouillon(par: Agent) -> Experience:
    return registre.ecrire_brouillon(titre="Essai", hypothese="H", protocole=protocole(), par=par,
                                     le=a_dix_heures("2024-01-10"))  # fmt: skip


def test_no_result_before_registration_nor_before_the_start(analyste: Agent, enregistree: Faire) -> None:
    with pytest.raises(ExperienceRefusee, match="Enregistrez d'abord"):
        registre.demander_resultats(experience=_brouillon(analyste), par=analyste, le=a_dix_heures("2024-01-11"))
    with pytest.raises(ExperienceRefusee, match="n'a pas commencé"):
        registre.demander_resultats(experience=enregistree(), par=analyste, le=a_dix_heures("2024-02-01"))
    assert not Etude.objects.exists()


def test_the_seal_says_what_when_and_by_whom(analyste: Agent, enregistree: Faire) -> None:
    e = enregistree()
    assert len(e.sceau) == 64
    assert not e.retrospective
    assert registre_verifie(e)
    for champ, valeur in (("hypothese", "Autre"), ("titre", "Autre"), ("sceau", "0" * 64)):
        change = Experience.objects.get(pk=e.pk)
        setattr(change, champ, valeur)
        assert not registre_verifie(change)
    tard = registre.enregistrer(experience=_brouillon(analyste), par=analyste, le=a_dix_heures("2024-03-02"))
    assert tard.retrospective


def test_a_sealed_protocol_only_changes_in_the_open(analyste: Agent, enregistree: Faire) -> None:
    e = enregistree("en_cours")
    avant = e.sceau
    with pytest.raises(ExperienceRefusee, match="amendement"):
        registre.corriger_brouillon(experience=e, titre="X", hypothese="Y", protocole=protocole(), par=analyste,
                                    le=a_dix_heures("2024-04-01"))  # fmt: skip
    for quoi, motif, phrase in ((protocole(effet_minimal=3.0), " ", "pourquoi"), (protocole(), "Rien", "Rien ne")):
        with pytest.raises(ExperienceRefusee, match=phrase):
            registre.amender(experience=e, protocole=quoi, motif=motif, par=analyste, le=a_dix_heures("2024-04-01"))
    e = registre.amender(experience=e, protocole=protocole(effet_minimal=3.0), motif="Budget revu", par=analyste,
                         le=a_dix_heures("2024-04-01"))  # fmt: skip
    assert e.sceau != avant
    assert registre_verifie(e)
    registre.demander_resultats(experience=e, par=analyste, le=a_dix_heures("2024-05-01"))
    e = registre.amender(experience=e, protocole=protocole(effet_minimal=1.0), motif="Revu", par=analyste,
                         le=a_dix_heures("2024-06-01"))  # fmt: skip
    lus = [(m.genre, m.apres_resultats) for m in e.mentions.all()]
    assert lus == [("enregistrement", False), ("demarrage", False), ("amendement", False), ("resultats", False),
                   ("amendement", True)]  # fmt: skip
    assert registre.parametres(e)["amendee"]
    assert e.mentions.filter(genre="amendement").first().avant["effet_minimal"] == 2.0
    assert registre_verifie(e)


def test_the_database_refuses_what_the_register_would(analyste: Agent, enregistree: Faire) -> None:
    e = enregistree()
    with pytest.raises(IntegrityError), transaction.atomic():
        Experience.objects.filter(pk=e.pk).update(sceau="")
    with pytest.raises(IntegrityError), transaction.atomic():
        MentionExperience.objects.create(experience=e, genre=GenreMention.AMENDEMENT, le=e.creee_le, par=analyste)


def test_it_ends_on_the_day_it_said(analyste: Agent, enregistree: Faire) -> None:
    e = enregistree("en_cours")
    with pytest.raises(ExperienceRefusee, match="fin déclarée"):
        registre.clore(experience=e, par=analyste, le=a_dix_heures("2025-06-01"))
    with pytest.raises(ExperienceRefusee, match="pourquoi"):
        registre.abandonner(experience=e, motif="", par=analyste, le=a_dix_heures("2025-06-01"))
    e = registre.clore(experience=e, par=analyste, le=a_dix_heures("2026-01-05"))
    with pytest.raises(ExperienceRefusee, match="clôture"):
        registre.amender(experience=e, protocole=protocole(effet_minimal=9), motif="m", par=analyste,
                         le=a_dix_heures("2026-01-06"))  # fmt: skip
    with pytest.raises(ExperienceRefusee, match="ne se fait pas"):
        registre.demarrer(experience=e, par=analyste, le=a_dix_heures("2026-01-06"))


def test_what_is_published_never_moves(analyste: Agent, enregistree: Faire, monkeypatch: pytest.MonkeyPatch) -> None:
    e = enregistree("close")
    with pytest.raises(ExperienceRefusee, match="rien à publier"):
        registre.publier(experience=e, par=analyste, le=a_dix_heures("2026-07-10"))
    etude = registre.demander_resultats(experience=e, par=analyste, le=a_dix_heures("2026-07-10"))
    etude.resultat = {"trop_petit": True}
    etude.save()
    with pytest.raises(ExperienceRefusee, match="trop petits"):
        registre.publier(experience=e, par=analyste, le=a_dix_heures("2026-07-10"))
    etude.resultat = {"trop_petit": False, "estimation": 2.5}
    etude.save()
    e = registre.publier(experience=e, par=analyste, le=a_dix_heures("2026-07-10"))
    Etude.objects.filter(pk=etude.pk).update(resultat={"estimation": -9})
    e.refresh_from_db()
    assert (e.etat, e.resultats["estimation"]) == (EtatExperience.PUBLIEE, 2.5)


def test_an_exploration_is_written_down_and_never_mistaken(analyste: Agent, enregistree: Faire) -> None:
    e = enregistree("en_cours")
    autre = protocole(critere="contrat_30_jours")
    with pytest.raises(ExperienceRefusee, match="cherchez"):
        registre.explorer(experience=e, protocole=autre, motif="", par=analyste, le=a_dix_heures("2024-09-01"))
    etude = registre.explorer(experience=e, protocole=autre, motif="Les contrats", par=analyste,
                              le=a_dix_heures("2024-09-01"))  # fmt: skip
    assert etude.parametres["exploratoire"]
    assert etude.pk != registre.demander_resultats(experience=e, par=analyste, le=a_dix_heures("2024-09-02")).pk
    e.refresh_from_db()
    assert lire(e.protocole) == protocole()
    assert registre_verifie(e)


def test_people_are_marked_between_registration_and_end(analyste: Agent, enregistree: Faire) -> None:
    qui, quand = f.personne(), date(2024, 2, 1)
    with pytest.raises(ExperienceRefusee):
        participants.inscrire(experience=_brouillon(analyste), personnes=[(qui.pk, quand)], par=analyste,
                              le=a_dix_heures("2024-02-01"), origine="liste")  # fmt: skip
    e = enregistree(devis="personnes", traites=())
    deux = [(qui.pk, quand), (f.personne().pk, quand)]
    faits = [participants.inscrire(experience=e, personnes=lot, par=analyste, le=a_dix_heures("2024-02-01"),
                                   origine="liste") for lot in (deux[:1], deux)]  # fmt: skip
    assert faits == [1, 1]
    assert e.participations.count() == 2


def test_who_reads_what(analyste: Agent, enregistree: Faire) -> None:
    from cordee.metier.organismes.enums import RoleAgent

    e = enregistree("close")
    elu, au = f.agent(RoleAgent.ELU), date(2026, 7, 1)
    assert list(experiences(pour=elu, au=au)) == []
    assert list(experiences(pour=analyste, au=au)) == [e]
    Experience.objects.filter(pk=e.pk).update(etat="publiee", resultats={}, publiee_le=e.creee_le)
    assert list(experiences(pour=elu, au=au)) == [e]


@pytest.mark.parametrize(
    ("autres", "phrase"),
    [
        ({"critere": "temoin_femme"}, "critère principal"), ({"temoins": ("activite_6_mois",)}, "témoins"),
        ({"debut": "2021-01-01"}, "dates"), ({"effet_minimal": 0}, "petit effet"), ({"traites": ()}, "quelles unités"),
        ({"exclues": ("94028",)}, "laissée hors"), ({"devis": "orientation"}, "quel parcours"),
        ({"comparateur": "reste_sans_voisines"}, "voisines"), ({"placebo_dates": ("2024-05-01",)}, "date fictive"),
        ({"devis": "autre"}, "ne connaît pas"),
    ],
)  # fmt: skip
def test_everything_is_said_before_looking(analyste: Agent, autres: dict[str, object], phrase: str) -> None:
    with pytest.raises(ProtocoleRefuse, match=phrase):
        registre.ecrire_brouillon(titre="T", hypothese="H", protocole=protocole(**autres), par=analyste,
                                  le=a_dix_heures("2024-01-10"))  # fmt: skip


# Random orders --------------------------------------------------------------------------------------------------------
def _annoncer(par: Agent, **autres: object) -> OrdreAleatoire:
    dit = {"titre": "Stock", "genre": GenreUnite.STRUCTURES, "unites": {f"S{i}": f"EDS {i}" for i in range(6)},
           "debut": date(2026, 4, 1), "vagues": 3, "ecart_jours": 28} | autres  # fmt: skip
    return ordres.annoncer_ordre(**dit, par=par, le=a_dix_heures("2026-03-01"))  # type: ignore[arg-type]


def test_an_order_is_announced_drawn_another_day_and_can_be_done_again(analyste: Agent) -> None:
    ordre = _annoncer(analyste)
    assert (ordre.graine, ordres.ordre_verifie(ordre)) == ("", None)
    with pytest.raises(ExperienceRefusee, match="autre jour"):
        ordres.tirer_ordre(ordre=ordre, par=analyste, le=a_dix_heures("2026-03-01"))
    ordre = ordres.tirer_ordre(ordre=ordre, par=analyste, le=a_dix_heures("2026-03-02"))
    assert ordres.ordre_verifie(ordre) is True
    assert [d for _, d in ordre.ordre] == ["2026-04-01"] * 2 + ["2026-04-29"] * 2 + ["2026-05-27"] * 2
    with pytest.raises(ExperienceRefusee, match="déjà tiré"):
        ordres.tirer_ordre(ordre=ordre, par=analyste, le=a_dix_heures("2026-03-03"))
    ordre.ordre = ordre.ordre[::-1]
    assert ordres.ordre_verifie(ordre) is False


def test_an_order_becomes_the_assignment_of_an_experiment(analyste: Agent) -> None:
    ordre = ordres.tirer_ordre(ordre=_annoncer(analyste), par=analyste, le=a_dix_heures("2026-03-02"))
    dit = {"hypothese": "H", "critere": "contrat_30_jours", "effet_minimal": 3.0, "entrees_du": date(2025, 6, 1),
           "fin": date(2026, 9, 1), "par": analyste, "le": a_dix_heures("2026-03-02")}  # fmt: skip
    e = ordres.en_experience(ordre=ordre, **dit)  # type: ignore[arg-type]
    p = lire(e.protocole)
    assert [(t.unite, t.depuis) for t in p.traites] == [(u, d) for u, d in ordre.ordre]
    assert (p.devis, p.niveau, e.etat) == ("ordre", "structure", "brouillon")
    with pytest.raises(ExperienceRefusee, match="une expérimentation"):
        ordres.en_experience(ordre=OrdreAleatoire.objects.get(pk=ordre.pk), **dit)  # type: ignore[arg-type]
    for autres, phrase in (({"unites": {"a": "A"}}, "au moins"), ({"debut": date(2026, 3, 2)}, "après le tirage"),
                           ({"vagues": 9}, "vagues"), ({"titre": " "}, "nom")):  # fmt: skip
        with pytest.raises(ExperienceRefusee, match=phrase):
            _annoncer(analyste, **autres)


def test_the_worker_answers_even_when_nothing_can_be_compared(analyste: Agent, enregistree: Faire) -> None:
    etude = registre.demander_resultats(experience=enregistree("close"), par=analyste, le=a_dix_heures("2026-07-10"))
    etude = calculer(etude, le=a_dix_heures("2026-07-10"))
    assert etude.etat == "echouee"
    assert etude.erreur
