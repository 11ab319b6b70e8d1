"""Where published figures contradict one another: said plainly, never mended in silence.

Sources: the programme (PDIE 2023-2027), the press of January 2026, and the arithmetic between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What disagrees, and what is retained here."""

    titre: str
    constat: str
    retenu: str


CONTRADICTIONS: Final = (
    Contradiction(
        "47 000, 47 265 ou 47 500 ?",
        "Trois totaux circulent pour la même période : environ 47 000 allocataires en 2021, 47 265 personnes "
        "soumises aux droits et devoirs au 31 décembre 2021, 47 500 allocataires en 2022. Ni la date, ni "
        "l'unité ne sont les mêmes.",
        "Un foyer n'est pas une personne. Le foyer qui perçoit l'allocation se compte d'un côté, les adultes "
        "qui ont des droits et des devoirs de l'autre : deux indicateurs, chacun avec sa date.",
    ),
    Contradiction(
        "45 000 puis 37 600 allocataires : 15 % ou 16 % de baisse ?",
        "La baisse annoncée entre 2021 et 2025 est de 15 %. Le calcul sur les deux nombres publiés donne 16,4 %.",
        "Les deux nombres sont repris tels quels, en foyers ; l'écart est calculé, jamais recopié.",
    ),
    Contradiction(
        "142 000 personnes couvertes : presque trois par foyer",
        "Rapporté à 47 500 foyers, ce total ferait 2,99 personnes par foyer, alors qu'une répartition "
        "ordinaire des familles en donne près de deux.",
        "Ce total n'est pas utilisé. Les personnes couvertes se comptent sur la composition connue de chaque foyer.",
    ),
    Contradiction(
        "Combien de contrats : 11 %, 23 % ou 25 % ?",
        "5 518 contrats étaient en cours en mai 2022. C'est 25 % des « allocataires relevant du Département » "
        "si l'on en compte 22 072, 23 % si l'on en compte 24 000, et 11,7 % de toutes les personnes soumises "
        "aux droits et devoirs.",
        "Un taux de contrats n'a de sens qu'avec son dénominateur : il est écrit à côté de chacun, et les "
        "deux taux sont montrés.",
    ),
    Contradiction(
        "De 11 % à 25 % de contrats en quelques mois ?",
        "11 % de contrats en 2021 selon la presse, 25 % en mai 2022 selon le programme, qui ne compte que 9 % de "
        "contrats de plus en un an. Le dénominateur change de l'un à l'autre : toutes les personnes soumises, puis "
        "celles du seul Département.",
        "Les deux séries se suivent séparément, chacune sur son dénominateur ; aucune courbe ne les relie.",
    ),
    Contradiction(
        "23 000 et 24 000 personnes « orientées »",
        "Le partage entre l'opérateur de l'emploi (23 000) et le Département (24 000) couvre presque tout le "
        "monde. Pris pour des orientations, il ferait 99 % de personnes orientées, contre 86 % dans le pays.",
        "Ce sont des positions administratives. Une personne est comptée orientée quand un organisme référent "
        "lui est connu.",
    ),
    Contradiction(
        "Depuis plus de cinq ans : 40 % ou la majorité ?",
        "Le même document compte 40 % de personnes présentes depuis cinq ans ou plus, et dit ailleurs que "
        "c'est la majorité.",
        "La part est calculée sur la date d'entrée de chaque personne : 40 % au 31 décembre 2021.",
    ),
    Contradiction(
        "Un accès à l'emploi « doublé », de 13 à 35 %",
        "De 13 à 35 %, la multiplication est de 2,7. Les deux nombres ne portent pas sur la même population, "
        "et 13 % « au moins une fois » s'accorde mal avec 11 % « en activité à six mois » ailleurs dans le "
        "département.",
        "Ces parts ne se comparent pas. L'accès à l'emploi sera mesuré avec une durée, une population et des "
        "inconnus dits.",
    ),
    Contradiction(
        "20,7 % contre 11 % : un effet ?",
        "La part en activité six mois après l'accompagnement est comparée à celle du reste du département. "
        "Les personnes accompagnées ont été choisies : une partie de l'écart tient à ce choix.",
        "C'est un écart, pas un effet. Un effet ne sera annoncé qu'avec une méthode qui tient compte du choix.",
    ),
    Contradiction(
        "24 % puis 42,6 % en parcours professionnel",
        "La comparaison traverse deux lois : avant 2025 on distinguait l'opérateur de l'emploi, les autres "
        "organismes professionnels et le social ; depuis, les trois parcours viennent des critères nationaux. "
        "Elle ne porte que sur trois communes.",
        "La série porte la rupture de 2025, et la table de passage est datée.",
    ),
    Contradiction(
        "4 513 bénéficiaires d'actions, ou environ 4 000",
        "Le même programme donne deux nombres pour 2021, et une part d'allocataires du RSA de 52 % ou « une moitié ».",
        "Rien n'en est repris tant que les actions ne sont pas suivies ici personne par personne.",
    ),
    Contradiction(
        "Le RMI, par la loi de 2008 ?",
        "Le programme dit que la loi 2008-1249 établit le RMI. Elle a créé le RSA ; le RMI vient de la loi 88-1088 du "
        "1er décembre 1988.",
        "Les règles datées d'ici partent du 1er juin 2009, entrée en vigueur du RSA.",
    ),
)
PRINCIPES: Final = (
    "Un chiffre est celui d'un jour : le dernier jour d'un mois passé, aujourd'hui pour le mois en cours. "
    "Celui de l'an dernier lit les droits de l'an dernier.",
    "Une personne réunie à une autre fiche ne compte qu'une fois.",
    "Ce qui n'est pas connu est compté à part, jamais comme un échec ni comme une réussite.",
    "Être soumis aux droits et devoirs se dit de trois façons : indicateur à oui et droit ouvert, versé ou "
    "suspendu (périmètre de travail) ; droit ouvert et non suspendu (statistique nationale) ; droit "
    "effectivement payé. Chaque chiffre dit laquelle.",
    "Un nombre trop petit n'est pas affiché : moins de 5 pour les agents, moins de 11 dans ce qui est publié. "
    "D'autres nombres sont retirés avec lui, pour qu'aucune soustraction ne le redonne.",
    "Un délai légal s'impose ; un objectif se vise ; un indicateur se regarde. Chaque repère dit ce qu'il est.",
)
