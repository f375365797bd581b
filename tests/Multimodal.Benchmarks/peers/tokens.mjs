// transformers.js on the captions: node tokens.mjs FOLDER CAPTIONS IDS, then {"work": "warm" | "cold"} a line.
import { AutoTokenizer, env } from '@huggingface/transformers';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

const [folder, captionFile, idFile] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = path.dirname(folder) + '/';
const tokenizer = await AutoTokenizer.from_pretrained(path.basename(folder));
const captions = JSON.parse(fs.readFileSync(captionFile));
const options = { return_tensor: false, padding: 'max_length', truncation: true, max_length: 77 };
fs.writeFileSync(idFile, JSON.stringify(captions.map((caption) => tokenizer(caption, options).input_ids)));
console.log(JSON.stringify({ ready: true }));
for await (const line of readline.createInterface({ input: process.stdin })) {
    const { work } = JSON.parse(line);
    const begun = performance.now();
    if (work === 'cold') tokenizer._tokenizer.model.clear_cache();
    for (const caption of captions) tokenizer(caption, options);
    console.log(JSON.stringify({ ms: performance.now() - begun }));
}
