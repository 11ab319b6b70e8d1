"""The texts a Département words itself: what is refused, what a letter keeps, what the law still says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from cordee.metier.courriers.enums import Canal, GenreCourrier, LangueLettre, MotifExcuses
from cordee.metier.courriers.models import Courrier, ModeleCourrier, PreferenceContact
from cordee.metier.courriers.polices import dossier_polices
from cordee.metier.courriers.regles import durees_enoncees
from cordee.metier.courriers.regles.sms import longueur_sms
from cordee.metier.courriers.regles.textes import BLOCS, blocs_de, variables_admises, verifier_texte
from cordee.metier.courriers.services import (
    ModeleFige,
    TexteRefuse,
    activer_modele,
    apercu,
    enregistrer_modele,
    noter_preferences,
    pdf,
    retirer_brouillon,
    s_excuser,
)
from cordee.metier.courriers.textes_de_depart import texte_de_depart
from cordee.metier.personnes.enums import RoleFoyer
from cordee.socle.contraintes import ContrainteViolee
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

G, C = GenreCourrier, Canal
AU = LE.date()
MENTIONS = texte_de_depart("convocation", "courrier")["mentions"]
LANGUES = ("fr", *LangueLettre)
LIVRES = [
    (genre, canal, langue) for genre, canal in BLOCS for langue in LANGUES if blocs_de(genre, canal, langue)
]  # fmt: skip


def fautes(texte: str, *, genre: GenreCourrier = G.RAPPEL, canal: Canal = C.SMS, cle: str = "texte") -> list[str]:
    return verifier_texte(genre=genre, canal=canal, langue="fr", blocs={cle: texte}, au=AU).get(cle, [])


class TestVerifier:
    @pytest.mark.parametrize(("genre", "canal", "langue"), LIVRES)
    def test_the_texts_delivered_pass_their_own_checks(self, genre: GenreCourrier, canal: Canal, langue: str) -> None:
        blocs = texte_de_depart(genre, canal, langue)
        assert blocs
        assert verifier_texte(genre=genre, canal=canal, langue=langue, blocs=blocs, au=AU) == {}

    @pytest.mark.parametrize(
        ("texte", "phrase"),
        [
            ("Venez le {jour}", "n'est pas une variable"),
            ("Votre RSA : rendez-vous {date_courte}", "mot neutre"),
            ("Vous devez venir {date_courte}", "n'est pas un manquement"),
            ("{date_courte}, sous peine de sanction", "n'est pas un manquement"),
            ("Répondez sous 15 jours", "durée écrite à la main"),
            ("Vous avez {delai_convoquer} pour répondre", "objectif du service"),
            ("Rendez-vous {date_courte", "accolade"),
            ("Rendez-vous {date_courte}[ ou {lien}", "crochet"),
            ("", "obligatoire"),
            ("é" * 470 + "{lieu}{adresse}", "morceaux"),
        ],
    )
    def test_what_is_refused_is_said_in_a_sentence(self, texte: str, phrase: str) -> None:
        assert any(phrase in faute for faute in fautes(texte)), fautes(texte)

    @pytest.mark.parametrize("retire", ["www.cnil.fr", "opposer", "consulter", "{contact_donnees}"])
    def test_a_letter_without_its_legal_notice_is_refused(self, retire: str) -> None:
        sans = MENTIONS.replace(retire, "…")
        [faute] = fautes(sans, genre=G.CONVOCATION, canal=C.COURRIER, cle="mentions")
        assert "mention légale" in faute

    def test_a_decision_may_state_the_delays_of_its_rule(self) -> None:
        assert "delai_recours_prealable" in variables_admises(G.NOTIFICATION_ORIENTATION)
        assert "delai_recours_prealable" not in variables_admises(G.CONVOCATION)


class TestDelais:
    def test_no_text_delivered_holds_a_duration_of_its_own(self) -> None:
        """E08: what a letter states always equals the rule of the day, since it only comes from it."""
        for genre, canal, langue in LIVRES:
            for texte in texte_de_depart(genre, canal, langue).values():
                assert durees_enoncees(texte) == frozenset()


def test_the_typeface_holds_every_letter_of_every_language() -> None:
    """A character it lacks would be printed as a question mark."""
    dossier = dossier_polices()
    if dossier is None:
        pytest.skip("The web package of the typeface is not installed: npm ci.")
    connus = set(TTFont(dossier / "400.ttf").getBestCmap())
    ecrits = {c for cle in LIVRES for texte in texte_de_depart(*cle).values() for c in texte if c != "\n"}
    assert {c for c in ecrits if ord(c) not in connus} == set()


@pytest.mark.django_db
class TestVersions:
    def ecrire(self, texte: str = "Rendez-vous {date_courte}, {lieu}.", **options: Any) -> ModeleCourrier:
        return enregistrer_modele(
            genre=G.CONVOCATION, canal=C.SMS, langue="fr", blocs={"texte": texte}, motif="plus court", par=f.agent(),
            le=LE, **options,
        )  # fmt: skip

    def test_a_draft_changes_nothing_until_its_day(self, equipe: Equipe) -> None:
        brouillon = self.ecrire()
        activer_modele(modele=brouillon, du=AU + timedelta(days=2), par=equipe.samia, le=LE)
        avant, apres = (self.sms(equipe, jours) for jours in (1, 2))
        assert avant.modele is None
        assert apres.modele == brouillon
        assert apres.donnees["message_court"]["texte"].startswith("Rendez-vous ")
        assert "Pour changer" not in apres.donnees["message_court"]["texte"]

    def sms(self, equipe: Equipe, jours: int) -> Courrier:
        personne = equipe.entrante()
        f.contact(personne, f"06{personne.pk:08d}")
        equipe.convoquer(personne, le=LE + timedelta(days=jours), canal=C.SMS)
        return Courrier.objects.get(personne=personne)

    def test_a_letter_keeps_the_text_it_was_made_with(self, equipe: Equipe) -> None:
        premier = activer_modele(modele=self.ecrire(), du=AU, par=equipe.samia, le=LE)
        lettre = self.sms(equipe, 0)
        activer_modele(modele=self.ecrire("Autre texte {date_courte}."), du=AU, par=equipe.samia, le=LE)
        assert Courrier.objects.get(pk=lettre.pk).modele == premier
        assert pdf(lettre).startswith(b"%PDF")
        assert self.sms(equipe, 0).donnees["message_court"]["texte"].startswith("Autre texte")

    def test_a_version_in_force_is_never_rewritten(self, equipe: Equipe) -> None:
        modele = activer_modele(modele=self.ecrire(), du=AU, par=equipe.samia, le=LE)
        with pytest.raises(ModeleFige):
            self.ecrire("Autre {date_courte}", brouillon=modele)
        with pytest.raises(ModeleFige):
            retirer_brouillon(modele=modele, par=equipe.samia, le=LE)
        assert self.ecrire("Autre {date_courte}").version == 2

    def test_not_put_in_force_in_the_past_nor_with_a_fault(self, equipe: Equipe) -> None:
        with pytest.raises(TexteRefuse, match="passé"):
            activer_modele(modele=self.ecrire(), du=AU - timedelta(days=1), par=equipe.samia, le=LE)
        with pytest.raises(TexteRefuse) as refus:
            self.ecrire("Vous devez venir")
        assert list(refus.value.fautes) == ["texte"]
        assert ModeleCourrier.objects.count() == 1

    @pytest.mark.parametrize(
        ("genre", "canal", "langue"),
        [
            (G.CONVOCATION, C.COURRIER, "pt"),
            (G.EXCUSES, C.COURRIER, "fr"),
            (G.RAPPEL, C.SMS, "tr"),
            (G.NOTIFICATION_ORIENTATION, C.COURRIER, "fr"),
        ],
    )
    def test_every_text_can_be_seen_before_use(self, genre: GenreCourrier, canal: Canal, langue: str) -> None:
        donnees, document = apercu(
            genre=genre, canal=canal, langue=langue, blocs=texte_de_depart(genre, canal, langue), le=LE
        )  # fmt: skip
        assert document.startswith(b"%PDF")
        dits = {**donnees.get("message_court", {}), **donnees.get("traduction", {}), **donnees.get("textes", {})}
        assert dits
        assert not any("{" in str(mot) for mot in dits.values())


@pytest.mark.django_db
class TestPreferences:
    def test_a_translation_stands_beside_the_french(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        noter_preferences(personne=personne, langue="pt", grands_caracteres=True, par=equipe.samia, le=LE)
        equipe.convoquer(personne)
        donnees = Courrier.objects.get(personne=personne).donnees
        assert donnees["textes"]["introduction"] == "Nous vous proposons un rendez-vous."
        assert donnees["traduction"]["titre"] == "O seu encontro marcado"
        assert donnees["grands_caracteres"]

    def test_call_me_and_do_not_call_me_at_once(self, equipe: Equipe) -> None:
        with pytest.raises(ContrainteViolee, match="Choisissez"):
            noter_preferences(
                personne=equipe.entrante(), sans_appel=True, appel_prefere=True, par=equipe.samia, le=LE
            )  # fmt: skip
        assert not PreferenceContact.objects.exists()

    def test_a_shared_number_says_whom_it_is_for_without_a_name(self, equipe: Equipe) -> None:
        foyer = f.foyer()
        elle, lui = (
            f.soumise(equipe.eds, foyer=foyer, nom="Dupont", prenom="Ana"),
            f.personne(foyer=foyer, role=RoleFoyer.CJT),
        )
        for qui in (elle, lui):
            f.contact(qui, "0601020304")
        equipe.convoquer(elle, canal=C.SMS)
        message = Courrier.objects.get(personne=elle).donnees["message_court"]
        assert message["texte"].startswith("Pour A. D. : Rendez-vous")
        assert "Dupont" not in message["texte"]
        assert message["segments"] == longueur_sms(message["texte"]).segments


@pytest.mark.django_db
def test_an_apology_stops_the_wrong_letter_and_says_what_was_wrong(equipe: Equipe) -> None:
    """R86: the letter does not say what the wrong one was about."""
    personne = equipe.entrante()
    equipe.convoquer(personne)
    fausse = Courrier.objects.get(personne=personne)
    excuses = s_excuser(
        courrier=fausse, motif=MotifExcuses.DATE_FAUSSE, precision="Le bon rendez-vous est le 3 mars.",
        canal=C.COURRIER, par=equipe.samia, le=LE,
    )  # fmt: skip
    fausse.refresh_from_db()
    assert fausse.annule_le == LE
    corps = excuses.donnees["textes"]["corps"]
    assert "Le bon rendez-vous est le 3 mars." in corps
    assert "était faux" in corps
    assert "convocation" not in corps.lower()
    assert pdf(excuses).startswith(b"%PDF")
