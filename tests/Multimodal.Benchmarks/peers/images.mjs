// sharp as its users write it for an encoder of 224×224 pixels, on one thread and without its cache.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import sharp from "sharp";

sharp.concurrency(1);
sharp.cache(false);
const side = 224;
const mean = [0.48145466, 0.4578275, 0.40821073];
const deviation = [0.26862954, 0.26130258, 0.27577711];
const files = new Map();

async function preprocess(file) {
  const pixels = await sharp(file).rotate().resize(side, side, { fit: "cover", kernel: "cubic" }).removeAlpha().raw().toBuffer();
  const plane = side * side;
  const channels = pixels.length / plane;
  const values = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    const scale = 1 / (255 * deviation[c]);
    const shift = mean[c] / deviation[c];
    const from = channels === 1 ? 0 : c;
    for (let i = 0; i < plane; i++) {
      values[c * plane + i] = pixels[i * channels + from] * scale - shift;
    }
  }
  return values;
}

console.log(JSON.stringify({ ready: true, sharp: sharp.versions.sharp, vips: sharp.versions.vips }));
for await (const line of createInterface({ input: process.stdin })) {
  const { work } = JSON.parse(line);
  try {
    if (!files.has(work)) {
      files.set(work, readFileSync(work));
    }
    const begun = performance.now();
    await preprocess(files.get(work));
    console.log(JSON.stringify({ ms: performance.now() - begun }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
