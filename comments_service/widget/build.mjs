// Builds dist/ from src/. `--check` rebuilds in memory and fails when the committed files differ by one byte.
// The budget is for what a page loads before its first comment: script, styles and texts together (embed.js). What is
// loaded later, when the reader writes or acts, keeps to the same.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
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

async function bundle(entry, format, outfile, define = {}) {
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
    define: { LANGUAGES: JSON.stringify(languages), ...define },
    plugins: [styles],
    write: false,
  });
  return { path: here + outfile, contents: Buffer.from(result.outputFiles[0].contents) };
}

function textsOf(language) {
  return JSON.parse(readFileSync(`${here}src/texts/${language}.json`, "utf8"));
}

/** What is wrong with a language's file: keys that lack or are unknown, other places to fill, other plural forms. */
function faultsOf(language) {
  const [english, texts] = [textsOf("en"), textsOf(language)];
  const groups = [...new Set([...Object.keys(english), ...Object.keys(texts)])];
  return groups.flatMap((group) => faultsIn(english[group] ?? {}, texts[group] ?? {}, language).map((key) => `${group}.${key}`));
}

function faultsIn(english, texts, language) {
  const keys = [...new Set([...Object.keys(english), ...Object.keys(texts)])];
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return keys.filter((key) => {
    const [wanted, given] = [english[key], texts[key]];
    if (!wanted || !given || typeof wanted !== typeof given) return true;
    if (typeof given === "string") return places(given) !== places(wanted);
    // A language may say "one" in words of its own; what counts must stand in the general form.
    return places(given.other ?? "") !== places(wanted.other) || pluralCategories.some((category) => !given[category]);
  });
}

function places(text) {
  return [...new Set(text.match(/\{\w+\}/g))].sort().join();
}

/** The declarations that a program which imports the package sees: those of index.ts and whatever they name. */
function declarations() {
  const folder = mkdtempSync(join(tmpdir(), "declarations-"));
  try {
    const options = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", "src", "--outDir", folder];
    execFileSync(process.execPath, [`${here}node_modules/typescript/bin/tsc`, ...options], { cwd: here, stdio: "inherit" });
    const found = new Map();
    const take = (name) => {
      if (found.has(name)) return;
      const contents = readFileSync(join(folder, `${name}.d.ts`));
      found.set(name, { path: `${here}dist/types/${name}.d.ts`, contents });
      for (const [, other] of contents.toString().matchAll(/"\.\/(\w+)"/g)) take(other);
    };
    take("index");
    return [...found.values()];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function differs({ path, contents }) {
  try {
    return !readFileSync(path).equals(contents);
  } catch {
    return true;
  }
}

// The chunks come first: the script names them by a hash of what they hold, so that they may be kept for ever.
const chunks = await Promise.all([
  bundle("src/writing/index.ts", "esm", "dist/writing.js"),
  bundle("src/acting/index.ts", "esm", "dist/acting.js"),
]);
const versions = chunks.map(({ path, contents }) => [basename(path, ".js"), createHash("sha256").update(contents).digest("hex").slice(0, 16)]);
const define = { CHUNK_VERSIONS: JSON.stringify(Object.fromEntries(versions)) };
const scripts = await Promise.all([
  bundle("src/embed.ts", "iife", "dist/embed.js", define),
  bundle("src/index.ts", "esm", "dist/index.js", define),
]);
const { code: sheet } = await transform(readFileSync(`${here}src/styles/reading.css`, "utf8"), { loader: "css", minify: true, target });
const others = [{ path: `${here}dist/reading.css`, contents: Buffer.from(sheet) }, ...declarations()];
for (const language of languages) {
  // `page` and `mail` are said by the service, never by the widget.
  const { page, mail, ...widget } = textsOf(language);
  if (language !== "en") others.push({ path: `${here}dist/texts/${language}.json`, contents: Buffer.from(JSON.stringify(widget)) });
  others.push({ path: `${here}dist/pages/${language}.json`, contents: Buffer.from(JSON.stringify({ ...widget, page, mail })) });
}

// Programs that also run on a server import the package there, where there is no page.
await import(`data:text/javascript;base64,${scripts[1].contents.toString("base64")}`);

let failed = false;
function fail(message) {
  console.error(message);
  failed = true;
}

for (const language of languages) {
  const faults = faultsOf(language);
  if (faults.length) fail(`src/texts/${language}.json: missing, unknown or with other places to fill: ${faults.join(", ")}`);
}
for (const { path, contents } of [...scripts, ...chunks]) {
  const packed = gzipSync(contents, { level: 9 }).length;
  console.log(`${basename(path).padEnd(10)} ${String(contents.length).padStart(6)} bytes, gzip -9 ${String(packed).padStart(5)} of ${BUDGET}`);
  if (packed > BUDGET) fail(`${basename(path)} is over its budget by ${packed - BUDGET} bytes.`);
}
for (const output of [...scripts, ...chunks, ...others]) {
  if (process.argv.includes("--check")) {
    if (differs(output)) fail(`${output.path} is not what src/ builds: run "npm run build" and commit it.`);
  } else {
    mkdirSync(dirname(output.path), { recursive: true });
    writeFileSync(output.path, output.contents);
  }
}
process.exitCode = failed ? 1 : 0;
