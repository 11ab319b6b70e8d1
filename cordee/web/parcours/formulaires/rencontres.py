"""Meeting the person: convene, receive, move, cancel, reach out."""

from __future__ import annotations

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.selectors import canaux_possibles
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.parcours.enums import Etat
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.regles.plages import minutes_necessaires
from cordee.metier.rendezvous.services import invitations
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.services import noter_aller_vers
from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.socle import horloge
from cordee.web.composants.saisies import SaisieDate, SaisieHeure
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe, instant
from cordee.web.parcours.formulaires.creneaux import AvecCreneau

JOURS_DE_PREVENANCE = 6
_CONTRAT = (Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD)
_APRES = (*_CONTRAT, Etat.ACCOMPAGNEE, Etat.RETOUR, Etat.VOLONTAIRE)
# The personal space is not open yet: nothing can be sent there.
_CANAUX = (Canal.COURRIER, Canal.SMS, Canal.COURRIEL, Canal.TELEPHONE, Canal.GUICHET)


class _AvecCanal(FormulaireActe):
    """How the person is told: only the ways that are open to her, with what closes the others."""

    courrier: ClassVar[GenreCourrier] = GenreCourrier.CONVOCATION
    canaux: ClassVar[tuple[Canal, ...]] = _CANAUX
    canal = ChoixLong(label="Comment la prévenir")

    def preparer(self) -> None:
        c = self.contexte
        possibles = {p.canal: p for p in canaux_possibles(personne=c.personne, genre=self.courrier, au=c.au)}
        ouverts = [canal for canal in self.canaux if possibles[canal].possible]
        self.choisir("canal", [(canal, canal.libelle) for canal in ouverts])
        fermes = [(canal.libelle, possibles[canal].empechement) for canal in self.canaux if canal not in ouverts]
        self.fields["canal"].help_text = format_html_join(mark_safe("<br>"), "{} : {}", fermes)
        self.initial.setdefault("canal", str(ouverts[0]) if ouverts else "")


class Convoquer(_AvecCanal, AvecCreneau):
    """``rendezvous.services.reserver`` on a free slot, ``convoquer`` at an hour chosen freely."""

    succes = "Le rendez-vous est fixé et sa convocation est prête."
    cote_a_cote = (("date", "heure", "duree"), ("genre", "modalite"), ("structure", "agent"))
    genre = forms.ChoiceField(label="Objet du rendez-vous", choices=GenreRendezVous.choices())
    date = forms.DateField(label="Date", widget=SaisieDate)
    heure = forms.TimeField(label="Heure", widget=SaisieHeure)
    duree = forms.IntegerField(label="Durée, en minutes", min_value=10, max_value=240)
    modalite = forms.ChoiceField(label="De quelle façon", choices=ModaliteRendezVous.choices())
    structure = forms.ChoiceField(label="Structure qui reçoit")
    lieu = forms.CharField(
        label="Adresse du rendez-vous", required=False, max_length=200,
        help_text="Vide : l'adresse de la structure.",
    )  # fmt: skip
    agent = forms.ChoiceField(label="Avec qui", required=False)
    field_order = ("creneau", "genre", "modalite", "date", "heure", "duree", "structure", "agent", "lieu", "canal")

    def preparer(self) -> None:
        super().preparer()
        c = self.contexte
        siennes = [str(pk) for pk in c.droits.structures if pk in {s.pk for s in c.structures()}]
        if len(siennes) == 1:
            self.initial.setdefault("structure", siennes[0])
        self.choisir_structure("structure", c.structures())
        self.initial.setdefault("structure", next(iter(self.par_pk), ""))
        collegues = Agent.objects.none()
        for pk in c.droits.structures:
            collegues = collegues | agents_de(Structure(pk=pk), au=c.au)
        self.noms = {str(a.pk): a for a in [c.agent, *collegues.distinct()]}
        s = c.situation.situation
        if s and s.referent_agent:
            self.noms.setdefault(str(s.referent_agent_id), s.referent_agent)
        self.choisir("agent", [(pk, str(a)) for pk, a in self.noms.items()], vide="L'équipe, sans nom")
        etat = c.situation.etat
        genre = _objet(etat)
        self.initial = {**self.initial} | {
            "genre": str(genre), "date": ajouter_jours_ouvres(c.au, JOURS_DE_PREVENANCE), "heure": time(9, 0),
            "duree": minutes_necessaires(genre, interprete=c.personne.interprete),
            "agent": str(c.agent.pk) if etat in _APRES else "",
        }  # fmt: skip
        self.proposer_creneaux(
            genre=genre, structures={*c.structures_de_la_personne, *c.droits.structures},
            aide="Le créneau dit la date, le lieu et l'agent : les champs suivants, canal excepté, ne servent que sans "
            "créneau.",
        )  # fmt: skip

    def executer(self) -> str:
        d = self.cleaned_data
        if self.creneau_choisi is not None:
            rdv = services.reserver(
                creneau=self.creneau_choisi, personne=self.contexte.personne, canal=Canal(d["canal"]), **self.commun
            )
            return f"Rendez-vous fixé le {_quand(rdv)}. La convocation est dans « Documents »."
        structure = self.par_pk[d["structure"]]
        rdv = services.convoquer(
            personne=self.contexte.personne, genre=GenreRendezVous(d["genre"]),
            modalite=ModaliteRendezVous(d["modalite"]), structure=structure, agent=self.noms.get(d["agent"]),
            lieu=d["lieu"] or adresse_de(structure), debut=instant(d["date"], d["heure"]), duree_minutes=d["duree"],
            canal=Canal(d["canal"]), **self.commun,
        )  # fmt: skip
        return f"Rendez-vous fixé le {_quand(rdv)}. La convocation est dans « Documents »."


