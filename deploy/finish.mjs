// Makes the built page in a folder ready for its hosts: the last step of `make build`.
//
// - Its scripts are minified. Trunk's own minifier cannot read what wasm-bindgen writes.
// - Beside each file that a page loads lies a .br and a .gz, as small as these get, for hosts that send such
//   files when they find them; compressing while sending is quicker and larger.
//
// `node deploy/finish.mjs FOLDER`. Must not change what the page does.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const path = (name) => `${folder}/${name}`;
const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

// A name has the hash of what was minified, and its digest stands in the page: both change with the bytes.
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
