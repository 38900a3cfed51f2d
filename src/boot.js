// Starts the console, and says in the page why when it cannot: a blank page helps nobody.
// A file of its own, because the page runs under a policy that allows no inline script.

// Trunk.toml writes the two file names here, and Trunk their preload links with the digests.
const { js, wasm } = document.querySelector("meta[name=console]").dataset;
const hasWasm = typeof WebAssembly === "object";

async function start() {
  if (!hasWasm) {
    throw new Error("This browser has no WebAssembly, or it is switched off.");
  }
  const [module, response] = await Promise.all([import(new URL(js, document.baseURI)), program()]);
  await module.default({ module_or_path: response });
  dispatchEvent(new CustomEvent("TrunkApplicationStarted"));
}

// The WebAssembly file, if it is the one of this build.
async function program() {
  const { integrity } = document.querySelector(`link[href="${wasm}"]`);
  // Like the preload link in everything, so that the browser asks only once.
  const options = { credentials: "same-origin" };
  try {
    return await fetch(wasm, { ...options, integrity });
  } catch {
    // A digest that does not fit hides what came instead: asked without it, the host tells.
    const { ok, status, statusText } = await fetch(wasm, { ...options, cache: "reload" });
    throw new Error(ok ? `${wasm} is not the file of this build.` : `${wasm} was answered with ${status} ${statusText}.`);
  }
}

function advice(reason) {
  if (!hasWasm) {
    return "Use a current Chromium, Firefox or Safari, and allow WebAssembly for this page.";
  }
  if (/Content.Security.Policy|unsafe-eval|CSP/i.test(reason)) {
    return "The host forbids the page its program. Its Content-Security-Policy must allow script-src 'self' 'wasm-unsafe-eval'.";
  }
  return "Reload the page. If it stays like this, ask whoever hosts it: all files of one build must be there, unchanged.";
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

function show(boot, title, what, reason) {
  const reload = element("a", "", "Reload");
  reload.href = "";
  boot.id = "boot";
  const alert = element("div", "", "");
  alert.setAttribute("role", "alert");
  alert.append(
    element("h1", "boot-title", title),
    element("p", "", what),
    element("p", "boot-reason", reason),
    reload,
  );
  boot.replaceChildren(alert);
}

function report(error) {
  console.error(error);
  // Gone when the console has started: then what fails is its own to tell.
  const boot = document.getElementById("boot");
  const reason = String(error.message || error);
  if (boot) show(boot, "The console could not start", advice(reason), reason);
}

// A program that has come to a stop leaves a page that looks alive.
function stopped({ error, reason }) {
  const trap = error || reason;
  if (trap?.name !== "RuntimeError") return;
  const boot = document.getElementById("boot") || document.body.appendChild(element("div", "boot-stopped", ""));
  show(boot, "The console has stopped", "What is on the page is no longer updated.", String(trap));
}

addEventListener("error", stopped);
addEventListener("unhandledrejection", stopped);
start().catch(report);
