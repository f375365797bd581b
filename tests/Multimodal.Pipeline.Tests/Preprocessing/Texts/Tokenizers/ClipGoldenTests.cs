using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Testing;
using Multimodal.Testing.Texts;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

/// <summary>CLIP's own tokenizer, from its published merges, beside what CLIP's own code makes of texts.</summary>
public sealed class ClipGoldenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clip");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.json")]
    public void Preprocess_TextsOfClipTokens_GivesTheirIds(string file)
    {
        ClipTokenizerFiles.Write(TestPaths.Data("clip", "bpe_simple_vocab_16e6.txt.gz"), _folder.FullName);
        var tokenizer = TokenizerFiles.Load(Path.Combine(_folder.FullName, file));
        var preprocessor = new TokenPreprocessor(new TokenSettings { Tokenizer = file, MaximumLength = 256 }, tokenizer, new InputLimits());
        using var golden = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Data("golden", "clip-tokens.json")));

        foreach (var entry in golden.RootElement.EnumerateArray())
        {
            var text = entry.GetProperty("text").GetString()!;
            var expected = entry.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64()).ToArray();
            if (expected.Length == 0)
            {
                Assert.Empty(tokenizer.EncodePlain(text));
                continue;
            }

            var features = preprocessor.Preprocess(new InputContent("a.txt", Encoding.UTF8.GetBytes(text)), MediaTypes.Text);
            Assert.Equal([49406, .. expected, 49407], features.Tensors[TokenPreprocessor.InputIds].AsSpan<long>());
        }
    }

    /// <summary>A word of millions of letters whose merges reach from end to end: work by the square of its length would take a minute.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("ha")]
    [InlineData("7")]
    [InlineData("👍")]
    public void Preprocess_OneWordOfFourMebibytes_TakesNoTime(string part)
    {
        ClipTokenizerFiles.Write(TestPaths.Data("clip", "bpe_simple_vocab_16e6.txt.gz"), _folder.FullName);
        var preprocessor = new TokenPreprocessor(
            new TokenSettings { Tokenizer = "vocab.json" }, TokenizerFiles.Load(Path.Combine(_folder.FullName, "vocab.json")), new InputLimits());
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, (4 << 20) / Encoding.UTF8.GetByteCount(part))));
        var begun = Stopwatch.GetTimestamp();

        var features = preprocessor.Preprocess(new InputContent("a.txt", bytes), MediaTypes.Text);

        // Twice over what is asked, for machines that are busy beside.
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 4);
        Assert.Equal([77], features.Tensors[TokenPreprocessor.InputIds].Shape);
    }
}
