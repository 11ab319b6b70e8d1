"""A session from its agenda to its minutes, through the services, on a real database."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

import pytest
from pypdf import PdfReader

from cordee.metier.devoirs.enums_ep import (
    GenreCollege,
    MotifConflit,
    MotifRetrait,
    PresencePersonne,
    ReponseMembre,
    SensAvis,
    StatutPassage,
    StatutSeance,
)
from cordee.metier.devoirs.models import Manquement, Procedure, RetraitMembre
from cordee.metier.devoirs.proces_verbal import proces_verbal_pdf
from cordee.metier.devoirs.regles.ep_avis import Vote
from cordee.metier.devoirs.regles.ep_calendrier import Rythme
from cordee.metier.devoirs.regles.ep_quorum import Perspective
from cordee.metier.devoirs.selectors.ep import avis_utilisable, previsions, raison_sans_avis
from cordee.metier.devoirs.selectors.ep_dossiers import candidats, fiche_membre, manques_des, passages_de
from cordee.metier.devoirs.services import ep
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Echeance, Evenement
from cordee.metier.personnes.models import LienAgent
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.devoirs import ep as g

pytestmark = pytest.mark.django_db
MATIN = g.a(g.SEANCE, 9, 5)


def avis(passage, faite, sens=SensAvis.FAVORABLE, vote=None, **champs):  # type: ignore[no-untyped-def]
    """Call the file, note that she came, record the opinion."""
    ep.appeler(passage=passage, par=faite.secretaire, le=MATIN)
    ep.noter_audition(passage=passage, presence=PresencePersonne.PRESENTE, par=faite.secretaire, le=MATIN)
    return ep.rendre_avis(
        passage=passage, sens=sens, motivation="Les démarches n'ont pas repris.", vote=vote or Vote(3, 1, 0),
        par=faite.secretaire, le=MATIN, **champs,
    )  # fmt: skip


def test_a_session_from_its_agenda_to_its_opinion() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    un, deux = (g.inscrit(posee, faite) for _ in range(2))
    g.preparee(posee, faite)
    g.ouverte(posee, faite)
    avis(un, faite)
    avis(deux, faite, SensAvis.AUTRE_MESURE, autre_mesure="Reprendre le contrat à dix heures.",
         dissentiments={faite.membres["beneficiaire"].pk: "Elle garde seule deux enfants."})  # fmt: skip
    ep.clore_seance(seance=posee, par=faite.secretaire, le=MATIN + timedelta(hours=2))

    assert un.procedure is not None
    assert deux.procedure is not None
    rendu = avis_utilisable(procedure=un.procedure, au=g.SEANCE)
    assert rendu is not None
    assert (rendu.sens, rendu.pour, rendu.votants) == ("favorable", 3, 4)
    # R27: who accompanies each of them is told the same day
    attentes = Echeance.objects.filter(genre=GenreEcheance.LIRE_AVIS_EP, fermee_le=None)
    assert set(attentes.values_list("personne_id", flat=True)) == {un.personne_id, deux.personne_id}
    assert Evenement.objects.filter(genre=GenreEvenement.AVIS_EP).count() == 2

    pv = ep.etablir_proces_verbal(seance=posee, par=faite.secretaire, le=MATIN)
    ep.signer_proces_verbal(seance=posee, par=faite.secretaire, le=MATIN)
    pv = ep.signer_proces_verbal(seance=posee, par=faite.presidente.agent, le=MATIN)
    assert pv.signe
    dossiers = pv.contenu["dossiers"]
    assert [d["avis"] for d in dossiers] == ["Favorable", "Autre mesure"]
    assert dossiers[1]["dissentiments"] == [{"nom": "Camille Beneficiaire", "texte": "Elle garde seule deux enfants."}]
    assert un.personne.nom not in str(pv.contenu)
    with pytest.raises(ep.ProcesVerbalRefuse, match="déjà signé"):
        ep.etablir_proces_verbal(seance=posee, par=faite.secretaire, le=MATIN)
    suites = ep.envoyer_suites(seance=posee, par=faite.secretaire, le=MATIN)
    assert (suites.ecrites, suites.refus) == (2, {})


def test_an_opinion_is_used_neither_late_nor_on_other_facts_nor_when_adjourned() -> None:
    faite = g.equipe(mois_validite=6)
    posee = g.seance(faite)
    dossier, ajourne = (g.inscrit(posee, faite) for _ in range(2))
    assert raison_sans_avis(procedure=dossier.procedure, au=g.SEANCE).startswith("L'équipe pluridisciplinaire n'a pas")
    g.preparee(posee, faite)
    g.ouverte(posee, faite)
    avis(dossier, faite)
    avis(ajourne, faite, SensAvis.AJOURNE, Vote(0, 0, 0))
    ep.clore_seance(seance=posee, par=faite.secretaire, le=MATIN)

    assert avis_utilisable(procedure=dossier.procedure, au=date(2026, 9, 26)) is not None
    assert avis_utilisable(procedure=dossier.procedure, au=date(2026, 9, 27)) is None
    assert "plus de 6 mois" in raison_sans_avis(procedure=dossier.procedure, au=date(2026, 9, 27))
    assert avis_utilisable(procedure=ajourne.procedure, au=g.SEANCE) is None
    Manquement.objects.create(
        personne=dossier.personne, type="refus_contrat", faits_du=date(2026, 3, 2), procedure=dossier.procedure,
        signale_par=faite.secretaire, signale_le=g.LE,
    )  # fmt: skip
    assert avis_utilisable(procedure=dossier.procedure, au=g.SEANCE) is None
    assert "autres faits" in raison_sans_avis(procedure=dossier.procedure, au=g.SEANCE)


def test_incomplete_files_are_pulled_on_their_day_with_what_they_lacked() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    complet, incomplet = g.inscrit(posee, faite), g.inscrit(posee, faite, complet=False)
    ep.controler_liens(seance=posee, par=faite.secretaire, le=g.LE)
    with pytest.raises(ep.InscriptionRefusee, match="peuvent être complétés jusqu'au 20/03/2026"):
        ep.retirer_incomplets(seance=posee, par=faite.secretaire, le=g.a(g.SEANCE - timedelta(days=6)))
    assert ep.retirer_incomplets_du_jour(par=f.systeme(), le=g.a(g.SEANCE - timedelta(days=6))) == 0
    assert ep.retirer_incomplets_du_jour(par=f.systeme(), le=g.a(g.SEANCE - timedelta(days=5))) == 1
    assert ep.retirer_incomplets_du_jour(par=f.systeme(), le=g.a(g.SEANCE - timedelta(days=4))) == 0
    incomplet.refresh_from_db()
    complet.refresh_from_db()
    assert (incomplet.statut, incomplet.motif_retrait, incomplet.numero) == ("retire", "incomplet", None)
    assert incomplet.manques == ["La personne n'est pas encore invitée.", "L'exposé pour les membres n'est pas rédigé."]
    assert (complet.statut, complet.numero) == ("inscrit", 1)
    assert [c.procedure for c in candidats(pour=faite.secretaire, au=jour(g.LE))] == [incomplet.procedure]


def test_a_late_withdrawal_renumbers_and_keeps_announced_hours() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    premier, deuxieme, troisieme = (g.inscrit(posee, faite) for _ in range(3))
    for p in (premier, deuxieme, troisieme):
        p.refresh_from_db()
    heures = {p.pk: p.heure for p in (premier, deuxieme, troisieme)}
    ep.retirer_dossier(passage=premier, motif=MotifRetrait.REGLE, par=faite.secretaire, le=g.a(g.SEANCE, 8))
    restent = list(passages_de(posee).filter(statut=StatutPassage.INSCRIT))
    assert [(p.pk, p.numero) for p in restent] == [(deuxieme.pk, 1), (troisieme.pk, 2)]
    assert all(p.heure == heures[p.pk] for p in restent)
    with pytest.raises(ep.InscriptionRefusee, match="ne se change plus"):
        ep.retirer_dossier(passage=premier, motif=MotifRetrait.REGLE, par=faite.secretaire, le=g.a(g.SEANCE, 8))
    assert Evenement.objects.filter(genre=GenreEvenement.EP_RETIREE, personne=premier.personne).count() == 1


def test_letters_of_a_session_are_written_once_and_voided_when_the_file_leaves() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    dossier = ep.inscrire_dossier(procedure=g.procedure(faite), seance=posee, par=faite.secretaire, le=g.LE)
    bilan = ep.inviter_personnes(seance=posee, par=faite.secretaire, le=g.LE)
    assert (bilan.ecrites, bilan.refus) == (1, {})
    with pytest.raises(ep.LettresRefusees, match="déjà invitée"):
        ep.inviter_personnes(seance=posee, par=faite.secretaire, le=g.LE)
    dossier.refresh_from_db()
    assert dossier.convocation is not None
    assert dossier.convocation.moyen == "lrar"
    assert dossier.annoncee
    # written is not sent: her notice has not begun
    dits = [m.phrase for m in manques_des(list(passages_de(posee)), au=jour(g.LE))[dossier.pk]]
    assert "La lettre qui invite la personne n'est pas encore partie." in dits
    ep.retirer_dossier(passage=dossier, motif=MotifRetrait.SANS_SUITE, par=faite.secretaire, le=g.LE)
    dossier.convocation.refresh_from_db()
    assert dossier.convocation.annule_le == g.LE


def test_members_tied_to_a_person_never_sit_and_say_nothing_of_why() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    dossier, autre = (g.inscrit(posee, faite) for _ in range(2))
    LienAgent.objects.create(personne=dossier.personne, agent=faite.membres["emploi"].agent, soi_meme=False)
    assert ep.controler_liens(seance=posee, par=faite.secretaire, le=g.LE) == 1
    assert ep.controler_liens(seance=posee, par=faite.secretaire, le=g.LE) == 0
    ep.se_retirer(
        passage=dossier, membre=faite.membres["beneficiaire"], par=faite.membres["beneficiaire"].agent, le=g.LE
    )
    with pytest.raises(ep.TenueRefusee, match="que pour soi-même"):
        ep.se_retirer(passage=dossier, membre=faite.presidente, par=faite.secretaire, le=g.LE)
    assert dict(RetraitMembre.objects.filter(passage=dossier).values_list("membre", "motif")) == {
        faite.membres["emploi"].pk: MotifConflit.PROCHE, faite.membres["beneficiaire"].pk: MotifConflit.DECLARE,
    }  # fmt: skip
    g.preparee(posee, faite)
    g.ouverte(posee, faite)
    # nobody speaks for beneficiaries on that file any more: it waits, the other goes on
    with pytest.raises(ep.TenueRefusee, match="Collège absent : bénéficiaires"):
        ep.appeler(passage=dossier, par=faite.secretaire, le=MATIN)
    avis(autre, faite)
    ep.noter_presence(seance=posee, membre=faite.membres["suppleante"], present=True, par=faite.secretaire, le=MATIN)
    dossier.refresh_from_db()
    assert set(ep.votants_de(dossier)) == {faite.membres[n].pk for n in ("presidente", "elue", "suppleante")}
    rendu = avis(dossier, faite, vote=Vote(2, 0, 1))
    assert rendu.votants == 3


def test_nothing_is_decided_without_quorum_and_files_wait() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    dossier = g.inscrit(posee, faite)
    g.preparee(posee, faite)
    ep.noter_presence(seance=posee, membre=faite.presidente, present=True, par=faite.secretaire, le=MATIN)
    with pytest.raises(ep.TenueRefusee, match="1 siège occupé sur 2"):
        ep.ouvrir_seance(seance=posee, presidence=faite.presidente, par=faite.secretaire, le=MATIN)
    ep.constater_sans_quorum(seance=posee, par=faite.secretaire, le=MATIN)
    dossier.refresh_from_db()
    posee.refresh_from_db()
    assert (posee.statut, dossier.motif_retrait) == (StatutSeance.SANS_QUORUM, MotifRetrait.SANS_QUORUM)
    assert [c.procedure for c in candidats(pour=faite.secretaire, au=jour(g.LE))] == [dossier.procedure]


def test_a_quorum_lost_on_the_way_leaves_the_file_for_another_day() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    dossier = g.inscrit(posee, faite)
    g.preparee(posee, faite)
    g.ouverte(posee, faite, "presidente", "beneficiaire")
    commun = {"par": faite.secretaire, "le": MATIN}
    dire = {"passage": dossier, "motivation": "Le quorum est perdu.", **commun}
    ep.appeler(passage=dossier, **commun)
    ep.noter_audition(passage=dossier, presence=PresencePersonne.PRESENTE, **commun)
    ep.noter_presence(seance=posee, membre=faite.membres["beneficiaire"], present=False, **commun)
    with pytest.raises(ep.TenueRefusee, match="Ajournez ce dossier"):
        ep.rendre_avis(sens=SensAvis.FAVORABLE, vote=Vote(1, 0, 0), **dire)
    ep.rendre_avis(sens=SensAvis.AJOURNE, vote=Vote(0, 0, 0), **dire)
    ep.clore_seance(seance=posee, **commun)
    assert [c.procedure for c in candidats(pour=faite.secretaire, au=jour(g.LE))] == [dossier.procedure]
    assert avis_utilisable(procedure=dossier.procedure, au=g.SEANCE) is None


def test_one_file_at_a_time_heard_before_voices_that_add_up() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    un, deux = (g.inscrit(posee, faite) for _ in range(2))
    g.preparee(posee, faite)
    g.ouverte(posee, faite)
    commun = {"par": faite.secretaire, "le": MATIN}
    Procedure.objects.filter(pk=deux.procedure_id).update(etat="close")
    with pytest.raises(ep.TenueRefusee, match="close depuis"):
        ep.appeler(passage=deux, **commun)
    Procedure.objects.filter(pk=deux.procedure_id).update(etat="contradictoire")
    dire = {"motivation": "Motivé.", "sens": SensAvis.FAVORABLE, **commun}
    ep.appeler(passage=un, **commun)
    with pytest.raises(ep.TenueRefusee, match="encore en examen"):
        ep.appeler(passage=deux, **commun)
    with pytest.raises(ep.TenueRefusee, match="si la personne est venue"):
        ep.rendre_avis(passage=un, vote=Vote(4, 0, 0), **dire)
    with pytest.raises(ep.TenueRefusee, match="qui l'assiste"):
        ep.noter_audition(passage=un, presence=PresencePersonne.ASSISTEE, **commun)
    ep.noter_audition(passage=un, presence=PresencePersonne.ASSISTEE, assistee_par="une amie", **commun)
    with pytest.raises(ep.TenueRefusee, match="4 membres prennent part au vote, 3 voix"):
        ep.rendre_avis(passage=un, vote=Vote(3, 0, 0), **dire)
    with pytest.raises(ep.TenueRefusee, match="qui a siégé"):
        ep.rendre_avis(passage=un, vote=Vote(4, 0, 0), dissentiments={faite.membres["suppleante"].pk: "Non"}, **dire)
    ep.rendre_avis(passage=un, vote=Vote(4, 0, 0), **dire)
    with pytest.raises(ep.TenueRefusee, match="1 dossier reste"):
        ep.clore_seance(seance=posee, **commun)
    ep.reprendre_avis(passage=un, **commun)
    un.refresh_from_db()
    assert un.statut == StatutPassage.EN_EXAMEN
    with pytest.raises(ContrainteViolee, match="ce que l'équipe propose"):
        ep.rendre_avis(passage=un, vote=Vote(4, 0, 0), **{**dire, "sens": SensAvis.AUTRE_MESURE})


def test_the_forecast_follows_replies_and_substitutes() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    prevu = previsions([posee])[posee.pk]
    assert (prevu.perspective, prevu.acquis, prevu.requis) == (Perspective.POSSIBLE, 0, 2)
    g.viennent(posee, faite, "presidente", "elue")
    ligne = posee.participations.get(membre=faite.membres["beneficiaire"])
    ep.repondre(participation=ligne, reponse=ReponseMembre.NE_VIENDRA_PAS, par=ligne.membre.agent, le=g.LE)
    prevu = previsions([posee])[posee.pk]
    assert (prevu.perspective, prevu.colleges_absents) == (Perspective.COMPROMIS, ("beneficiaires",))
    assert ep.appeler_suppleants(seance=posee, college=GenreCollege.BENEFICIAIRES, par=faite.secretaire, le=g.LE) == 1
    assert previsions([posee])[posee.pk].perspective is Perspective.POSSIBLE
    g.viennent(posee, faite, "suppleante")
    assert previsions([posee])[posee.pk].perspective is Perspective.ACQUIS
    with pytest.raises(ep.SeanceRefusee, match="déjà invités"):
        ep.appeler_suppleants(seance=posee, college=GenreCollege.BENEFICIAIRES, par=faite.secretaire, le=g.LE)


def test_a_year_of_sessions_avoids_holidays_and_august() -> None:
    faite = g.equipe()
    dates = ep.proposer_dates(rythme=Rythme(3, (2, 4)), du=date(2026, 3, 1), au=date(2027, 2, 28))
    retenues = [d.le for d in dates if d.le]
    assert date(2026, 5, 15) in retenues  # 14 May is Ascension Day
    assert not [d for d in retenues if d.month == 8]
    posees = ep.planifier_seances(
        dates=retenues, heure=time(9), minutes=180, lieu="Salle du conseil", par=faite.secretaire, le=g.LE
    )
    assert len(posees) == 22
    encore = ep.planifier_seances(
        dates=retenues, heure=time(9), minutes=180, lieu="Salle du conseil", par=faite.secretaire, le=g.LE
    )
    assert encore == []


def test_spouses_are_heard_apart() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    foyer = f.foyer(situation_familiale="MAR", nb_enfants_autres=1)
    elle = g.personne(faite, foyer=foyer)
    lui = f.personne(foyer=foyer, role="cjt")
    f.entree_sdd(lui, faite.structure)
    un, deux = g.inscrit(posee, faite, elle, complet=False), g.inscrit(posee, faite, lui, complet=False)
    g.inscrit(posee, faite, complet=False)
    un.refresh_from_db()
    deux.refresh_from_db()
    assert un.numero is not None
    assert deux.numero is not None
    assert abs(un.numero - deux.numero) == 2
    assert un.code != deux.code


def test_members_read_no_identity_and_nothing_rare() -> None:
    faite = g.equipe(k_anonymat=3)
    posee = g.seance(faite)
    commun = {"situation_familiale": "CEL", "nb_enfants_autres": 0}
    naissance = date(1990, 6, 15)
    for _ in range(3):
        g.personne(faite, foyer=f.foyer(**commun), date_naissance=naissance)
    courante = g.inscrit(posee, faite, g.personne(faite, foyer=f.foyer(**commun), date_naissance=naissance))
    rare = g.inscrit(
        posee, faite,
        g.personne(
            faite, foyer=f.foyer(situation_familiale="VIM", nb_enfants_autres=6), date_naissance=date(1961, 2, 3)
        ),
    )  # fmt: skip
    ep.controler_liens(seance=posee, par=faite.secretaire, le=g.LE)
    courante.refresh_from_db()
    rare.refresh_from_db()
    lue, rare_lue = fiche_membre(courante), fiche_membre(rare)
    assert (lue.traits.age, lue.traits.foyer, lue.reduits) == ("35 à 44 ans", "personne seule", False)
    assert rare_lue.reduits
    assert rare_lue.traits.foyer == ""
    for fiche, passage in ((lue, courante), (rare_lue, rare)):
        dit = str(fiche)
        assert passage.personne.nom not in dit
        assert str(passage.personne_id) != fiche.code
    ep.rediger_expose(passage=rare, expose=f"Mme {rare.personne.nom} vit à Créteil.", par=faite.secretaire, le=g.LE)
    rare.refresh_from_db()
    dits = " ".join(m.phrase for m in manques_des([rare], au=jour(g.LE))[rare.pk])
    assert rare.personne.nom in dits
    assert "Créteil" in dits


def test_a_reglement_seats_beneficiaries_and_ends_the_one_before() -> None:
    faite = g.equipe()
    with pytest.raises(ep.ReglementRefuse, match="représentants des bénéficiaires"):
        ep.preparer_reglement(
            debut=date(2026, 6, 1), colleges=[g.COLLEGES[0], g.COLLEGES[1]], par=faite.secretaire, le=g.LE
        )
    nouveau = g.reglement(faite, debut=date(2026, 6, 1), quorum_pour_cent=60)
    assert faite.reglement is not None
    faite.reglement.refresh_from_db()
    assert (nouveau.version, faite.reglement.fin) == (2, date(2026, 6, 1))
    with pytest.raises(ErreurMetier):
        g.reglement(faite, debut=date(2026, 2, 1))


def test_it_is_too_late_when_the_person_could_not_be_told_in_time() -> None:
    faite = g.equipe()
    posee = g.seance(faite, date(2026, 3, 3))
    with pytest.raises(ep.InscriptionRefusee, match="il faut 15 jours"):
        ep.inscrire_dossier(procedure=g.procedure(faite), seance=posee, par=faite.secretaire, le=g.LE)


def test_the_minutes_are_a_readable_file() -> None:
    faite = g.equipe()
    posee = g.seance(faite)
    dossier = g.inscrit(posee, faite)
    g.preparee(posee, faite)
    g.ouverte(posee, faite)
    avis(dossier, faite, dissentiments={faite.membres["elue"].pk: "Je ne suis pas d'accord."})
    ep.clore_seance(seance=posee, par=faite.secretaire, le=MATIN)
    pv = ep.etablir_proces_verbal(seance=posee, par=faite.secretaire, le=MATIN)
    fichier = proces_verbal_pdf(
        pv.contenu, departement="Département d'essai", le=MATIN, signatures={"Présidence": MATIN, "Secrétariat": None},
        empreinte=pv.empreinte,
    )  # fmt: skip
    pages = PdfReader(io.BytesIO(fichier)).pages
    texte = " ".join(" ".join(page.extract_text() for page in pages).split())
    for attendu in (f"dossier {dossier.code}", "Avis : favorable", "3 pour, 1 contre", "Projet, non signé",
                    "Opinion divergente de Camille Elue", "Un avis n’est pas une décision"):  # fmt: skip
        assert attendu in texte
    assert dossier.personne.nom not in texte