class Inviter(_AvecCanal):
    """``rendezvous.services.inviter``."""

    courrier = GenreCourrier.INVITATION
    canaux = invitations.CANAUX
    cote_a_cote = (("genre", "modalite"),)
    genre = forms.ChoiceField(label="Objet du rendez-vous", choices=GenreRendezVous.choices())
    modalite = forms.ChoiceField(label="De quelle façon", choices=ModaliteRendezVous.choices())
    structure = forms.ChoiceField(label="Structure qui reçoit")
    field_order = ("genre", "modalite", "structure", "canal")

    def preparer(self) -> None:
        super().preparer()
        self.choisir_structure("structure", self.contexte.structures())
        self.initial.setdefault("genre", str(_objet(self.contexte.situation.etat)))

    def empechement(self) -> str:
        return invitations.refus_general(self.contexte.personne)

    def executer(self) -> str:
        d = self.cleaned_data
        services.inviter(
            personne=self.contexte.personne, genre=GenreRendezVous(d["genre"]),
            modalite=ModaliteRendezVous(d["modalite"]), structure=self.par_pk[d["structure"]],
            canal=Canal(d["canal"]), **self.commun,
        )  # fmt: skip
        return "L'invitation est dans « Documents ». L'étape reste à faire tant que la personne n'a pas choisi de date."


class _SurRendezVous(FormulaireActe):
    """An act on one of the person's appointments."""

    statuts: tuple[StatutRendezVous, ...] = (StatutRendezVous.PREVU,)
    rendez_vous = forms.ChoiceField(label="Rendez-vous")

    def preparer(self) -> None:
        c = self.contexte
        lignes = RendezVous.objects.filter(personne__in=c.ids, statut__in=self.statuts)
        trouves = lignes.select_related("structure", "personne", "agent").order_by("-debut")[:10]
        self.possibles = {str(r.pk): r for r in trouves}
        self.choisir(
            "rendez_vous",
            [
                (pk, f"{_quand(r)}, {r.get_genre_display().lower()}, {r.structure.nom}")
                for pk, r in self.possibles.items()
            ],
        )
        passes = [pk for pk, r in self.possibles.items() if r.debut <= c.maintenant and r.statut == "prevu"]
        prevus = [pk for pk, r in self.possibles.items() if r.statut == "prevu"]
        self.initial.setdefault("rendez_vous", (passes or prevus[-1:] or [next(iter(self.possibles), "")])[0])

    def empechement(self) -> str:
        return "" if self.possibles else "Aucun rendez-vous n'est prévu pour cette personne."

    @property
    def choisi(self) -> RendezVous:
        return self.possibles[self.cleaned_data["rendez_vous"]]


class Presence(_SurRendezVous):
    """``rendezvous.services.constater``."""

    statuts = (StatutRendezVous.PREVU, StatutRendezVous.ABSENT, StatutRendezVous.EXCUSE)
    succes = "La venue est notée."
    statut = ChoixLong(
        label="Que s'est-il passé ?",
        choices=[
            (s.value, s.libelle) for s in (StatutRendezVous.HONORE, StatutRendezVous.ABSENT, StatutRendezVous.EXCUSE)
        ],
    )

    def empechement(self) -> str:
        vide = super().empechement()
        return f"{vide} Si elle est là, choisissez « Recevoir sans rendez-vous »." if vide else ""

    def executer(self) -> str:
        statut = StatutRendezVous(self.cleaned_data["statut"])
        services.constater(rendez_vous=self.choisi, statut=statut, **self.commun)
        return {
            StatutRendezVous.HONORE: "La venue est notée.",
            StatutRendezVous.ABSENT: "L'absence est notée : une démarche d'aller-vers est à faire, sans sanction.",
            StatutRendezVous.EXCUSE: "L'absence excusée est notée : proposez une autre date.",
        }.get(statut, self.succes)


