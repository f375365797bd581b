// Has transformers.js transcribe with whisper-speech/, and writes what it gives beside it: node peer.mjs (needs @huggingface/transformers).
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { WhisperForConditionalGeneration, AutoTokenizer, Tensor, env } from "@huggingface/transformers";

const here = path.dirname(fileURLToPath(import.meta.url));
env.allowRemoteModels = false;
env.localModelPath = here + "/";
const model = await WhisperForConditionalGeneration.from_pretrained("whisper-speech", { dtype: "fp32" });
const tokenizer = await AutoTokenizer.from_pretrained("whisper-speech");
const { cases } = JSON.parse(fs.readFileSync(path.join(here, "whisper-speech", "expected.json")));

// The inputs are made by the formula of make.py.
const numbers = (count, seed) => Float32Array.from({ length: count }, (_, i) => ((i * 7919 + seed * 104729) % 2001) / 1000 - 1);
const peer = [];
for (const { seed, language, maximum } of cases.filter((one) => one.beam === 1 && !one.times)) {
  const inputs = new Tensor("float32", numbers(80 * 500, seed), [1, 80, 500]);
  const prompt = 4;
  const output = await model.generate({ inputs, language, task: "transcribe", max_new_tokens: maximum, return_timestamps: false });
  const tokens = output.tolist()[0].map(Number).slice(prompt);

  // Times are no special tokens here; nobody reads them.
  const { eos_token_id } = model.generation_config;
  peer.push({ seed, language, maximum, tokens: tokens.filter((token) => token !== eos_token_id), text: tokenizer.decode(tokens.filter((token) => token < eos_token_id)) });
}
fs.writeFileSync(path.join(here, "whisper-speech", "peer.json"), JSON.stringify({ version: env.version, cases: peer }, null, 1) + "\n");
