"""The words of the invented cases: sentence frames by section, and what may fill their slots.

Nothing here speaks of a real structure. `{…}` is a slot: a list of `MOTS`, or a value that `tests.synthese` computes for the case
(commune, nom, epci, departement, n, grand, annee, montant).
"""

from __future__ import annotations

NOMS = (
    "Les Petits {petits}", "La Ronde des {petits}", "Graines de {douceur}", "Le Jardin des {petits}", "Bulles de {douceur}", "À Petits {pas}",
    "L'Île aux {petits}", "La Maison des {petits}", "Pause {douceur}", "Les {petits} de {commune}", "Mille et une {choses}", "Le Nid des {petits}",
    "Un, deux, trois {petits}", "Au Pays des {petits}", "Cabane à {choses}", "{petits} et compagnie", "Tourni-{douceur}", "Coccinelle et {petits}",
)

MOTS: dict[str, tuple[str, ...]] = {
    "petits": ("Lutins", "Moineaux", "Poussins", "Marmots", "Loupiots", "Écureuils", "Galopins", "Lapins", "Bambins", "Polissons", "Canetons", "Hérissons", "Oursons",
               "Doudous", "Mistrals", "Matelots", "Renardeaux", "Coquelicots", "Papillons", "Mésanges", "Câlins", "Trublions"),
    "douceur": ("Malice", "Tendresse", "Soleil", "Rêve", "Printemps", "Coton", "Lune", "Velours", "Miel", "Rosée", "Sourire", "Vanille", "Nuage", "Lilas"),
    "pas": ("Pas", "Bonds", "Sauts", "Points", "Pieds", "Bouts"),
    "choses": ("Frimousses", "Chatouilles", "Comptines", "Plumes", "Pirouettes", "Étoiles", "Noisettes", "Couleurs", "Gommettes", "Bouilles", "Câlineries"),
    "ancien": ("ancien presbytère", "ancienne école", "ancienne perception", "ancien logement de fonction", "ancienne gare", "ancien bureau de poste", "ancienne maison forestière",
               "ancien foyer rural", "ancienne cantine", "ancien atelier", "ancienne caserne", "rez-de-chaussée d'un immeuble", "ancienne boulangerie", "ancien couvent", "pavillon vacant"),
    "sorte": ("crèche associative", "micro-crèche", "halte-garderie itinérante", "maison d'assistants maternels", "crèche parentale", "ludothèque", "accueil périscolaire",
              "centre de loisirs", "recyclerie de puériculture", "pôle petite enfance", "multi-accueil", "crèche coopérative", "lieu de rencontre pour les parents", "crèche familiale"),
    "besoin": ("des horaires décalés", "un accueil le mercredi", "des places à temps partiel", "une solution d'urgence", "un accueil pour les enfants en situation de handicap",
               "un relais après l'école", "des tarifs selon les revenus", "un lieu proche de la zone d'activités", "une garde avant sept heures", "un temps de répit pour les aidants"),
    "constat": ("onze familles sur vingt renonçaient à travailler", "la seule assistante maternelle partait à la retraite", "les nouveaux arrivants allaient chercher une place à vingt kilomètres",
                "la crèche la plus proche refusait une demande sur deux", "les parents se relayaient entre voisins", "l'usine et l'hôpital recrutaient sans trouver",
                "l'école perdait une classe", "la liste d'attente dépassait une année", "les grands-parents gardaient la plupart des enfants"),
    "partenaire": ("la caisse d'allocations familiales", "la Mutualité sociale agricole", "le centre social", "un bailleur social", "la protection maternelle et infantile", "le lycée agricole",
                   "la mission locale", "la médiathèque", "un groupement d'employeurs", "le réseau départemental des crèches de parents", "la chambre régionale de l'économie sociale",
                   "une banque coopérative", "un architecte du conseil d'urbanisme", "la maison de santé", "l'hôpital local", "un club d'entreprises"),
    "geste": ("loue le bâtiment pour un loyer symbolique", "prend les fluides à sa charge", "finance la toiture et le chauffage", "garantit l'emprunt", "met une secrétaire à disposition",
              "réserve des places pour les familles en insertion", "verse une avance de trésorerie", "a voté une convention de trois ans", "achète le mobilier", "prête le minibus",
              "entretient le jardin", "paie l'étude de faisabilité", "exonère de taxe d'aménagement", "fournit les repas de la cuisine centrale"),
    "effet": ("la liste d'attente a fondu", "deux emplois ont été créés", "une classe a rouvert", "les parents se sont remis à chercher du travail", "le bourg a retrouvé un commerce",
              "les départs de l'équipe se sont raréfiés", "les voisins se parlent de nouveau", "les grands-parents viennent lire des histoires", "le poulailler attire les écoles voisines"),
    "activite": ("un potager", "des ateliers de cuisine", "une bourse aux vêtements", "des sorties en forêt", "un café des parents", "des siestes musicales", "de la motricité libre",
                 "des comptines en breton", "une ferme pédagogique", "des veillées de contes", "un atelier de couture", "une initiation aux signes", "des couches lavables", "un vide-grenier"),
    "metier": ("une éducatrice de jeunes enfants", "une auxiliaire de puériculture", "un cuisinier", "une psychomotricienne", "une directrice", "un animateur", "une infirmière",
               "un apprenti", "une assistante maternelle", "une comptable partagée", "un agent d'entretien", "une médiatrice"),
    "verbe_passe": ("a étudié", "a réuni", "a relancé", "a soutenu", "a proposé", "a hébergé", "a cofinancé", "a négocié", "a préparé", "a accompagné"),
    "obstacle": ("le coût des normes", "le manque de professionnels", "les fins de mois", "le renouvellement du bureau", "la hausse de l'énergie", "un recours d'un riverain",
                 "le retard du chantier", "un dossier européen trop lourd", "la fusion des intercommunalités", "la baisse des naissances"),
}

