// Prepares the built page in a folder for its hosts. This is the last step of `make build`.
//
// - Minifies the scripts. Trunk's own minifier cannot parse the output of wasm-bindgen.
// - Writes a .br and a .gz file beside each file that a page loads, for hosts that send such files. They have the best
//   compression, which would take too long for each request.
//
// `node deploy/finish.mjs FOLDER`. Must not change what the page does.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const path = (name) => `${folder}/${name}`;
const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

// The name of a script contains a hash of its bytes, and the page contains its digest. Both change with the bytes.
function minify(name, html) {
  const before = readFileSync(path(name));
  const after = execFileSync("esbuild", ["--minify", "--format=esm", "--target=es2022"], { input: before });
  const hash = createHash("sha256").update(after).digest("hex").slice(0, 16);
  const renamed = name.replace(/-[0-9a-f]+\.js$/, `-${hash}.js`);
  writeFileSync(path(name), after);
  renameSync(path(name), path(renamed));
  return html.replaceAll(name, renamed).replaceAll(integrity(before), integrity(after));
}

function compress(name) {
  const bytes = readFileSync(path(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(path(`${name}.br`), brotliCompressSync(bytes, { params }));
  writeFileSync(path(`${name}.gz`), gzipSync(bytes, { level: 9 }));
}

const names = readdirSync(folder);
const html = names.filter((name) => name.endsWith(".js")).reduce((html, name) => minify(name, html), readFileSync(path("index.html"), "utf8"));
writeFileSync(path("index.html"), html);
readdirSync(folder).filter((name) => /\.(html|css|js|wasm|svg)$/.test(name)).forEach(compress);
