// Functions for the scripts of the tests, about what a user can see and use. The tests append each script to this
// text. In Firefox such scripts have separate built-in objects: the page's `Date` is `window.Date`.

// While a modal dialog is open, nothing outside it can be used.
const root = document.querySelector("dialog:modal") ?? document.body ?? document.documentElement;
const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });
const collapse = (text) => text.replace(/\s+/g, " ").trim();

// The visible text of an element, one line a block.
function visibleText(element) {
  let text = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(node.tagName) || !isVisible(node)) return;
    if (node.tagName === "SELECT") {
      text += [...node.selectedOptions].map((option) => option.label).join(", ");
      return;
    }
    const { display } = getComputedStyle(node);
    const isBlock = display !== "contents" && !display.startsWith("inline");
    if (isBlock) text += "\n";
    for (const child of node.childNodes) walk(child);
    if (isBlock) text += "\n";
  };
  walk(element);
  return text.split("\n").map(collapse).filter(Boolean).join("\n");
}

// The text of a label without the content of its field.
function labelText(label) {
  const copy = label.cloneNode(true);
  for (const field of copy.querySelectorAll("input, select, textarea")) field.remove();
  return collapse(copy.textContent);
}

// The accessible name of an element.
function accessibleName(element) {
  const label = element.getAttribute("aria-label");
  if (label) return collapse(label);
  const ids = element.getAttribute("aria-labelledby");
  if (ids) return collapse(ids.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" "));
  if (element.labels?.length) return [...element.labels].map(labelText).join(" ");
  return collapse(element.textContent);
}

const roles = {
  alertdialog: "[role=alertdialog]",
  button: "button, summary, input[type=submit]",
  checkbox: "[type=checkbox]",
  field: "input:not([type=radio], [type=checkbox]), select, textarea",
  heading: "h1, h2, h3",
  link: "a[href]",
  listbox: "[role=listbox]",
  listitem: "li",
  option: "[role=option]",
  progressbar: "progress, [role=progressbar]",
  radio: "[type=radio]",
  region: "nav, section, table, [role=region], [role=search], [role=group]",
  row: "tbody tr",
  tab: "[role=tab]",
};

// The visible elements that match every step, each step inside those of the step before. A step has a
// `role`, or a `css` selector where no role fits, and may have a `name`, a `prefix` or a `suffix` of the name, an `index`.
function locateAll(steps) {
  return steps.reduce((scopes, { role, css, name, prefix, suffix, index }) => {
    const found = scopes
      .flatMap((scope) => [...scope.querySelectorAll(css ?? roles[role])])
      .filter((element) => isVisible(element)
        && (name == null || accessibleName(element) === name)
        && (prefix == null || accessibleName(element).startsWith(prefix))
        && (suffix == null || accessibleName(element).endsWith(` ${collapse(suffix)}`)));
    return index == null ? found : found.slice(index, index + 1);
  }, [root]);
}
const locate = (steps) => locateAll(steps)[0] ?? null;
