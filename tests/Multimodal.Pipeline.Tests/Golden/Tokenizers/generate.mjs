// Trains small tokenizers of each kind on corpus.py's sentences, and writes what Hugging Face's own tokenizers make of texts.
//   npm install tokenizers@0.23.2 @huggingface/transformers@4.3.1     in FOLDER; pip or apt: sentencepiece
//   node generate.mjs FOLDER
// The ids are those of the tokenizers library (Rust); where transformers.js gives others, that is printed.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const require = createRequire(path.join(path.resolve(process.argv[2]), 'x.js'));
const tk = require('tokenizers');
const { AutoTokenizer, env } = await import(pathToFileURL(require.resolve('@huggingface/transformers')));
env.allowRemoteModels = false;
env.localModelPath = here + '/';

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'tokenizers-'));
const corpus = path.join(temporary, 'corpus.txt');
fs.writeFileSync(corpus, execFileSync('python3', [path.join(here, 'corpus.py')]));

const special = (id, content, rest = {}) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...rest });
const template = (before, after, ids) => ({
    type: 'TemplateProcessing',
    single: [...before.map((id) => ({ SpecialToken: { id, type_id: 0 } })), { Sequence: { id: 'A', type_id: 0 } }, ...after.map((id) => ({ SpecialToken: { id, type_id: 0 } }))],
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: Object.fromEntries([...before, ...after].map((id) => [id, { id, ids: [ids[id]], tokens: [id] }])),
});

// Byte-pair training by the plain rule: the commonest pair of neighbours, of equal ones the least.
function trainBpe(words, alphabet, size, join) {
    const splits = new Map([...words].map(([word, count]) => [word, { symbols: join(word), count }]));
    const tokens = [...alphabet];
    const merges = [];
    while (tokens.length < size) {
        const pairs = new Map();
        for (const { symbols, count } of splits.values())
            for (let i = 0; i + 1 < symbols.length; i++) {
                const key = symbols[i] + '\n' + symbols[i + 1];
                pairs.set(key, (pairs.get(key) ?? 0) + count);
            }
        const best = [...pairs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
        if (!best || best[1] < 2) break;
        const [left, right] = best[0].split('\n');
        merges.push([left, right]);
        if (!tokens.includes(left + right)) tokens.push(left + right);
        for (const split of splits.values()) {
            const merged = [];
            for (const symbol of split.symbols)
                if (symbol === right && merged.at(-1) === left) merged[merged.length - 1] = left + right;
                else merged.push(symbol);
            split.symbols = merged;
        }
    }
    return { tokens, merges };
}
const count = (pieces) => pieces.reduce((map, piece) => map.set(piece, (map.get(piece) ?? 0) + 1), new Map());
const text = fs.readFileSync(corpus, 'utf8');
const byteAlphabet = tk.byteLevelAlphabet().sort();
const ids = (tokens) => Object.fromEntries(tokens.map((token, id) => [token, id]));

function write(name, tokenizer, config = {}, files = {}) {
    const folder = path.join(here, name);
    fs.mkdirSync(folder, { recursive: true });
    const full = { version: '1.0', truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, ...tokenizer };
    fs.writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(full));
    fs.writeFileSync(path.join(folder, 'tokenizer_config.json'), JSON.stringify(config));
    for (const [file, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), content);
}

