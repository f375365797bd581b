// The inputs of a job: as they were sent, and as their encoders see them.

import { Problem, upload, view } from "./api.js";
import { LEVELS } from "./colours.js";
import { fill, h, icon, place, svg } from "./dom.js";
import { facts, MODALITIES } from "./format.js";

// Browsers show these; what else was sent is shown as the encoder sees it alone.
const SHOWN = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/avif"]);

const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** The cards of a job's inputs; with reasons where no result says them. Gives back what is to be called when they are gone. */
export function showInputs(where, jobId, inputs, withReasons) {
  const urls = [];
  fill(where, h("h2", {}, "What the encoders see"), h("div", { class: "inputs" }, sorted(inputs).map((input) => card(jobId, input, urls, withReasons))));

  // Later: a picture that is still being loaded would be missing its file.
  return () => setTimeout(() => urls.forEach((url) => URL.revokeObjectURL(url)), 10_000);
}

// Modality by modality, each by name as they come; what was not recognised last.
function sorted(inputs) {
  const order = [...MODALITIES, undefined];
  return inputs.toSorted((a, b) => order.indexOf(a.modality) - order.indexOf(b.modality));
}

function card(jobId, input, urls, withReasons) {
  const ready = input.state === "ready";
  const content = h("div", { class: "seen" });
  const element = h("article", { class: `card input ${ready ? "" : "left-out"}`, data: { modality: input.modality ?? "file", state: input.state } },
    h("h3", {}, icon(input.modality ?? "file"), h("span", { class: "wrap" }, input.name), input.late && h("span", { class: "chip" }, "late")),
    input.facts && h("p", { class: "note wrap" }, facts(input.facts)),
    content,
    input.error && h("div", { class: "reason" },
      h("p", { class: "strong" }, "Left out: ", h("code", {}, input.error.code)),
      withReasons && h("p", { class: "wrap" }, input.error.message, " ", input.error.remedy)),
    input.state === "awaited" && h("p", { class: "note" }, "It has not come yet."),
    input.state === "pending" && h("p", { class: "note" }, "It is being preprocessed."),
    input.late && h("p", { class: "note" }, "It came after the job was closed; run the job again to take it in."),
    input.facts?.notes?.length > 0 && h("ul", { class: "notes" }, input.facts.notes.map((note) => h("li", {}, note))));
  if (ready) {
    load(content, jobId, input, urls);
  }
  return element;
}

async function load(content, jobId, input, urls) {
  try {
    const seen = await view(jobId, input.name);
    const original = input.modality === "text" ? null : await upload(jobId, input.name).catch(() => null);
    const url = original && URL.createObjectURL(original.slice(0, original.size, seen.facts.mediaType));
    if (url) {
      urls.push(url);
    }
    fill(content,
      seen.picture && pictures(seen, url, input),
      (seen.spectrogram || seen.waveform) && sound(seen, url, input),
      seen.tokens && tokens(seen.tokens));
  } catch (error) {
    if (error instanceof Problem) {
      fill(content, h("p", { class: "note wrap" }, error.message, " ", error.remedy));
    }
  }
}

function pictures({ picture, facts: read }, url, input) {
  return h("div", { class: "pictures" },
    url && SHOWN.has(read.mediaType) && h("figure", {},
      h("img", { src: url, alt: `${input.name} as it was sent`, class: "original" }), h("figcaption", {}, "as sent")),
    h("figure", {},
      pixels(picture, `${input.name} as the image encoder sees it`), h("figcaption", {}, `as seen: ${picture.width} × ${picture.height}`)));
}

function pixels({ width, height, channels, pixels: encoded }, label) {
  const values = fromBase64(encoded);
  return paint(width, height, label, "picture", (i) =>
    channels === 1 ? [values[i], values[i], values[i]] : [values[3 * i], values[3 * i + 1], values[3 * i + 2]]);
}

function paint(width, height, label, kind, colourOf) {
  const canvas = h("canvas", { width, height, class: kind, role: "img", "aria-label": label });
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data.set([...colourOf(i), 255], 4 * i);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function sound({ spectrogram, waveform, facts: read }, url, input) {
  const seconds = waveform?.seconds ?? read.seconds ?? 0;
  const from = (waveform?.heardFrom ?? 0) / (seconds || 1);
  const to = (waveform?.heardTo ?? seconds) / (seconds || 1);
  return h("div", { class: "sound" },
    waveform && wave(waveform, from, to, input),
    spectrogram && h("div", { class: "track spectrogram-track" }, place(heat(spectrogram, input), from, to - from)),
    h("div", { class: "axis", "aria-hidden": "true" }, h("span", {}, "0 s"), h("span", {}, `${seconds.toFixed(2)} s`)),
    spectrogram && h("p", { class: "note" },
      `Log-mel spectrogram: ${spectrogram.bands} bands`,
      spectrogram.maximumFrequency && ` from ${spectrogram.minimumFrequency} to ${spectrogram.maximumFrequency} Hz`,
      `, ${spectrogram.frames} frames`, waveform?.heardTo && `, from ${waveform.heardFrom.toFixed(2)} to ${waveform.heardTo.toFixed(2)} s`, "."),
    url && h("audio", { controls: true, src: url, preload: "metadata", "aria-label": `Listen to ${input.name}` }));
}

function wave({ lows, highs }, from, to, input) {
  const peak = Math.max(...highs.map(Math.abs), ...lows.map(Math.abs), 1e-6);
  const y = (value) => 50 - 46 * value / peak;
  const points = [...highs.map((high, i) => `${i},${y(high).toFixed(1)}`), ...lows.map((low, i) => `${i},${y(low).toFixed(1)}`).reverse()];
  const count = highs.length;
  return svg("svg", { class: "wave", viewBox: `0 0 ${count} 100`, preserveAspectRatio: "none", role: "img", "aria-label": `Waveform of ${input.name}` },
    svg("rect", { class: "heard", x: from * count, y: 0, width: (to - from) * count, height: 100 }),
    svg("path", { class: "wave-line", d: `M${points.join("L")}Z` }));
}

function heat({ bands, frames, levels }, input) {
  const values = fromBase64(levels);

  // The lowest band lies at the bottom.
  return paint(frames, bands, `Log-mel spectrogram of ${input.name}`, "spectrogram", (i) =>
    LEVELS[values[(bands - 1 - Math.floor(i / frames)) * frames + i % frames]]);
}

function tokens(all) {
  return h("div", {},
    h("p", { class: "tokens", "aria-label": `${all.length} tokens` }, all.map(({ id, text }) =>
      h("span", { class: text === "[UNK]" ? "token unknown" : "token", title: `id ${id}` }, text === " " ? "␣" : text ?? id))),
    h("p", { class: "note" }, `${all.length} ${all.length === 1 ? "token" : "tokens"}`));
}
