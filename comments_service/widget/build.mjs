// Builds dist/ from src/. `--check` rebuilds in memory and fails when the committed files differ by one byte.
// The budget is for what a page loads before its first comment: script, styles and texts together.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const BUDGET = 12 * 1024;
const here = `${import.meta.dirname}/`;
const target = ["chrome111", "firefox113", "safari16.4"];

const languages = readdirSync(`${here}src/texts`).sort().map((file) => basename(file, ".json"));

/** Stylesheets are imported as minified strings, because they go into a constructed sheet and never into a file. */
const styles = {
  name: "styles",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle(entry, format, outfile) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    outfile,
    format,
    target,
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    define: { LANGUAGES: JSON.stringify(languages) },
    plugins: [styles],
    write: false,
  });
  return { path: here + outfile, contents: Buffer.from(result.outputFiles[0].contents) };
}

function textsOf(language) {
  return JSON.parse(readFileSync(`${here}src/texts/${language}.json`, "utf8"));
}

/** The texts that a language lacks, has beyond the English ones, or whose places to fill ("{name}") differ. */
function faultsOf(language) {
  const [english, texts] = [textsOf("en"), textsOf(language)];
  const places = (text) => [...new Set(JSON.stringify(text ?? "").match(/\{\w+\}/g))].sort().join();
  const keys = new Set([...Object.keys(english), ...Object.keys(texts)]);
  return [...keys].filter((key) => !english[key] || !texts[key] || places(texts[key]) !== places(english[key]));
}

function differs({ path, contents }) {
  try {
    return !readFileSync(path).equals(contents);
  } catch {
    return true;
  }
}

const scripts = await Promise.all([
  bundle("src/embed.ts", "iife", "dist/embed.js"),
  bundle("src/index.ts", "esm", "dist/index.js"),
]);
const texts = languages
  .filter((language) => language !== "en")
  .map((language) => ({ path: `${here}dist/texts/${language}.json`, contents: Buffer.from(JSON.stringify(textsOf(language))) }));

let failed = false;
function fail(message) {
  console.error(message);
  failed = true;
}

for (const language of languages) {
  const faults = faultsOf(language);
  if (faults.length) fail(`src/texts/${language}.json: missing, unknown or with other places to fill: ${faults.join(", ")}`);
}
for (const { path, contents } of scripts) {
  const packed = gzipSync(contents, { level: 9 }).length;
  console.log(`${basename(path)}  ${contents.length} bytes, gzip -9 ${packed} of ${BUDGET}`);
  if (packed > BUDGET) fail(`${basename(path)} is over its budget by ${packed - BUDGET} bytes.`);
}
for (const output of [...scripts, ...texts]) {
  if (process.argv.includes("--check")) {
    if (differs(output)) fail(`${output.path} is not what src/ builds: run "npm run build" and commit it.`);
  } else {
    mkdirSync(dirname(output.path), { recursive: true });
    writeFileSync(output.path, output.contents);
  }
}
process.exitCode = failed ? 1 : 0;
