// Elements are made here and nowhere else: what people typed or named becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element. Properties that begin with "on" are listeners, "data" an object of data attributes, others attributes. */
export function h(tag, properties, ...children) {
  return build(document.createElement(tag), properties, children);
}

/** Makes an element of SVG. */
export function svg(tag, properties, ...children) {
  return build(document.createElementNS(SVG, tag), properties, children);
}

function build(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Places a bar: left end and width as shares of its track. Styles set by script are not inline styles to the policy. */
export function place(element, left, width) {
  element.style.left = `${100 * left}%`;
  element.style.width = `${100 * width}%`;
  return element;
}

/** Says something to those who do not see the page change. */
export function announce(text) {
  const live = document.getElementById("live");
  if (live.textContent !== text) {
    live.textContent = text;
  }
}

const ICONS = {
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  text: "M5 6h14M12 6v13M9 19h6",
  audio: "M4 10v4M8 6v12M12 3v18M16 7v10M20 10v4",
  fused: "M9 12a5 5 0 1 0 0-.01M15 12m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
};

/** A drawn sign; what it stands for is said in words beside it. */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", width: 18, height: 18, class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] ?? ICONS.file }));
}
