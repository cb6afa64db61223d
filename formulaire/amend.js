// The text of an existing file, changed where its data changed and nowhere else: comments, order and quotes stay.
import { isMap, isScalar, isSeq } from "yaml";
import { read } from "./read.js";
import { fieldsOf, resolved, root } from "./schema.js";
import { equal, isRecord } from "./text.js";
import { element, field, scalar, write } from "./write.js";

class TooComplex extends Error {}

/** The file `origin` (as `read` gives it) once its data is `data`. */
export function amended(origin, data) {
  if (same(origin.data, data)) return origin.text;
  try {
    const changes = [];
    map(origin.document.contents, origin.data, data, root, true, { text: origin.text, changes });
    changes.sort((a, b) => b.start - a.start || b.end - a.end);
    const text = changes.reduce((whole, { start, end, by }) => whole.slice(0, start) + by + whole.slice(end), origin.text);
    const again = read(text);
    if (!again.problems.length && same(again.data, data)) return text;
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
  }
  return write(data);
}

/** Same data whatever the order of the fields. */
export function same(a, b) {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (isRecord(a)) return isRecord(b) && Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => key in b && same(a[key], b[key]));
  return a === b;
}

const lineStart = (text, offset) => text.lastIndexOf("\n", offset - 1) + 1;
const lineEnd = (text, offset) => {
  if (offset && text[offset - 1] === "\n") return offset;
  const found = text.indexOf("\n", offset);
  return found < 0 ? text.length : found + 1;
};
const column = (text, offset) => offset - lineStart(text, offset);

/** Where the last written sign of a node stands. */
function endOf(node) {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items[node.items.length - 1];
    if (!last) return node.range[1];
    return isMap(node) ? (last.value?.range ? Math.max(endOf(last.value), last.key.range[1]) : last.key.range[1]) : endOf(last);
  }
  return node.range[1];
}

const lines = (written) => written.join("\n") + "\n";
const insert = (context, offset, by) => {
  const glued = offset === context.text.length && context.text && !context.text.endsWith("\n");
  context.changes.push({ start: offset, end: offset, by: (glued ? "\n" : "") + by });
};

function map(node, before, after, schema, top, context) {
  if (node.flow) throw new TooComplex();
  const indent = column(context.text, node.items[0].key.range[0]);
  node.items.forEach((pair, index) => {
    const name = String(pair.key.value);
    if (name in after) {
      if (!equal(before[name], after[name])) value(pair, name, before[name], after[name], resolved(schema?.properties?.[name]), indent, context);
    } else {
      const start = lineStart(context.text, pair.key.range[0]);
      if (context.text.slice(start, pair.key.range[0]).trim() || (index === 0 && node.items.length === 1)) throw new TooComplex();
      context.changes.push({ start, end: lineEnd(context.text, pair.value?.range ? Math.max(endOf(pair.value), pair.key.range[1]) : pair.key.range[1]), by: "" });
    }
  });
  const order = fieldsOf(schema);
  const places = new Map();
  for (const name of [...order, ...Object.keys(after)].filter((key, index, all) => key in after && !(key in before) && all.indexOf(key) === index)) {
    const earlier = order.slice(0, Math.max(order.indexOf(name), 0));
    const last = node.items.filter((pair) => earlier.includes(String(pair.key.value))).pop() ?? node.items[0];
    const written = field(name, after[name], resolved(schema?.properties?.[name]), indent);
    places.set(last, (places.get(last) ?? "") + (top && written.length > 1 ? "\n" : "") + lines(written));
  }
  for (const [pair, by] of places) insert(context, lineEnd(context.text, pair.value?.range ? Math.max(endOf(pair.value), pair.key.range[1]) : pair.key.range[1]), by);
}

function value(pair, name, before, after, schema, indent, context) {
  const node = pair.value;
  if (isMap(node) && !node.flow && isRecord(after)) return map(node, before, after, schema, false, context);
  if (isSeq(node) && !node.flow && Array.isArray(after) && after.length) return list(node, before, after, schema, context);
  const start = pair.key.range[1];
  const end = node?.range ? Math.max(endOf(node), start) : start;
  const written = field(name, after, schema, indent).join("\n").slice(indent + name.length);
  return context.changes.push({ start, end, by: `${written}${context.text[end - 1] === "\n" ? "\n" : ""}` });
}

function list(node, before, after, schema, context) {
  const indent = column(context.text, dash(context.text, node.items[0]));
  const kept = common(before, after);
  let old = 0;
  let last = null;
  let fresh = [];
  const flush = (until) => {
    const gap = before.slice(old, until).map((_, index) => old + index);
    while (gap.length && fresh.length) {
      const index = gap.shift();
      change(node.items[index], before[index], fresh.shift(), schema, indent, context);
      last = index;
    }
    for (const index of gap) {
      const start = lineStart(context.text, dash(context.text, node.items[index]));
      context.changes.push({ start, end: lineEnd(context.text, endOf(node.items[index])), by: "" });
    }
    const by = fresh.map((item) => lines(element(item, schema?.items, indent))).join("");
    const offset = last === null ? lineStart(context.text, dash(context.text, node.items[0])) : lineEnd(context.text, endOf(node.items[last]));
    if (by) insert(context, offset, by);
    fresh = [];
  };
  after.forEach((item, index) => {
    const match = kept.get(index);
    if (match === undefined) fresh.push(item);
    else {
      flush(match);
      last = match;
      old = match + 1;
    }
  });
  flush(before.length);
}

function change(node, before, after, schema, indent, context) {
  if (isMap(node) && !node.flow && isRecord(after) && Object.keys(before)[0] in after) return map(node, before, after, resolved(schema?.items), false, context);
  if (isScalar(node) && typeof after === "string") {
    const end = endOf(node);
    return context.changes.push({ start: node.range[0], end, by: scalar(after, resolved(schema?.items), indent) + (context.text[end - 1] === "\n" ? "\n" : "") });
  }
  const start = lineStart(context.text, dash(context.text, node));
  return context.changes.push({ start, end: lineEnd(context.text, endOf(node)), by: lines(element(after, schema?.items, indent)) });
}

/** Where the dash of an element stands; it must open its line. */
function dash(text, node) {
  const start = lineStart(text, node.range[0]);
  const found = /^ *-(?= )/.exec(text.slice(start, node.range[0]));
  if (!found) throw new TooComplex();
  return start + found[0].length - 1;
}

/** The longest run of elements left as they were: index after → index before. */
function common(before, after) {
  const a = before.map((item) => JSON.stringify(item));
  const b = after.map((item) => JSON.stringify(item));
  const size = a.map(() => []);
  for (let i = a.length; i >= 0; i--) {
    size[i] = [];
    for (let j = b.length; j >= 0; j--) size[i][j] = i === a.length || j === b.length ? 0 : a[i] === b[j] ? size[i + 1][j + 1] + 1 : Math.max(size[i + 1][j], size[i][j + 1]);
  }
  const found = new Map();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) found.set(j++, i++);
    else if (size[i + 1][j] >= size[i][j + 1]) i++;
    else j++;
  }
  return found;
}
