// What a person sees and can use, for the scripts of see.rs and act.rs, which stand below this.

// What is behind an open dialog cannot be reached.
const top_ = document.querySelector("dialog:modal") ?? document.body ?? document.documentElement;
const shown = (element) => element.checkVisibility({ visibilityProperty: true });
const normal = (text) => text.replace(/\s+/g, " ").trim();

// The text that can be seen in an element, a line for each block.
function words(element) {
  let text = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(node.tagName) || !shown(node)) return;
    if (node.tagName === "SELECT") {
      text += [...node.selectedOptions].map((option) => option.label).join(", ");
      return;
    }
    const { display } = getComputedStyle(node);
    const block = display !== "contents" && !display.startsWith("inline");
    if (block) text += "\n";
    for (const child of node.childNodes) walk(child);
    if (block) text += "\n";
  };
  walk(element);
  return text.split("\n").map(normal).filter(Boolean).join("\n");
}

// What a label says, without what stands in its field.
function labelText(label) {
  const copy = label.cloneNode(true);
  for (const field of copy.querySelectorAll("input, select, textarea")) field.remove();
  return normal(copy.textContent);
}

// What an element is called.
function nameOf(element) {
  const label = element.getAttribute("aria-label");
  if (label) return normal(label);
  const by = element.getAttribute("aria-labelledby");
  if (by) return normal(by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" "));
  if (element.labels?.length) return [...element.labels].map(labelText).join(" ");
  return normal(element.textContent);
}

const kinds = {
  link: "a[href]",
  button: "button, summary, input[type=submit]",
  field: "input:not([type=radio], [type=checkbox]), select, textarea",
  box: "[type=radio], [type=checkbox]",
  region: "[role=listbox], nav, section, [role=region], [role=search], table",
};

// The first element of a kind with a name that can be seen.
const find = (kind, name) =>
  [...top_.querySelectorAll(kinds[kind])].find((element) => shown(element) && nameOf(element) === name) ?? null;
