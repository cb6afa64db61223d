// Everything the page of a case or a lever does, in one file: a phone asks once. Another page asks for the parts it uses.
import "./menu.js";
import "./tableaux.js";
import "./choix.js";
import "./dossier-ajout.js";
import "./sigles.js";
