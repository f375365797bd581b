// How figures, times and sizes are written.

const NAMES = { image: "Image", text: "Text", audio: "Audio" };

export const MODALITIES = ["image", "text", "audio"];

export const nameOf = (modality) => NAMES[modality] ?? modality;

export const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** A share with its sign, the minus being a minus. */
export const signed = (share) => `${share < 0 ? "−" : "+"}${(100 * Math.abs(share)).toFixed(1)} %`;

export function duration(milliseconds) {
  return milliseconds >= 10_000 ? `${(milliseconds / 1000).toFixed(1)} s`
    : milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s`
    : milliseconds >= 10 ? `${milliseconds.toFixed(0)} ms`
    : milliseconds >= 0.05 || milliseconds === 0 ? `${milliseconds.toFixed(1)} ms`
    : "< 0.1 ms";
}

export function bytes(count) {
  return count < 1024 ? `${count} B` : count < 1024 ** 2 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1024 ** 2).toFixed(1)} MiB`;
}

export function ago(text) {
  const seconds = (Date.now() - new Date(text)) / 1000;
  return seconds < 5 ? "just now"
    : seconds < 60 ? `${Math.floor(seconds)} s ago`
    : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
    : seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago`
    : new Date(text).toLocaleDateString(undefined, { dateStyle: "medium" });
}

export const moment = (text) => new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** What a file seems to be by its name and type: for a sign beside it only, since the service goes by the content. */
export function guessModality(name, type = "") {
  const known = /^(image|text|audio)\//.exec(type)?.[1];
  return known
    ?? (/\.(png|jpe?g|gif|webp|tiff?|bmp|avif)$/i.test(name) ? "image"
      : /\.(wav|wave)$/i.test(name) ? "audio"
      : /\.(txt|md|text)$/i.test(name) ? "text"
      : "file");
}

export function facts(of) {
  return [
    of.mediaType,
    of.width && `${of.width} × ${of.height} px`,
    of.sampleRate && `${of.sampleRate.toLocaleString("en")} Hz`,
    of.channels && (of.channels === 1 ? "mono" : of.channels === 2 ? "stereo" : `${of.channels} channels`),
    of.seconds && `${of.seconds.toFixed(2)} s`,
    of.characters && `${of.characters} characters`,
    bytes(of.bytes ?? 0),
  ].filter(Boolean).join(" · ");
}
