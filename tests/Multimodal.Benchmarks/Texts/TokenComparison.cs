using System.Globalization;
using System.Text.Json;
using Multimodal.Benchmarks.Compare;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Testing.Texts;
using Spectre.Console;

namespace Multimodal.Benchmarks.Texts;

/// <summary>
/// CLIP's tokens of 1,000 captions, padded and truncated to 77, beside transformers.js: <c>warm</c>, where both know the words of earlier
/// runs (each keeps 10,000), and <c>cold</c>, where both forget them before each run.
/// </summary>
internal static class TokenComparison
{
    private static readonly string[] Works = ["warm", "cold"];

    public static void Run(CompareSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("tokens");
        try
        {
            ClipTokenizerFiles.Write(Path.Combine(settings.Data, "clip", "bpe_simple_vocab_16e6.txt.gz"), folder.FullName);
            var captions = Captions.Make(settings.Data);
            var captionFile = Path.Combine(folder.FullName, "captions.json");
            File.WriteAllText(captionFile, JsonSerializer.Serialize(captions));
            var tokenizer = TokenizerFiles.Load(Path.Combine(folder.FullName, "tokenizer.json"));
            var idFile = Path.Combine(folder.FullName, "ids.json");
            using var ours = new LocalContender("ours", work =>
            {
                if (work == "cold")
                {
                    tokenizer.Forget();
                }

                foreach (var caption in captions)
                {
                    tokenizer.Encode(caption, 77, TokenPadding.MaxLength);
                }
            });
            using var peer = PeerContender.Start("transformers.js", "tokens.mjs", settings.Modules, folder.FullName, captionFile, idFile);
            Check(tokenizer, captions, idFile);
            var medians = new Comparison([ours, peer], warmups: 10, settings.Runs).Run(Works);
            foreach (var work in Works)
            {
                AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work}: {medians[work][1] / medians[work][0]:0.0} times as fast"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Speed at another result would be none.
    private static void Check(TextTokenizer tokenizer, string[] captions, string idFile)
    {
        var theirs = JsonSerializer.Deserialize<int[][]>(File.ReadAllBytes(idFile))!;
        var equal = captions.Zip(theirs).Count(pair => tokenizer.Encode(pair.First, 77, TokenPadding.MaxLength).Ids.SequenceEqual(pair.Second));
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{equal} of {captions.Length} captions have equal ids"));
    }
}
