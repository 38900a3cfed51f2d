// What must hold for the built page in dist/, each rule a check of `make test`.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const DIST = "dist";
const BUDGET = 150_000;

const page = () => readFileSync(`${DIST}/index.html`, "utf8");
const tags = (html) => [...html.matchAll(/<([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi)];

// Attributes may stand without quotes: Trunk minifies.
function attributes(text) {
  const found = text.matchAll(/([^\s=/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g);
  return Object.fromEntries([...found].map(([, name, value = ""]) => [name.toLowerCase(), value.replace(/^["']|["']$/g, "")]));
}

const elements = (html) => tags(html).map(([, name, rest]) => ({ name: name.toLowerCase(), at: attributes(rest) }));
const links = (html) => elements(html).flatMap(({ name, at }) => {
  const url = at.src ?? (name === "link" ? at.href : undefined);
  return url === undefined ? [] : [{ name, url, integrity: at.integrity }];
});
const file = (url) => url.replace(/^\.\//, "");

function size() {
  const html = page();
  const first = new Set(["index.html", ...links(html).map(({ url }) => file(url))]);
  const options = (bytes) => ({ params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  } });
  const rows = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const path = `${entry.parentPath ?? entry.path}/${entry.name}`;
    const bytes = readFileSync(path);
    const name = path.slice(DIST.length + 1);
    return { name, raw: bytes.length, sent: brotliCompressSync(bytes, options(bytes)).length, counts: first.has(name) };
  });
  const sum = rows.filter((row) => row.counts).reduce((all, row) => all + row.sent, 0);
  const number = (n) => n.toLocaleString("en").padStart(10);
  const lines = [
    "       raw     brotli",
    ...rows.map((row) => `${number(row.raw)} ${number(row.sent)}  ${row.name}${row.counts ? "" : " (not in the first view)"}`),
    `           ${number(sum)}  of ${BUDGET.toLocaleString("en")} allowed`,
  ];
  const over = sum > BUDGET ? [`The first view is ${(sum - BUDGET).toLocaleString("en")} bytes over its budget.`] : [];
  return { lines, problems: over };
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
  const problems = links(page()).filter(({ url }) => !url.startsWith("./")).map(({ name, url }) => `<${name}> names ${url}, which is not relative.`);
  if (elements(page()).some(({ name }) => name === "base")) problems.push("A <base>: then ?query links lose the document's name.");
  for (const sheet of readdirSync(DIST).filter((name) => name.endsWith(".css"))) {
    const css = readFileSync(`${DIST}/${sheet}`, "utf8");
    for (const [, url] of css.matchAll(/(?:url\(\s*["']?|@import\s*["'])([^"')]*)/g)) {
      if (!url.startsWith("data:")) problems.push(`${sheet} loads ${url}: a stylesheet loads nothing but data: images.`);
    }
  }
  return { problems };
}

function integrity() {
  const problems = [];
  for (const { url, integrity } of links(page())) {
    const path = `${DIST}/${file(url)}`;
    if (!existsSync(path)) problems.push(`${url} is not there.`);
    else if (`sha384-${createHash("sha384").update(readFileSync(path)).digest("base64")}` !== integrity) {
      problems.push(`${url} has the digest ${integrity}, which is not that of its bytes.`);
    }
    if (!/-[0-9a-f]{8,16}(_bg)?\.[a-z]+$/.test(url)) problems.push(`${url} has no hash in its name, so it cannot be kept for ever.`);
  }
  return { problems };
}

export const checks = { "dist-size": size, "dist-inline": inline, "dist-paths": relative, "dist-digests": integrity };