// CLIP: words end in </w>.
{
    const pattern = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
    const split = { type: 'Sequence', pretokenizers: [
        { type: 'Split', pattern: { Regex: pattern }, behavior: 'Removed', invert: true }, { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }] };
    const bytes = tk.byteLevelPreTokenizer(false, false);
    const words = count((text.toLowerCase().match(new RegExp(pattern, 'gu')) ?? []).map((word) => bytes.preTokenizeString(word)[0][0]));
    const { tokens, merges } = trainBpe(words, [...byteAlphabet, ...byteAlphabet.map((c) => c + '</w>')], 900, (word) => [...word].map((c, i, all) => (i + 1 < all.length ? c : c + '</w>')));
    tokens.push('<|startoftext|>', '<|endoftext|>');
    const vocab = ids(tokens);
    const [start, end] = [vocab['<|startoftext|>'], vocab['<|endoftext|>']];
    write('clip', {
        added_tokens: [special(start, '<|startoftext|>', { normalized: true }), special(end, '<|endoftext|>')],
        normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' }, { type: 'Lowercase' }] },
        pre_tokenizer: split,
        post_processor: { type: 'RobertaProcessing', sep: ['<|endoftext|>', end], cls: ['<|startoftext|>', start], trim_offsets: false, add_prefix_space: false },
        decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
        model: { type: 'BPE', dropout: null, unk_token: '<|endoftext|>', continuing_subword_prefix: '', end_of_word_suffix: '</w>', fuse_unk: false, vocab, merges: merges.map((pair) => pair.join(' ')) },
    }, { tokenizer_class: 'CLIPTokenizer', model_max_length: 77, pad_token: '<|endoftext|>', unk_token: '<|endoftext|>' },
    { 'vocab.json': JSON.stringify(vocab), 'merges.txt': '#version: 0.2\n' + merges.map((pair) => pair.join(' ') + '\n').join('') });
}

// Byte-level: GPT-2 and Whisper (added tokens), RoBERTa, and the later kind with its own expression, merges as arrays, ignore_merges.
{
    const pre = tk.byteLevelPreTokenizer(false, true);
    const words = count(text.split('\n').flatMap((line) => pre.preTokenizeString(line).map(([piece]) => piece)));
    const { tokens, merges } = trainBpe(words, byteAlphabet, 700, (word) => [...word]);
    const byteLevel = (add_prefix_space) => ({ type: 'ByteLevel', add_prefix_space, trim_offsets: true, use_regex: true });
    const model = (vocab, rest = {}) => ({ type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '', fuse_unk: false, vocab, merges: merges.map((pair) => pair.join(' ')), ...rest });
    const plain = ids([...tokens, '<|endoftext|>']);
    const end = plain['<|endoftext|>'];
    const files = (vocab) => ({ 'vocab.json': JSON.stringify(vocab), 'merges.txt': '#version: 0.2\n' + merges.map((pair) => pair.join(' ') + '\n').join('') });
    write('gpt2', { added_tokens: [special(end, '<|endoftext|>')], pre_tokenizer: byteLevel(false), post_processor: byteLevel(true), decoder: byteLevel(true), model: model(plain) },
        { tokenizer_class: 'GPT2Tokenizer', model_max_length: 1024 }, files(plain));
    const whisper = ['<|startoftranscript|>', '<|en|>', '<|transcribe|>', '<|notimestamps|>'];
    write('whisper', {
        added_tokens: [special(end, '<|endoftext|>'), ...whisper.map((token, i) => special(end + 1 + i, token))],
        pre_tokenizer: byteLevel(false),
        post_processor: template(['<|startoftranscript|>', '<|notimestamps|>'], ['<|endoftext|>'], { '<|startoftranscript|>': end + 1, '<|notimestamps|>': end + 4, '<|endoftext|>': end }),
        decoder: byteLevel(true), model: model(plain),
    }, { tokenizer_class: 'WhisperTokenizer', model_max_length: 448 });
    const roberta = ids(['<s>', '<pad>', '</s>', '<unk>', ...tokens, '<mask>']);
    write('roberta', {
        truncation: { direction: 'Right', max_length: 24, strategy: 'LongestFirst', stride: 0 },
        padding: { strategy: { Fixed: 24 }, direction: 'Right', pad_to_multiple_of: null, pad_id: 1, pad_type_id: 0, pad_token: '<pad>' },
        added_tokens: [special(0, '<s>'), special(1, '<pad>'), special(2, '</s>'), special(3, '<unk>'), special(roberta['<mask>'], '<mask>', { lstrip: true })],
        pre_tokenizer: byteLevel(false),
        post_processor: { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0], trim_offsets: true, add_prefix_space: false },
        decoder: byteLevel(true), model: model(roberta, { unk_token: '<unk>' }),
    }, { tokenizer_class: 'RobertaTokenizer', model_max_length: 512, pad_token: '<pad>' }, files(roberta));
    const lines = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    write('llama3', {
        added_tokens: [special(end, '<|endoftext|>')],
        pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: lines }, behavior: 'Isolated', invert: false }, { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }] },
        post_processor: { type: 'Sequence', processors: [byteLevel(true), template(['<|endoftext|>'], [], { '<|endoftext|>': end })] },
        decoder: byteLevel(true), model: model(plain, { ignore_merges: true, merges }),
    }, { tokenizer_class: 'PreTrainedTokenizerFast', model_max_length: 1e30 });
}