class Deplacer(_SurRendezVous, _AvecCanal, AvecCreneau):
    """``rendezvous.services.deplacer``, to a free slot or to an hour chosen freely."""

    succes = "Le rendez-vous est déplacé et une nouvelle convocation est prête."
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    date = forms.DateField(label="Nouvelle date", widget=SaisieDate, required=False)
    heure = forms.TimeField(label="Nouvelle heure", widget=SaisieHeure, required=False)
    cote_a_cote = (("date", "heure"),)
    field_order = ("rendez_vous", "creneau", "date", "heure", "canal")

    def preparer(self) -> None:
        _SurRendezVous.preparer(self)
        _AvecCanal.preparer(self)
        self.initial.setdefault("heure", time(9, 0))
        prevu = self.possibles.get(str(self.initial.get("rendez_vous", "")))
        self.proposer_creneaux(
            genre=GenreRendezVous(prevu.genre) if prevu else GenreRendezVous.ORIENTATION,
            structures=[prevu.structure_id] if prevu else [],
            aide="Sans créneau, donnez la date et l'heure ci-dessous.",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or self.cleaned_data
        if not lus.get("creneau"):
            for nom in ("date", "heure"):
                if not lus.get(nom) and nom not in self.errors:
                    self.add_error(nom, "Ce champ est obligatoire sans créneau.")
        return lus

    def executer(self) -> str:
        d = self.cleaned_data
        creneau = self.creneau_choisi
        services.deplacer(
            rendez_vous=self.choisi, version=self.choisi.version, creneau=creneau,
            debut=instant(d["date"], d["heure"]) if creneau is None else None, canal=Canal(d["canal"]), **self.commun,
        )  # fmt: skip
        return self.succes


class AnnulerRendezVous(_SurRendezVous):
    """``rendezvous.services.annuler``."""

    succes = "Le rendez-vous est annulé."
    motif = ChoixLong(
        label="Pourquoi",
        choices=[
            (m.value, m.libelle) for m in (MotifAnnulation.SERVICE, MotifAnnulation.PERSONNE, MotifAnnulation.ERREUR)
        ],
    )

    def executer(self) -> str:
        services.annuler(rendez_vous=self.choisi, motif=MotifAnnulation(self.cleaned_data["motif"]), **self.commun)
        return self.succes


class SansRendezVous(FormulaireActe):
    """``rendezvous.services.recevoir_sans_rendez_vous``."""

    succes = "La venue est notée."
    structure = forms.ChoiceField(label="Où est-elle reçue ?")

    def preparer(self) -> None:
        siennes = [s for s in self.contexte.structures() if s.pk in self.contexte.droits.structures]
        self.par_pk = {str(s.pk): s for s in siennes}
        self.choisir("structure", [(pk, s.nom) for pk, s in self.par_pk.items()])

    def executer(self) -> str:
        services.recevoir_sans_rendez_vous(
            personne=self.contexte.personne, structure=self.par_pk[self.cleaned_data["structure"]], **self.commun
        )
        return self.succes


class AllerVers(FormulaireActe):
    """``suivi.services.noter_aller_vers``."""

    genre = ChoixLong(label="Par quel moyen", choices=GenreContactSuivi.choices())
    resultat = ChoixLong(label="Résultat", choices=ResultatContact.choices())
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def executer(self) -> str:
        d: dict[str, Any] = self.cleaned_data
        noter_aller_vers(
            personne=self.contexte.personne, genre=GenreContactSuivi(d["genre"]),
            resultat=ResultatContact(d["resultat"]), note=d["note"], **self.commun,
        )  # fmt: skip
        if d["resultat"] == ResultatContact.JOINTE:
            return "La personne a été jointe : proposez-lui un rendez-vous."
        return "La démarche est notée."


def _objet(etat: Etat | None) -> GenreRendezVous:
    """What an appointment is usually for, from where she stands."""
    if etat in _CONTRAT:
        return GenreRendezVous.CONTRAT
    return GenreRendezVous.ACCOMPAGNEMENT if etat in _APRES else GenreRendezVous.ORIENTATION


def _quand(rdv: RendezVous) -> str:
    return f"{rdv.debut.astimezone(horloge.PARIS):%d/%m/%Y à %H:%M}"


def adresse_de(structure: Structure) -> str:
    """Where the structure receives people, on one line."""
    commune = f"{structure.code_postal} {structure.commune.nom}" if structure.commune else structure.code_postal
    return ", ".join(m for m in (structure.adresse, commune.strip()) if m)[:200]
