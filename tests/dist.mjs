// The rules for the built page in dist/. Each rule is a check of `make test`.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const DIST = process.env.CCKM_DIST ?? "dist";
// The allowed size of the whole page in brotli, in bytes. It only prevents the page from growing unnoticed.
const BUDGET = 600_000;

const page = () => readFileSync(`${DIST}/index.html`, "utf8");
const tags = (html) => [...html.matchAll(/<([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi)];

// Attributes may have no quotes, because Trunk minifies the document.
function attributes(text) {
  const found = text.matchAll(/([^\s=/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g);
  return Object.fromEntries([...found].map(([, name, value = ""]) => [name.toLowerCase(), value.replace(/^["']|["']$/g, "")]));
}

const elements = (html) => tags(html).map(([, name, rest]) => ({ name: name.toLowerCase(), at: attributes(rest) }));
const links = (html) => elements(html).flatMap(({ name, at }) => {
  const url = at.src ?? (name === "link" ? at.href : undefined);
  return url === undefined ? [] : [{ name, url, integrity: at.integrity }];
});
const built = () => readdirSync(DIST).filter((name) => /\.(html|css|js|wasm|svg)$/.test(name));
const file = (url) => url.replace(/^\.\//, "");

// The bytes that a host sends if it serves the compressed files (deploy/finish.mjs).
function size() {
  const bytes = (path) => (existsSync(path) ? statSync(path).size : 0);
  const rows = built().map((name) => ({ name, raw: bytes(`${DIST}/${name}`), sent: bytes(`${DIST}/${name}.br`) }));
  const sum = rows.reduce((all, row) => all + row.sent, 0);
  const number = (n) => n.toLocaleString("en").padStart(10);
  const lines = [
    "       raw     brotli",
    ...rows.map(({ name, raw, sent }) => `${number(raw)} ${number(sent)}  ${name}`),
    `           ${number(sum)}  of ${BUDGET.toLocaleString("en")} allowed`,
  ];
  const over = sum > BUDGET ? [`The page is ${(sum - BUDGET).toLocaleString("en")} bytes over its budget.`] : [];
  return { lines, problems: over };
}

function compressed() {
  const problems = [];
  for (const name of built()) {
    const bytes = readFileSync(`${DIST}/${name}`);
    for (const [extension, expand] of [["br", brotliDecompressSync], ["gz", gunzipSync]]) {
      const beside = `${DIST}/${name}.${extension}`;
      if (!existsSync(beside)) problems.push(`${beside} is missing.`);
      else if (!expand(readFileSync(beside)).equals(bytes)) problems.push(`${beside} does not contain the bytes of ${name}.`);
    }
  }
  return { problems };
}

function inline() {
  const html = page();
  const problems = [];
  for (const { name, at } of elements(html)) {
    if (name === "script" && !at.src) problems.push("An inline script.");
    if (name === "style") problems.push("An inline style element.");
    for (const key of Object.keys(at)) {
      if (key === "style" || key.startsWith("on")) problems.push(`An inline ${key}= on <${name}>.`);
      if (/^javascript:/i.test(at[key])) problems.push(`A javascript: URL on <${name}>.`);
    }
  }
  if (!elements(html).some(({ at }) => at["http-equiv"] === "Content-Security-Policy")) problems.push("No policy in the page.");
  return { problems };
}

function relative() {
  const problems = links(page()).filter(({ url }) => !url.startsWith("./")).map(({ name, url }) => `<${name}> has the URL ${url}, which is not relative.`);
  if (elements(page()).some(({ name }) => name === "base")) problems.push("A <base>: links such as ?query would lose the name of the document.");
  for (const sheet of readdirSync(DIST).filter((name) => name.endsWith(".css"))) {
    const css = readFileSync(`${DIST}/${sheet}`, "utf8");
    for (const [, url] of css.matchAll(/(?:url\(\s*["']?|@import\s*["'])([^"')]*)/g)) {
      if (!url.startsWith("data:")) problems.push(`${sheet} loads ${url}: a stylesheet may only load data: images.`);
    }
  }
  return { problems };
}

function integrity() {
  const problems = [];
  for (const { url, integrity } of links(page())) {
    const path = `${DIST}/${file(url)}`;
    if (!existsSync(path)) problems.push(`${url} does not exist.`);
    // The program and its script have none: the hash in their names is one, and with a digest the browser would not
    // compile the program while it arrives.
    else if (integrity !== undefined && `sha384-${createHash("sha384").update(readFileSync(path)).digest("base64")}` !== integrity) {
      problems.push(`${url} has the digest ${integrity}, which does not match its bytes.`);
    }
    if (!/-[0-9a-f]{8,16}(_bg)?\.[a-z]+$/.test(url)) problems.push(`${url} has no hash in its name, so it cannot be cached forever.`);
  }
  return { problems };
}

export const checks = { "dist-compressed": compressed, "dist-size": size, "dist-inline": inline, "dist-paths": relative, "dist-digests": integrity };