// BERT: WordPiece from the commonest words, their beginnings and endings.
for (const [name, lowercase] of [['bert-uncased', true], ['bert-cased', false]]) {
    const normalizer = tk.bertNormalizer({ cleanText: true, handleChineseChars: true, stripAccents: lowercase, lowercase });
    const words = count(text.split('\n').flatMap((line) => tk.bertPreTokenizer().preTokenizeString(normalizer.normalizeString(line)).map(([piece]) => piece)));
    const { tokens } = trainBpe(words, [...new Set([...words.keys()].flatMap((word) => [...word].map((c, i) => (i ? '##' + c : c))))].sort(), 700, (word) => [...word].map((c, i) => (i ? '##' + c : c)));
    const pieces = [...new Set(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...tokens.map((token) => token[0] + token.slice(1).replaceAll('##', '')), '!', '?', '#', '-', '(', ')'])];
    const vocab = ids(pieces);
    write(name, {
        added_tokens: pieces.slice(0, 5).map((token, id) => special(id, token)),
        normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase },
        pre_tokenizer: { type: 'BertPreTokenizer' },
        post_processor: lowercase ? template(['[CLS]'], ['[SEP]'], vocab) : { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
        decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
        model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab },
    }, { tokenizer_class: 'BertTokenizer', do_lower_case: lowercase, model_max_length: 512, pad_token: '[PAD]' }, { 'vocab.txt': pieces.map((piece) => piece + '\n').join('') });
}

// SentencePiece: its own trainer; rules of our own, so that the compiled ones stay small. XLM-R's order of ids, T5's, Llama's.
{
    const train = path.join(here, 'train_sentencepiece.py');
    execFileSync('/usr/bin/python3', [train, corpus, temporary]);
    const unigram = JSON.parse(fs.readFileSync(path.join(temporary, 'unigram.json')));
    const bpe = JSON.parse(fs.readFileSync(path.join(temporary, 'bpe.json')));
    const precompiled = { type: 'Precompiled', precompiled_charsmap: unigram.charsmap };
    const model = (name) => fs.readFileSync(path.join(temporary, name + '.model'));
    const xlmr = [['<s>', 0], ['<pad>', 0], ['</s>', 0], ['<unk>', 0], ...unigram.pieces.slice(3), ['<mask>', 0]];
    const mask = xlmr.length - 1;
    write('xlm-roberta', {
        added_tokens: [special(0, '<s>'), special(1, '<pad>'), special(2, '</s>'), special(3, '<unk>'), special(mask, '<mask>', { lstrip: true })],
        normalizer: precompiled,
        pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always', split: true }] },
        post_processor: template(['<s>'], ['</s>'], { '<s>': 0, '</s>': 2 }),
        decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
        model: { type: 'Unigram', unk_id: 3, vocab: xlmr, byte_fallback: false },
    }, { tokenizer_class: 'XLMRobertaTokenizer', model_max_length: 512, pad_token: '<pad>' }, { 'sentencepiece.bpe.model': model('unigram') });
    const t5 = [['<pad>', 0], ['</s>', 0], ['<unk>', 0], ...unigram.pieces.slice(3)];
    write('t5', {
        added_tokens: [special(0, '<pad>'), special(1, '</s>'), special(2, '<unk>')],
        normalizer: { type: 'Sequence', normalizers: [precompiled, { type: 'Strip', strip_left: false, strip_right: true }, { type: 'Replace', pattern: { Regex: ' {2,}' }, content: '▁' }] },
        pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
        post_processor: template([], ['</s>'], { '</s>': 1 }),
        decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
        model: { type: 'Unigram', unk_id: 2, vocab: t5, byte_fallback: false },
    }, { tokenizer_class: 'T5Tokenizer', model_max_length: 512, pad_token: '<pad>' });
    write('llama', {
        added_tokens: [special(0, '<unk>'), special(1, '<s>'), special(2, '</s>')],
        normalizer: { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }] },
        post_processor: template(['<s>'], [], { '<s>': 1 }),
        decoder: { type: 'Sequence', decoders: [{ type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'ByteFallback' }, { type: 'Fuse' }, { type: 'Strip', content: ' ', start: 1, stop: 0 }] },
        model: { type: 'BPE', dropout: null, unk_token: '<unk>', continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: true, byte_fallback: true, vocab: ids(bpe.pieces.map(([piece]) => piece)), merges: bpe.merges },
    }, { tokenizer_class: 'LlamaTokenizer', model_max_length: 1e30, add_bos_token: true }, { 'tokenizer.model': model('bpe') });
}

