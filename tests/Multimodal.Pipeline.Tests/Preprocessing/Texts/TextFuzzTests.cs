using System.Diagnostics;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;
using Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;
using Multimodal.Testing.Fuzzing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts;

/// <summary>Damaged files of each format and encoding: detected, then refused or processed.</summary>
public sealed class TextFuzzTests
{
    private const int Seeds = 5;

    public static TheoryData<TextFormat, string, string> Samples => new()
    {
        { TextFormat.Plain, "utf-8", "Старый рыбак, naïve café, 日本語 😀 e\u0301." },
        { TextFormat.Auto, "utf-16", "The old fisherman repairs his nets 😀." },
        { TextFormat.Auto, "utf-32", "The old fisherman repairs his nets 😀." },
        { TextFormat.Auto, "windows-1252", "Der alte Leuchtturm steht am Rand der Stadt, grün und müde." },
        { TextFormat.Plain, "shift_jis", "古い灯台は港の端に立っています。" },
        { TextFormat.Plain, "gb18030", "老渔夫在海边修补他的网。" },
        { TextFormat.Html, "utf-8", "<!doctype html><title>a</title><p hidden>b<p>c&amp;&#x41;<script>d</script><ul><li>e<li>f</ul><!--g-->" },
        { TextFormat.Json, "utf-8", """[{"caption":"The \u00e9 old\n","x":[1,"y",null]},{"caption":"b"}]""" },
        { TextFormat.Subtitles, "utf-8", "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v A>one &lt; two</v>\n\n00:03.000 --> 00:04.000\n{\\an8}three" },
        { TextFormat.Markdown, "utf-8", "# A *b* [c](d)\n\n- e\n  1. `f`\n\n> g[^1]\n\n|h|i|\n|-|-|\n|j|k|\n\n[^1]: l\n" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Preprocess_MutatedFile_IsProcessedOrRefused(TextFormat format, string encoding, string text)
    {
        var encoder = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] sample = [.. encoding == "utf-8" ? [] : encoder.GetPreamble(), .. encoder.GetBytes(text)];
        var preprocessor = new TokenPreprocessor(
            new TokenSettings { Tokenizer = "tokenizer.json", Format = format }, TokenizerFixtures.Load("bert-cased"), new InputLimits());
        Assert.NotEmpty(Run(sample)!.Facts.Excerpt!);
        for (var seed = 0; seed < Seeds; seed++)
        {
            Run(Mutations.Mutate(sample, seed));
        }

        Features? Run(byte[] bytes)
        {
            var begun = Stopwatch.GetTimestamp();
            try
            {
                var content = new InputContent("a.txt", bytes);
                var detected = ContentDetector.Detect(content);
                return detected.Modality == Modality.Text ? preprocessor.Preprocess(content, detected.MediaType) : null;
            }
            catch (InputException e)
            {
                Assert.NotEmpty(e.Error.Remedy);
                return null;
            }
            finally
            {
                Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(2), "It took more than two seconds.");
            }
        }
    }
}
