using System.Text;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Testing.Fuzzing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

public sealed class MalformedTokenizerTests : IDisposable
{
    private const string Words = """{"type":"WordPiece","unk_token":"[UNK]","vocab":{"[UNK]":0,"a":1}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenizer");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("""{"model":{"type":"Magic","vocab":{}}}""", "Magic")]
    [InlineData("""{"model":{"vocab":{"a":0}}}""", "type")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1}}}""", "merges")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":["a b"]}}""", "not in the vocabulary")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["ab"]}}""", "merges[0]")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[["a"]]}}""", "merges[0]")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[7]}}""", "merges[0]")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]}}""", "empty")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":-1},"merges":[]}}""", "vocab")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":2000000000},"merges":[]}}""", "2000000000")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0.5},"merges":[]}}""", "vocab")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}}""", "another token")]
    [InlineData("""{"model":{"type":"BPE","vocab":["a"],"merges":[]}}""", "vocab")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":0}}}""", "[UNK]")]
    [InlineData("""{"model":{"type":"WordPiece","unk_token":7,"vocab":{"a":0}}}""", "unk_token")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",0]]}}""", "unk_id")]
    [InlineData("""{"model":{"type":"Unigram","unk_id":3,"vocab":[["a",0]]}}""", "unk_id 3")]
    [InlineData("""{"model":{"type":"Unigram","unk_id":0,"vocab":[["a"]]}}""", "vocab[0]")]
    [InlineData("""{"model":{"type":"Unigram","unk_id":0,"vocab":[["a","b"]]}}""", "vocab[0]")]
    [InlineData("""{"model":{"type":"Unigram","unk_id":0,"vocab":[["a",0],["b",0],["b",0]]}}""", "second time")]
    [InlineData("""{"model":WORDS,"normalizer":{"type":"Magic"}}""", "Magic")]
    [InlineData("""{"model":WORDS,"normalizer":{}}""", "type")]
    [InlineData("""{"model":WORDS,"normalizer":{"type":"Replace","pattern":{"Regex":"("},"content":""}}""", "expression")]
    [InlineData("""{"model":WORDS,"normalizer":{"type":"Replace","pattern":{"Regex":"[[:alpha:]]"},"content":""}}""", "a set within a set")]
    [InlineData("""{"model":WORDS,"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"}}""", "rules")]
    [InlineData("""{"model":WORDS,"normalizer":{"type":"Precompiled","precompiled_charsmap":"/////w=="}}""", "rules")]
    [InlineData("""{"model":WORDS,"normalizer":{"type":"Precompiled","precompiled_charsmap":"!"}}""", "Base64")]
    [InlineData("""{"model":WORDS,"normalizer":{"type":"Sequence","normalizers":{"type":"NFC"}}}""", "array")]
    [InlineData("""{"model":WORDS,"pre_tokenizer":{"type":"UnicodeScripts"}}""", "UnicodeScripts")]
    [InlineData("""{"model":WORDS,"pre_tokenizer":{"type":"Split","pattern":{"String":"a"},"behavior":"Eaten"}}""", "Eaten")]
    [InlineData("""{"model":WORDS,"pre_tokenizer":{"type":"Metaspace","prepend_scheme":"last"}}""", "last")]
    [InlineData("""{"model":WORDS,"pre_tokenizer":{"type":"FixedLength","length":0}}""", "length")]
    [InlineData("""{"model":WORDS,"post_processor":{"type":"Magic"}}""", "Magic")]
    [InlineData("""{"model":WORDS,"post_processor":{"type":"BertProcessing","sep":["a"],"cls":["a",1]}}""", "sep")]
    [InlineData("""{"model":WORDS,"post_processor":{"type":"TemplateProcessing","single":[],"special_tokens":{}}}""", "sequence")]
    [InlineData("""{"model":WORDS,"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}}],"special_tokens":{}}}""", "\"x\"")]
    [InlineData("""{"model":WORDS,"added_tokens":[{"id":-1,"content":"x"}]}""", "added_tokens[0]")]
    [InlineData("""{"model":WORDS,"added_tokens":[{"id":1}]}""", "content")]
    [InlineData("""{"model":WORDS,"truncation":{"max_length":"x"}}""", "max_length")]
    public void Load_MalformedTokenizerJson_NamesFileAndFault(string json, string fault)
    {
        var e = Refuse("tokenizer.json", json.Replace("WORDS", Words, StringComparison.Ordinal));

        Assert.Contains("tokenizer.json", e.Message, StringComparison.Ordinal);
        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NestedWithoutEnd_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"type":"Sequence","normalizers":[""", 10_000));

        Assert.Contains("JSON", Refuse("tokenizer.json", $$"""{"model":{{Words}},"normalizer":{{deep}}""").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.json", """{"a":0}""", "merges.txt")]
    [InlineData("vocab.txt", "a\nb\n", "[UNK]")]
    [InlineData("vocab.txt", "[UNK]\na\na\n", "second time")]
    [InlineData("spiece.model", "no model", "SentencePiece")]
    [InlineData("spiece.model", "", "SentencePiece")]
    [InlineData("tokenizer.bin", "x", "no kind")]
    public void Load_MalformedVocabulary_NamesFileAndFault(string file, string content, string fault) =>
        Assert.Contains(fault, Refuse(file, content).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_MergesOfOneToken_NamesTheLine()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "merges.txt"), "#version: 0.2\nab\n");

        Assert.Contains("\"ab\"", Refuse("vocab.json", """{"a":0}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Absent_IsRefused() => Assert.Throws<PipelineException>(() => TokenizerFiles.Load(Path.Combine(_folder.FullName, "tokenizer.json")));

    [Theory]
    [InlineData("clip", "tokenizer.json")]
    [InlineData("bert-uncased", "tokenizer.json")]
    [InlineData("t5", "tokenizer.json")]
    [InlineData("bert-uncased", "vocab.txt")]
    [InlineData("llama", "tokenizer.model")]
    [InlineData("xlm-roberta", "sentencepiece.bpe.model")]
    public void Load_MutatedFile_LoadsOrIsRefused(string name, string file)
    {
        var sample = File.ReadAllBytes(TokenizerFixtures.PathOf(name, file));
        var path = Path.Combine(_folder.FullName, file);
        for (var seed = 0; seed < 40; seed++)
        {
            File.WriteAllBytes(path, Mutations.Mutate(sample, seed));
            try
            {
                _ = TokenizerFiles.Load(path).Encode("The old fisherman, 日本 😀.");
            }
            catch (PipelineException e)
            {
                Assert.Contains(file, e.Message, StringComparison.Ordinal);
            }
        }
    }

    private PipelineException Refuse(string file, string content)
    {
        var path = Path.Combine(_folder.FullName, file);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return Assert.Throws<PipelineException>(() => TokenizerFiles.Load(path));
    }
}
