// Whisper's log-mel features by transformers.js. Arguments: a .npy file of float32 samples at 16 kHz. Work: how many of them, from the start.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { env, WhisperFeatureExtractor } from '@huggingface/transformers';

// Nothing is downloaded: the extractor is made of its configuration alone.
env.allowRemoteModels = false;
const extractor = new WhisperFeatureExtractor({
  chunk_length: 30, feature_extractor_type: 'WhisperFeatureExtractor', feature_size: 80, hop_length: 160, n_fft: 400,
  n_samples: 480000, nb_max_frames: 3000, padding_side: 'right', padding_value: 0, sampling_rate: 16000,
});

const file = readFileSync(process.argv[2]);
const start = file[6] === 1 ? 10 + file.readUInt16LE(8) : 12 + file.readUInt32LE(8);
const samples = new Float32Array(file.buffer.slice(file.byteOffset + start, file.byteOffset + file.length));

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { work } = JSON.parse(line);
    const audio = samples.subarray(0, Number(work) * 16000);
    const begun = performance.now();
    const { input_features } = await extractor(audio);
    console.log(JSON.stringify({ ms: performance.now() - begun, values: input_features.data.length }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