const texts = [
    'The old fisherman repairs twelve small lanterns.', "A red bicycle doesn't notice its own shadow; they've said so, I'm sure!", 'UPPER lower MiXeD', '  lead  and   trail  ', 'tab\there\nand lines\r\n\r\nend',
    'Der alte Leuchtturm, grün und müde: naïve café Ångström.', 'Zalgo: e\u0301 a\u0308 o\u0302\u0323', 'Старый рыбак чинит сети', 'Ο ΜΙΚΡΟΣ ΦΑΡΟΣ σοφός', '古い灯台は老渔夫 in 2024年', '작은 기차', 'القطار القديم', 'पुराना पुल नदी',
    'emoji 😀👍🏽 👩‍🚀 test', '𝐀𝐁𝐂 𐐀𐐨 𠀀𪚥', 'ﬁ ligature ½ ² Ⅷ', '12345 6789 3.14159 1,000,000', "'s 's't re've 'll", 'under_score and-hyphen e-mail: someone@example.com', 'https://example.com/a?b=c&d=e', 'price: $3.50 (€4) ~ ^ ` |', '&lt;b&gt; &amp;',
    'İstanbul ǅ ß ẞ', 'zero\u200bwidth\u200dand\u00adsoft\ufeffmark', 'non\u00a0breaking\u3000ideographic\u2003em', '###hash ## # sub##word', 'a', ' ', '。、！？「」', '<s> </s> <mask> <pad> [MASK] [CLS] <|endoftext|> <unk> <|startoftext|>', 'word<mask>word <mask> [MASK]end <|endoftext|>text',
    'x'.repeat(120), 'ab'.repeat(40), '～ wave ー ―', 'the quick brown fox '.repeat(8).trim(), '▁under ▁ block', 'mixed日本語text한국어и кириллица', 'Ǆ ŉ ǰ ΐ', '\u0344 \u0958 \u2126 \u212b', 'control\u0001\u007f\u0085x',
];
const golden = [];
for (const name of fs.readdirSync(here).sort()) {
    const file = path.join(here, name, 'tokenizer.json');
    if (!fs.existsSync(file)) continue;
    const own = tk.Tokenizer.fromFile(file);
    const js = await AutoTokenizer.from_pretrained(name);
    for (const sample of texts) {
        const encoding = await own.encode(sample);
        const [expected, types, mask] = [encoding.getIds(), encoding.getTypeIds(), encoding.getAttentionMask()];
        golden.push({ tokenizer: name, text: sample, ids: expected, types, mask });
        const unpadded = expected.filter((_, i) => mask[i]);
        const other = js.encode(sample);
        if (JSON.stringify(other) !== JSON.stringify(unpadded) && !(name === 'roberta' && other.length > 24)) console.log(name, JSON.stringify(sample), 'transformers.js differs');
    }
}
fs.writeFileSync(path.join(here, 'tokens.json'), '[\n' + golden.map((line) => JSON.stringify(line)).join(',\n') + '\n]\n');
fs.rmSync(temporary, { recursive: true });
