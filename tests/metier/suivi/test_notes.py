"""Notes, interviews: what each may read, drafts that survive, corrections kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import QuiFait, ThemeNote
from cordee.metier.suivi.models import ContactSuivi, DecisionEntretien, EntretienSuivi, Note
from cordee.metier.suivi.regles.lexique import MAXIMUM, entrees, suggestions
from cordee.metier.suivi.selectors.notes import (
    NoteLue,
    decisions_ouvertes,
    detail_ouvert,
    notes_de,
    part_du_dossier,
    promesses,
    sujets_proposes,
)
from cordee.metier.suivi.services import ContenuEntretien, SuiviRefuse
from cordee.metier.suivi.services.entretiens import Decision, Sujet, brouillon_de
from cordee.socle.erreurs import DonneesPerimees
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation

SANTE = ThemeNote.SANTE


def dans(minutes: int = 0, *, jours: int = 0) -> datetime:
    return LE + timedelta(days=jours, minutes=minutes)


def lire(personne: Personne, pour: Agent) -> list[NoteLue]:
    droits = habilitation(pour, au=LE.date())
    ouvert = detail_ouvert(referente=situation(personne).referent_structure_id, droits=droits, peut=True)
    return notes_de(personne, pour=pour, droits=droits, detail=ouvert)


class TestNotes:
    def test_the_detail_opens_to_the_referent_body_alone(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.ecrire_note(
            personne=personne, theme=SANTE, texte="Disponible l'après-midi.", detail="Soins le matin.",
            par=equipe.lea, le=LE,
        )  # fmt: skip
        (lue,) = lire(personne, equipe.lea)
        assert (lue.note.texte, lue.detail, lue.fermee) == ("Disponible l'après-midi.", "Soins le matin.", False)
        (ailleurs,) = lire(personne, equipe.malik)
        assert (ailleurs.note.texte, ailleurs.detail, ailleurs.fermee) == ("Disponible l'après-midi.", "", True)
        assert ailleurs.theme is SANTE

    def test_ones_own_detail_only_where_one_still_works(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.ecrire_note(personne=personne, theme=SANTE, texte="", detail="Dit hier.", par=equipe.malik, le=LE)
        assert [lue.detail for lue in lire(personne, equipe.malik)] == ["Dit hier."]
        partie = lire(personne, equipe.lea)[0].note
        Note.objects.filter(pk=partie.pk).update(structure=equipe.agence)  # written from where he no longer works
        assert [(lue.detail, lue.fermee) for lue in lire(personne, equipe.malik)] == [("", True)]

    def test_a_correction_keeps_what_was_written(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        note = services.ecrire_note(
            personne=personne, theme=ThemeNote.EMPLOI, texte="Deux candidatures.", par=equipe.lea, le=LE
        )
        neuve = services.corriger_note(
            note=note, theme=ThemeNote.EMPLOI, texte="Trois candidatures.", par=equipe.lea, le=dans(5)
        )
        (lue,) = lire(personne, equipe.lea)
        assert (lue.note, [n.texte for n in lue.avant]) == (neuve, ["Deux candidatures."])
        with pytest.raises(DonneesPerimees):
            services.corriger_note(note=note, theme=ThemeNote.EMPLOI, texte="Autre", par=equipe.lea, le=dans(6))
        with pytest.raises(SuiviRefuse, match="auteur"):
            services.corriger_note(note=neuve, theme=ThemeNote.EMPLOI, texte="Autre", par=equipe.malik, le=dans(6))

    def test_an_empty_note_says_nothing(self, equipe: Equipe) -> None:
        with pytest.raises(SuiviRefuse, match="quelque chose"):
            services.ecrire_note(personne=equipe.accompagnee(), theme=SANTE, texte=" ", par=equipe.lea, le=LE)

    def test_what_the_person_may_read_tells_what_it_leaves_out(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.ecrire_note(personne=personne, theme=SANTE, texte="Vue.", detail="Dit.", par=equipe.lea, le=LE)
        for pour, retenues in ((equipe.lea, 0), (equipe.malik, 1)):
            droits = habilitation(pour, au=LE.date())
            ouvert = detail_ouvert(referente=equipe.eds.pk, droits=droits, peut=True)
            assert part_du_dossier(personne, pour=pour, droits=droits, detail=ouvert).retenues == retenues


class TestLexique:
    @pytest.mark.parametrize(
        ("texte", "mots"),
        [
            ("Soi-disant malade, TOUJOURS EN RETARD.", ["Soi-disant", "TOUJOURS EN RETARD"]),
            ("Elle prétend que non ; très agressive.", ["prétend que", "agressive"]),
            ("Paresseux, paresseux, fainéant", ["Paresseux", "fainéant"]),
            ("Habite rue des Fous, près du saleve.", []),
            ("Candidature envoyée le 3 mars. Dit qu'elle attend une réponse.", []),
            ("", []),
        ],
    )
    def test_points_out_words_where_they_stand(self, texte: str, mots: list[str]) -> None:
        assert [s.mot for s in suggestions(texte)] == mots

    def test_never_more_than_one_can_read(self) -> None:
        assert len(suggestions("menteur fainéant hystérique agressif stupide idiot manipulateur drogué")) == MAXIMUM

    def test_every_family_says_why_and_what_instead(self) -> None:
        assert all(pourquoi and plutot for _, pourquoi, plutot in entrees())
        assert {famille for famille, _, _ in entrees()} == {"jugement", "doute", "absolu", "sante", "protege"}


def contenu(**champs: object) -> ContenuEntretien:
    return ContenuEntretien(**{"debut": LE, **champs})  # type: ignore[arg-type]


class TestEntretien:
    def test_finished_it_counts_as_a_contact_with_its_note_and_its_decisions(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        suite = dans(jours=21).date()
        ligne = services.finir_entretien(
            personne=personne, par=equipe.lea, le=dans(60),
            contenu=contenu(
                ordre_du_jour=[Sujet("Le permis", aborde=True), Sujet("")], texte="A passé le code.", prochain_le=suite,
                decisions=[Decision("Appeler l'auto-école", QuiFait.REFERENT, suite), Decision("Réviser")],
            ),
        )  # fmt: skip
        assert (etape(personne).echeance, ligne.ordre_du_jour) == (suite, [{"sujet": "Le permis", "aborde": True}])
        assert (ContactSuivi.objects.get().resultat, Note.objects.get().texte) == ("jointe", "A passé le code.")
        f.rattachement(personne, equipe.eds, equipe.lea)
        (promesse,) = promesses(pour=equipe.lea, au=LE.date())
        assert promesse.quoi == "Appeler l'auto-école"
        assert "Ce que nous devions faire : Appeler l'auto-école" in sujets_proposes(personne, au=LE.date())
        services.tenir_decision(decision=promesse, par=equipe.lea, le=dans(90))
        assert [d.quoi for d in decisions_ouvertes(personne)] == ["Réviser"]

    def test_a_draft_moves_nothing_and_comes_back(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        avant, seance = etape(personne), uuid4()
        garde = services.garder_entretien(
            personne=personne, contenu=contenu(texte="Elle dit"), seance=seance, par=equipe.lea, le=LE
        )
        assert (etape(personne), DecisionEntretien.objects.count()) == (avant, 0)
        assert brouillon_de(personne, equipe.lea) == garde
        assert brouillon_de(personne, equipe.malik) is None
        # the answer of the first save was lost in the cut: the same page goes on, whatever version it knows
        suite = services.garder_entretien(
            personne=personne, contenu=contenu(texte="Elle dit que"), seance=seance, par=equipe.lea, le=dans(1)
        )
        assert (suite.pk, suite.texte, suite.version) == (garde.pk, "Elle dit que", 2)

    def test_another_screen_does_not_overwrite(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.garder_entretien(personne=personne, contenu=contenu(texte="A"), seance=uuid4(), par=equipe.lea, le=LE)
        with pytest.raises(DonneesPerimees):
            services.garder_entretien(
                personne=personne, contenu=contenu(texte="B"), seance=uuid4(), par=equipe.lea, le=dans(1)
            )
        assert EntretienSuivi.objects.get().texte == "A"

    def test_nothing_noted_is_no_interview(self, equipe: Equipe) -> None:
        with pytest.raises(SuiviRefuse, match="au moins"):
            services.finir_entretien(personne=equipe.accompagnee(), contenu=contenu(), par=equipe.lea, le=LE)
        assert not EntretienSuivi.objects.exists()


class TestEnCouple:
    """R36: two people, two interviews; R38: not when one must be met apart."""

    def couple(self, equipe: Equipe) -> tuple[Personne, Personne]:
        personne = equipe.accompagnee()
        foyer = personne.appartenances.get().foyer
        conjoint = f.personne(prenom="Idriss")
        f.membre(conjoint, foyer, RoleFoyer.CJT)
        return personne, conjoint

    def test_the_hour_passes_never_the_notes(self, equipe: Equipe) -> None:
        personne, conjoint = self.couple(equipe)
        mien = services.garder_entretien(
            personne=personne, contenu=contenu(texte="Dit par elle.", detail="Confié."), par=equipe.lea, le=LE
        )
        sien = services.ouvrir_entretien_du_conjoint(entretien=mien, conjoint=conjoint, par=equipe.lea, le=dans(40))
        mien.refresh_from_db()
        assert (sien.commun, sien.debut) == (mien.commun, mien.debut)
        assert (sien.texte, sien.detail, sien.decisions, sien.ordre_du_jour) == ("", "", [], [])
        encore = services.ouvrir_entretien_du_conjoint(entretien=mien, conjoint=conjoint, par=equipe.lea, le=dans(41))
        assert encore.pk == sien.pk

    def test_never_together_when_discretion_is_asked(self, equipe: Equipe) -> None:
        personne, conjoint = self.couple(equipe)
        mien = services.garder_entretien(personne=personne, contenu=contenu(texte="A"), par=equipe.lea, le=LE)
        Personne.objects.filter(pk=conjoint.pk).update(contact_discret=True)
        with pytest.raises(SuiviRefuse, match="séparément"):
            services.ouvrir_entretien_du_conjoint(entretien=mien, conjoint=conjoint, par=equipe.lea, le=dans(5))

    def test_not_with_somebody_of_another_household(self, equipe: Equipe) -> None:
        mien = services.garder_entretien(
            personne=equipe.accompagnee(), contenu=contenu(texte="A"), par=equipe.lea, le=LE
        )
        with pytest.raises(SuiviRefuse, match="même foyer"):
            services.ouvrir_entretien_du_conjoint(
                entretien=mien, conjoint=equipe.entrante(), par=equipe.lea, le=dans(5)
            )


def test_an_agent_elsewhere_writes_from_where_she_works(equipe: Equipe) -> None:
    ailleurs = f.agent(RoleAgent.OPERATEUR, structure=equipe.mission)
    note = services.ecrire_note(
        personne=equipe.accompagnee(), theme=ThemeNote.EMPLOI, texte="Atelier suivi.", par=ailleurs, le=LE
    )
    assert note.structure == equipe.mission
