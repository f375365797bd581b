// Writes extractors.json: what transformers.js (4.3.1) makes of short sounds, for the tests to compare with.
// Run with the folder that holds @huggingface/transformers: `node extractors.mjs` beside its node_modules, and the target as argument.
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { ASTFeatureExtractor, ClapFeatureExtractor, env, Wav2Vec2FeatureExtractor, WhisperFeatureExtractor } from '@huggingface/transformers';

env.allowRemoteModels = false;
const common = { padding_side: 'right', padding_value: 0.0, return_attention_mask: false };
const whisper = {
  ...common, feature_extractor_type: 'WhisperFeatureExtractor', feature_size: 128, sampling_rate: 16000, hop_length: 160, n_fft: 400,
  chunk_length: 0.5, n_samples: 8000, nb_max_frames: 50,
};
const clap = {
  ...common, feature_extractor_type: 'ClapFeatureExtractor', feature_size: 64, sampling_rate: 48000, fft_window_size: 1024, hop_length: 480,
  max_length_s: 0.5, nb_max_samples: 24000, nb_frequency_bins: 513, frequency_min: 50, frequency_max: 14000, top_db: null,
  truncation: 'rand_trunc',
};
const ast = {
  ...common, feature_extractor_type: 'ASTFeatureExtractor', feature_size: 1, sampling_rate: 16000, num_mel_bins: 128, max_length: 40,
  do_normalize: true, mean: -4.2677393, std: 4.5689974,
};
const wave = { ...common, feature_extractor_type: 'Wav2Vec2FeatureExtractor', feature_size: 1, sampling_rate: 16000, do_normalize: true };

// A sweep with noise under it, as 16-bit samples: the numbers are the same everywhere.
function sound(length, rate, seed) {
  const samples = new Int16Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const seconds = i / rate;
    const sweep = 0.4 * Math.sin(2 * Math.PI * (200 * seconds + 3000 * seconds * seconds));
    samples[i] = Math.round(32767 * (sweep + 0.02 * (state / 2 ** 31 - 1)));
  }
  return samples;
}

const packed = (array) => deflateSync(Buffer.from(array.buffer, array.byteOffset, array.byteLength), { level: 9 }).toString('base64');

async function golden(name, Extractor, config, samples) {
  const output = await new Extractor({ ...config })(Float32Array.from(samples, (sample) => sample / 32768));
  const tensor = output.input_features ?? output.input_values;
  return { name, config: JSON.stringify(config), samples: packed(samples), shape: tensor.dims.slice(1), expected: packed(tensor.data) };
}

const cases = [
  await golden('whisper, 128 mels, short', WhisperFeatureExtractor, whisper, sound(5000, 16000, 1)),
  await golden('whisper, 80 mels, long', WhisperFeatureExtractor, { ...whisper, feature_size: 80 }, sound(9000, 16000, 2)),
  await golden('clap, repeatpad', ClapFeatureExtractor, { ...clap, padding: 'repeatpad' }, sound(7000, 48000, 3)),
  await golden('clap, repeat', ClapFeatureExtractor, { ...clap, padding: 'repeat' }, sound(7000, 48000, 4)),
  await golden('clap, pad', ClapFeatureExtractor, { ...clap, padding: 'pad' }, sound(7000, 48000, 5)),
  await golden('ast, long', ASTFeatureExtractor, ast, sound(9000, 16000, 7)),
  await golden('wav2vec 2.0', Wav2Vec2FeatureExtractor, wave, sound(3000, 16000, 8)),
  await golden('wav2vec 2.0 as it is', Wav2Vec2FeatureExtractor, { ...wave, do_normalize: false }, sound(100, 16000, 9)),
];
writeFileSync(process.argv[2], `[\n${cases.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`);
