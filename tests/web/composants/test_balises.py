"""The bricks, drawn alone: what people read, and what screen readers are told."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from cordee.socle.enums import EnumLibelle
from cordee.web.composants import etats, icones
from cordee.web.composants.noeuds import Moment, Noeud
from cordee.web.composants.saisies import SaisieDate
from cordee.web.composants.tableaux import Colonne

LE = date(2026, 2, 22)


def dessiner(gabarit: str, url: str = "/liste/", **valeurs: Any) -> str:
    """The HTML of a snippet, white space reduced as browsers do."""
    contexte = Context({"request": RequestFactory().get(url), "csrf_token": "jeton", "le": LE, **valeurs})
    return re.sub(r"\s+", " ", Template("{% load composants %}" + gabarit).render(contexte))


@pytest.mark.parametrize(
    ("jour", "phrase", "urgence"),
    [
        (date(2026, 2, 28), "(dans 6 jours)", "bientot"),
        (date(2026, 2, 19), "(en retard de 3 jours)", "retard"),
        (date(2026, 3, 25), "(dans 31 jours)", "plus_tard"),
        (date(2026, 2, 22), "(aujourd&#x27;hui)", "bientot"),
    ],
)
def test_echeance_dit_combien_il_reste(jour: date, phrase: str, urgence: str) -> None:
    html = dessiner('{% echeance jour nature="legale" regle="D5411-14-1" le=le %}', jour=jour)
    assert phrase in html
    assert f"echeance-{urgence}" in html
    assert f'datetime="{jour.isoformat()}"' in html
    assert "délai légal" in html
    assert "D5411-14-1" in html


def test_echeance_sans_date() -> None:
    assert "sans date fixée" in dessiner("{% echeance None %}")


def test_chip_etat_porte_un_mot_et_une_icone() -> None:
    class Etat(EnumLibelle):
        SIGNE = "signe", "Signé"
        INCONNU = "jamais_declare", "Jamais déclaré"

    signe, inconnu = dessiner("{% chip_etat e %}", e=Etat.SIGNE), dessiner("{% chip_etat e %}", e=Etat.INCONNU)
    assert "ton-succes" in signe
    assert "Signé" in signe
    assert "#signature" in signe
    assert "ton-neutre" in inconnu
    assert "<svg" in inconnu


def test_tous_les_aspects_ont_une_icone_du_catalogue() -> None:
    for aspect in [*etats.ASPECTS.values(), *(aspect for _, aspect in etats.NATURES.values())]:
        assert icones.verifier(aspect.icone)


def test_icone_inconnue_refusee() -> None:
    with pytest.raises(ValueError, match="Icône inconnue"):
        dessiner('{% icone "licorne" %}')


def test_cordee_est_une_liste_ordonnee_et_marque_la_suite() -> None:
    noeuds = [
        Noeud("Entrée", date(2026, 1, 9), "entree"),
        Noeud("Contrat", date(2026, 2, 28), "signature", Moment.PROCHAIN, nature="legale", regle="D5411-14-1"),
        Noeud("Revue", date(2026, 8, 28), "relance", Moment.A_VENIR),
    ]
    html = dessiner("{% cordee noeuds le=le %}", noeuds=noeuds)
    assert html.count("<li ") == 3
    assert '<ol class="corde" aria-label="La cordée">' in html
    assert html.count('aria-current="step"') == 1
    assert html.index("Entrée") < html.index("Prochaine étape") < html.index("Contrat") < html.index("À venir")
    assert "dans 6 jours" in html


def test_cordee_repliee_garde_la_suite_visible() -> None:
    noeuds = [Noeud(f"Fait {i}", date(2026, 1, i)) for i in range(1, 6)] + [Noeud("Suite", moment="prochain")]
    html = dessiner("{% cordee noeuds visibles=2 le=le %}", noeuds=noeuds)
    repli, visible = html.split("</details>")
    assert "3 étapes plus anciennes" in repli
    assert "Fait 3" in repli
    assert "Fait 4" in visible
    assert "Suite" in visible


def test_tableau_trie_par_l_url_et_garde_les_filtres() -> None:
    colonnes = [Colonne("nom", "Nom"), Colonne("heures", "Heures", nombre=True), Colonne("x", "Actes", triable=False)]
    html = dessiner(
        '{% tableau colonnes=colonnes tri="nom" legende="Personnes" %}<tr><td>ligne</td></tr>{% endtableau %}',
        url="/liste/?commune=94028&page=3",
        colonnes=colonnes,
    )
    assert 'aria-sort="ascending"' in html
    assert 'href="?commune=94028&amp;tri=-nom"' in html
    assert 'href="?commune=94028&amp;tri=heures"' in html
    assert "tri=x" not in html
    assert "<caption" in html
    assert "<td>ligne</td>" in html


def test_pagination_garde_les_parametres_et_compte() -> None:
    page = Paginator(range(95), 10).get_page(2)
    html = dessiner('{% pagination page unite="personnes" %}', url="/liste/?tri=-nom&page=2", page=page)
    assert "11 à 20 sur 95 personnes" in html
    assert 'rel="prev"' in html
    assert "?tri=-nom&amp;page=3" in html
    assert html.count('aria-current="page"') == 1


class FormulaireTest(forms.Form):
    nom = forms.CharField(label="Nom", help_text="Tel qu'il s'écrit.")
    jour = forms.DateField(label="Jour", widget=SaisieDate, required=False)
    commune = forms.ChoiceField(label="Commune", choices=[("", "Toutes"), ("94028", "Créteil")], required=False)
    genre = forms.ChoiceField(label="Genre", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    retard = forms.BooleanField(label="En retard", required=False)


def test_filtres_actifs_se_retirent_un_par_un() -> None:
    url = "/liste/?commune=94028&retard=on&jour=2026-02-01&tri=nom&page=4"
    formulaire = FormulaireTest(RequestFactory().get(url).GET)
    html = dessiner("{% filtres f %}", url=url, f=formulaire)
    assert "Commune&nbsp;: Créteil" in html
    assert "En retard&nbsp;: oui" in html
    assert "Jour&nbsp;: 01/02/2026" in html
    assert 'href="?retard=on&amp;jour=2026-02-01&amp;tri=nom"' in html
    assert 'href="?tri=nom" class="filtres-effacer"' in html


def test_champ_relie_libelle_aide_et_erreur() -> None:
    html = dessiner("{% champ f.nom %}", f=FormulaireTest({}))
    assert '<label class="form-label" for="id_nom">' in html
    decrit = re.search(r'aria-describedby="([^"]+)"', html)
    assert decrit is not None
    for identifiant in decrit.group(1).split():
        assert f'id="{identifiant}"' in html
    assert 'aria-invalid="true"' in html
    assert "Ce champ est obligatoire." in html


def test_champ_groupe_a_une_legende() -> None:
    html = dessiner("{% champ f.genre %}", f=FormulaireTest())
    assert "<fieldset" in html
    assert '<legend class="form-label">Genre' in html


def test_saisie_date_comprise_par_le_navigateur() -> None:
    html = dessiner("{% champ f.jour %}", f=FormulaireTest(initial={"jour": date(2026, 2, 1)}))
    assert 'type="date"' in html
    assert 'value="2026-02-01"' in html


def test_formulaire_resume_les_erreurs_et_porte_le_jeton() -> None:
    html = dessiner('{% formulaire f brouillon="essai" %}{% endformulaire %}', f=FormulaireTest({}))
    assert "Un point à corriger" in html
    assert 'href="#id_nom"' in html
    assert 'name="csrfmiddlewaretoken" value="jeton"' in html
    assert 'data-brouillon="essai"' in html
    assert "hx-post" not in html


def test_bloc_echappe_ce_que_tapent_les_gens() -> None:
    html = dessiner("{% carte titre=t %}<p>{{ t }}</p>{% endcarte %}", t="<script>x</script>")
    assert "<script>" not in html
    assert "<p>&lt;script&gt;" in html


def test_selection_designe_son_formulaire() -> None:
    html = dessiner(
        "{% actions_groupees total=1234 %}<button>Agir</button>{% endactions_groupees %}"
        '{% case_selection 1234 "Amina" %}'
    )
    assert 'data-total="1234"' in html
    assert 'name="ids" value="1234" form="selection"' in html
    assert "Sélectionner Amina" in html


def test_progression_s_arrete_sans_adresse() -> None:
    encore, fini = dessiner('{% progression 1500 maximum=3000 url="/suite/" %}'), dessiner("{% progression 100 %}")
    assert 'hx-get="/suite/" hx-trigger="every 2s"' in encore
    assert 'max="3000" value="1500"' in encore
    assert "hx-get" not in fini


def test_chiffre_inconnu_n_est_pas_zero() -> None:
    assert "inconnu" in dessiner('{% chiffre None "contrats" %}')
    assert ">0<" in dessiner('{% chiffre 0 "contrats" %}')
