// Starts the console, and shows in the page why if it cannot.
// It is a file because the Content-Security-Policy of the page allows no inline script.

// Trunk writes this element (pattern_script in Trunk.toml) and preload links with the digests of both files.
const { js, wasm } = document.querySelector("meta[name=console]").dataset;
const hasWasm = typeof WebAssembly === "object";

async function start() {
  if (!hasWasm) {
    throw new Error("This browser has no WebAssembly, or it is switched off.");
  }
  const [module, response] = await Promise.all([import(new URL(js, document.baseURI)), fetchProgram()]);
  await module.default({ module_or_path: response });
  dispatchEvent(new CustomEvent("TrunkApplicationStarted"));
}

// The response with the WebAssembly file of this build.
async function fetchProgram() {
  const { integrity } = document.querySelector(`link[href="${wasm}"]`);
  // With the same options as the preload link, so that the browser sends one request for both.
  const options = { credentials: "same-origin" };
  try {
    return await fetch(wasm, { ...options, integrity });
  } catch {
    // The browser hides a response with a wrong digest. A request without the digest shows what the host answers.
    const { ok, status, statusText } = await fetch(wasm, { ...options, cache: "reload" });
    throw new Error(ok ? `${wasm} is not the file of this build.` : `${wasm} was answered with ${status} ${statusText}.`);
  }
}

function advice(reason) {
  if (!hasWasm) {
    return "Use a current Chromium, Firefox or Safari, and allow WebAssembly for this page.";
  }
  if (/Content.Security.Policy|unsafe-eval|CSP/i.test(reason)) {
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
  const reason = String(error.message || error);
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
