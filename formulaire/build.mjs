// Called by macros/form_bundle.py: node build.mjs <model.json> <entry> <output> <browser|node>
// Compiles the checks of the schema (the browser may not), then bundles the entry with them.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import * as esbuild from "esbuild";

const [, , modelFile, entry, output, platform] = process.argv;
const here = dirname(fileURLToPath(import.meta.url));
const model = readFileSync(modelFile, "utf8");
const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: false, messages: false, code: { source: true, esm: true, lines: false } });
const validator = standalone.default(ajv, ajv.compile(JSON.parse(model).schema));

/** Modules that stand in no file: the description of the fields and its compiled checks. */
const generated = {
  name: "generated",
  setup(build) {
    build.onResolve({ filter: /^generated:/ }, ({ path }) => ({ path: path.slice("generated:".length), namespace: "generated" }));
    build.onLoad({ filter: /.*/, namespace: "generated" }, ({ path }) =>
      path === "model" ? { contents: model, loader: "json" } : { contents: validator, loader: "js", resolveDir: here });
  },
};

await esbuild.build({
  entryPoints: [join(here, entry)],
  outfile: output,
  bundle: true,
  minify: platform === "browser",
  format: platform === "browser" ? "iife" : "esm",
  platform: "browser",
  external: ["node:*"],
  target: platform === "browser" ? "es2020" : "node20",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "eof",
  charset: "utf8",
  logLevel: "error",
  plugins: [generated],
});
