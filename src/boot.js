// Starts the console, and shows in the page why if it cannot.
// It is a file because the Content-Security-Policy of the page allows no inline script.

// Trunk writes this element (pattern_script in Trunk.toml) and preload links for both files.
const { js, wasm } = document.querySelector("meta[name=console]").dataset;
const hasWasm = typeof WebAssembly === "object";

async function start() {
  if (!hasWasm) {
    throw new Error("This browser has no WebAssembly, or it is switched off.");
  }
  // All three are requested at once. The console reads the configuration itself, and reports what is wrong with it.
  const config = fetch("config.json", { cache: "no-store", redirect: "manual" });
  // Not an unhandled rejection if the program cannot be loaded.
  config.catch(() => {});
  const [module, program] = await Promise.all([import(new URL(js, document.baseURI)), compileProgram()]);
  await module.default({ module_or_path: program });
  module.mount(config);
  dispatchEvent(new CustomEvent("TrunkApplicationStarted"));
}

// The compiled WebAssembly file of this build.
async function compileProgram() {
  // With the same options as the preload link, so that the browser sends one request for both.
  const response = await fetch(wasm, { credentials: "same-origin" });
  if (!response.ok) {
    throw new Error(`${wasm} was answered with ${response.status} ${response.statusText}.`);
  }
  // Browsers compile only this type while it arrives, and not every host knows it.
  const isTyped = response.headers.get("Content-Type") === "application/wasm";
  return isTyped ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// Whether the policy of the page forbids its program.
function isForbidden(reason) {
  return /Content.Security.Policy|unsafe-eval|CSP/i.test(reason);
}

function advice(reason) {
  if (!hasWasm) {
    return "Use a current Chromium, Firefox or Safari, and allow WebAssembly for this page.";
  }
  if (isForbidden(reason)) {
    return "The host does not allow the page to run its program. Its Content-Security-Policy must allow script-src 'self' 'wasm-unsafe-eval'.";
  }
  return "Reload the page. If that does not help, ask whoever hosts it: all files of one build must be there, unchanged.";
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
  // The element is gone once the console has started, which then reports its own errors.
  const boot = document.getElementById("boot");
  const message = String(error.message || error);
  // A host that has no such file may answer with another one.
  const isOtherFile = hasWasm && error instanceof WebAssembly.CompileError && !isForbidden(message);
  const reason = isOtherFile ? `${wasm} is not the file of this build: ${message}` : message;
  if (boot) show(boot, "The console could not start", advice(reason), reason);
}

// After a panic the page would look as if it still worked.
function reportStop({ error, reason }) {
  const trap = error || reason;
  if (trap?.name !== "RuntimeError") return;
  const boot = document.getElementById("boot") || document.body.appendChild(element("div", "boot-stopped", ""));
  show(boot, "The console has stopped", "What is on the page is no longer updated.", String(trap));
}

addEventListener("error", reportStop);
addEventListener("unhandledrejection", reportStop);
start().catch(report);