SECTIONS: dict[str, tuple[str, ...]] = {
    "titre": ("{commune} : {un_ancien} accueille une {sorte}", "{nom} : une {sorte} portée par des parents à {commune}", "{commune} : la mairie et {nom} ouvrent une {sorte}",
              "{nom} : à {commune}, une association reprend la {sorte}", "{commune} et ses voisines partagent une {sorte}", "{nom} : {activite} au cœur d'une {sorte}"),
    "en_bref": ("À {commune}, {un_ancien} est devenu une {sorte} de {n} places, gérée par {nom}.", "La commune {geste} ; l'association {nom} emploie l'équipe.",
                "Depuis {annee}, {nom} offre aux familles {besoin}.", "Avec {partenaire}, l'intercommunalité {epci} {geste}."),
    "contexte": ("Avant le projet, {constat}.", "Une enquête menée en {annee} auprès de {grand} foyers montrait que {constat}.", "Les familles demandaient surtout {besoin}.",
                 "La commune cherchait un usage pour {un_ancien}, fermé depuis {annee}.", "Un collectif d'habitants {verbe_passe} l'idée d'une {sorte}.",
                 "Dans le département ({departement}), {constat}.", "{partenaire_maj} avait signalé le besoin dès {annee}."),
    "description": ("La {sorte} ouvre de 7 h 30 à 18 h 30 et propose {activite}.", "Elle accueille {n} enfants à la fois, dont {petit} en urgence.", "On y trouve {activite} et {activite2}.",
                    "Le bâtiment, {un_ancien} de {surface} m², a été isolé avec des matériaux locaux.", "Les parents donnent quelques heures par mois : {activite}, bricolage, comptes.",
                    "Le projet éducatif insiste sur {besoin}, ainsi que sur {activite}.", "Une navette relie {commune} à deux hameaux voisins.",
                    "Le tarif suit le barème national ; {besoin} coûte un peu plus."),
    "gouvernance": ("Le conseil compte {petit} parents, deux élus et une salariée.", "L'association {nom} tient une assemblée par trimestre.", "{partenaire_maj} siège avec voix consultative.",
                    "Les décisions se prennent par consentement ; la mairie de {commune} y a un siège."),
    "equipe": ("L'équipe réunit {metier}, {metier2} et un renfort l'été.", "{metier_maj} dirige la structure depuis {annee}.", "{petit} personnes y travaillent, dont {metier}."),
    "action": ("La commune {geste}.", "L'intercommunalité {epci} {verbe_passe} le projet avec {partenaire}.", "Le conseil municipal {verbe_passe} une {sorte} dans {un_ancien}.",
               "La mairie {geste}, à la demande de {nom}.", "Un élu suit le dossier et {verbe_passe} chaque étape avec {partenaire}."),
    "resultats": ("Trois ans après, {effet}.", "{grand} familles y sont passées et {effet}.", "Selon l'association, {effet} ; reste {obstacle}."),
    "changements": ("En {annee}, {obstacle} a conduit à revoir les horaires.", "La source la plus récente ne parle plus de {activite}."),
    "complements": ("Une page de la commune ajoute que {effet}.", "Le bulletin municipal de {annee} cite aussi {partenaire}."),
    "inconnues": ("Le coût de {activite}.", "La part que {partenaire} prend aux dépenses.", "Ce qui a été tenté contre {obstacle}.", "Le nombre de familles de {commune} servies chaque année.",
                  "La durée de la convention avec l'association."),
    "jalon": ("Ouverture de la {sorte}", "Vote de la convention", "Premiers travaux dans {un_ancien}", "Enquête auprès des familles", "Création de l'association {nom}", "Recrutement : {metier}"),
    "objet": ("Fonctionnement de la {sorte}", "Travaux dans {un_ancien}", "Aide au démarrage", "Achat de mobilier et de jeux", "Étude préalable", "{petit} places réservées"),
    "reserve": ("la source ne dit pas l'année", "chiffre donné par l'association, sans justificatif", "date déduite d'une délibération", "la source confond deux lieux"),
    "rubrique": ("Repérer le besoin avec {partenaire}.", "Visiter une {sorte} déjà ouverte.", "Chiffrer {un_ancien}, travaux compris.", "Écrire le projet éducatif autour de {activite}.",
                 "Signer avec {partenaire}.", "Recruter {metier}.", "Ouvrir, puis tenir un bilan tous les six mois."),
}

ETAPES = ("Les étapes du projet", "Ce qui a été partagé", "Le calendrier", "Les engagements de chacun")
VERBES = ("Étudier le besoin", "Prêter un lieu", "Financer", "Garantir", "Réunir", "Contractualiser", "Accompagner", "Réserver des places", "Faire connaître", "Mutualiser")
LIBELLES = (("Enfants inscrits", "enfants", None), ("Heures d'accueil dans l'année", "heures", None), ("Part du budget apportée par les familles", "%", "du budget annuel"),
            ("Bénévoles actifs", "personnes", None), ("Coût d'une place", "€ par an", None), ("Part des enfants de la commune", "%", "des enfants accueillis"))
