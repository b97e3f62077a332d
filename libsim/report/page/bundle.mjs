// Bundles plotting.js and what it imports into one script, and writes the licences of the packages that went into it.
// node bundle.mjs SOURCE_FOLDER NODE_MODULES OUTPUT.js LICENCES.txt
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [source, modules, output, licences] = process.argv.slice(2);
const { buildSync } = createRequire(join(resolve(modules), "x.js"))("esbuild");
const result = buildSync({
  entryPoints: [join(source, "plotting.js")],
  nodePaths: [resolve(modules)],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "ascii",
  legalComments: "none", // the licences stand in a file of their own
  metafile: true,
  outfile: output,
  logLevel: "warning",
});

const packages = new Set();
for (const [name, use] of Object.entries(Object.values(result.metafile.outputs)[0].inputs)) {
  const found = name.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found && use.bytesInOutput > 0) packages.add(found[1]);
}
const texts = [...packages].sort().map((name) => {
  const folder = join(modules, name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file || !existsSync(join(folder, file))) throw new Error(`${name} has no licence file`);
  return `${name} ${about.version} (${about.license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync(licences, texts.join("\n" + "-".repeat(72) + "\n\n"));
