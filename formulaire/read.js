// YAML → data where everything is text, or what is wrong, in the words of macros/reader.py.
import { isCollection, isMap, isPair, isScalar, isSeq, parseAllDocuments, Parser, visit } from "yaml";
import model from "generated:model";

const OPTIONS = { schema: "failsafe", version: "1.1", keepSourceTokens: true, uniqueKeys: true, prettyErrors: false, strict: true, logLevel: "silent" };
const QUOTES = "entourez le texte de guillemets droits : \"…\"";
const SAID = {
  DUPLICATE_KEY: ["un champ est écrit deux fois", "gardez une seule des deux lignes"],
  TAB_AS_INDENT: ["une tabulation", "remplacez-la par des espaces : deux par niveau en début de ligne"],
  BLOCK_AS_IMPLICIT_KEY: ["un « : » est mal placé", `si le texte contient « : », ${QUOTES}`],
  MULTILINE_IMPLICIT_KEY: ["il manque « : » après le nom du champ", "écrivez « champ: valeur », avec une espace après les deux-points"],
  MISSING_CHAR: ["un guillemet, un crochet ou une accolade n'est pas refermé", "ajoutez le même signe à la fin du texte"],
  BAD_INDENT: ["l'alignement n'est pas régulier", "alignez les champs d'un même groupe sur la même colonne, avec des espaces"],
  BAD_ALIAS: ["« & » ou « * » ne peut pas commencer une valeur", QUOTES],
  BAD_DQ_ESCAPE: ["une barre oblique inverse « \\ » est mal placée", "remplacez-la par « / », ou retirez-la"],
};
const HIDDEN = new RegExp(`${model.caracteres[0].motif}|[\\r\\ud800-\\udfff]`, "u"); // what an escape can write and the file does not show
const UNREAD = ["cette ligne n'est pas comprise", "comparez-la à une autre fiche : « champ: valeur », ou « - valeur » dans une liste"];

/** Reads a file: `{data, document, text, problems}`; there is no data when there are problems. */
export function read(text) {
  text = text.replace(/^\ufeff/, "");
  text = text.replace(/\r(?!\n)/g, text.includes("\n") ? " " : "\n"); // the line breaks of old tools; a stray one folds as in a quoted text
  const problem = (message, remedy, offset = 0) => ({ path: [], message, remedy, line: text.slice(0, offset).split("\n").length });
  const stop = (...said) => ({ text, problems: [problem(...said)] });
  if (new TextEncoder().encode(text).length > model.limites.octets) return stop("le fichier est trop gros", "une fiche raconte un seul cas");
  for (const { motif, message, remede } of model.caracteres) {
    const found = new RegExp(motif, "mu").exec(text);
    if (found) return stop(message.replace(/ ?\(\{code\}\)|\{before\}/g, ""), remede, found.index);
  }
  const documents = parseAllDocuments(text, OPTIONS);
  const document = documents[0];
  if (!document?.contents) return document?.errors?.length ? stop(...UNREAD) : stop("le fichier est vide", "recopiez une fiche semblable et remplacez ses valeurs");
  if (documents.length > 1) return stop("le fichier contient plusieurs documents (« --- »)", "supprimez la ligne « --- » : un fichier par fiche", documents[1].range?.[0]);
  if (/^%/m.test(text.slice(0, document.contents.range[0]))) return stop("une directive (« % » en début de ligne) est refusée", "supprimez cette ligne");
  const error = document.errors[0];
  if (error) return stop(...(SAID[error.code] ?? UNREAD), error.pos[0]);
  if (!isMap(document.contents)) return stop("le fichier ne commence pas par des champs « nom: valeur »", "commencez chaque ligne par le nom d'un champ et deux-points : « titre: … »");
  const refused = forbidden(document, text);
  if (refused) return stop(...refused);
  return { data: value(document.contents), document, text, problems: [] };
}

/** What YAML allows and a fiche does not: anchors, aliases, tags, names that are not words, too many levels. */
function forbidden(document, text) {
  for (const token of new Parser().parse(text)) {
    const mark = marked(token);
    if (mark?.type === "tag") return ["une étiquette (« ! ») est refusée", "supprimez le mot qui commence par « ! », ou entourez le texte de guillemets", mark.offset];
    if (mark) return [mark.type === "alias" ? "un alias (« * ») est refusé" : "une ancre (« & ») est refusée", `recopiez la valeur, ou ${QUOTES}`, mark.offset];
  }
  let found;
  visit(document, (key, node, ancestors) => {
    if (isPair(node) && !isScalar(node.key)) found = ["le nom d'un champ doit être un mot simple", "écrivez « champ: valeur »", node.key?.range?.[0]];
    else if (isCollection(node) && ancestors.filter(isCollection).length >= model.limites.niveaux) {
      found = [`plus de ${model.limites.niveaux} niveaux emboîtés`, "retirez des crochets ou des retraits : aucune fiche n'en demande autant", node.range?.[0]];
    }
    else if (isScalar(node) && HIDDEN.test(String(node.value).normalize("NFC"))) {
      found = ["caractère invisible ou de contrôle, écrit avec « \\ »", "effacez la barre oblique inverse et les signes qui la suivent", node.range?.[0]];
    }
    return found ? visit.BREAK : undefined;
  });
  return found;
}

/** The first anchor, alias or tag of a piece of the file. */
function marked(token) {
  if (!token) return undefined;
  if (["anchor", "alias", "tag"].includes(token.type)) return token;
  for (const inner of [token.start, token.key, token.sep, token.props, token.items, token.value].flat()) {
    const found = typeof inner === "object" ? marked(inner) : undefined;
    if (found) return found;
  }
  return undefined;
}

function value(node) {
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [String(pair.key.value ?? ""), value(pair.value)]));
  if (isSeq(node)) return node.items.map(value);
  return node?.value == null ? "" : String(node.value).normalize("NFC");
}
