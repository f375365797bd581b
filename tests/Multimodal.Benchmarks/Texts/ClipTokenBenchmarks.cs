using BenchmarkDotNet.Attributes;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Testing.Texts;

namespace Multimodal.Benchmarks.Texts;

/// <summary>CLIP's tokens of 1,000 captions. <c>MULTIMODAL_DATA</c> names the data folder.</summary>
[MemoryDiagnoser]
public class ClipTokenBenchmarks
{
    private string[] _captions = [];
    private TextTokenizer _tokenizer = null!;

    /// <summary>Reads the tokenizer.</summary>
    [GlobalSetup]
    public void Load()
    {
        var data = Environment.GetEnvironmentVariable("MULTIMODAL_DATA") ?? throw new InvalidOperationException("Set MULTIMODAL_DATA to the data folder.");
        var folder = Directory.CreateTempSubdirectory("tokens");
        ClipTokenizerFiles.Write(Path.Combine(data, "clip", "bpe_simple_vocab_16e6.txt.gz"), folder.FullName);
        _tokenizer = TokenizerFiles.Load(Path.Combine(folder.FullName, "tokenizer.json"));
        _captions = Captions.Make(data);
        folder.Delete(recursive: true);
    }

    /// <summary>The words of earlier runs are known.</summary>
    [Benchmark]
    public int Warm()
    {
        var count = 0;
        foreach (var caption in _captions)
        {
            count += _tokenizer.Encode(caption, 77, TokenPadding.MaxLength).Ids.Count;
        }

        return count;
    }

    /// <summary>Every word is encoded anew the first time it comes.</summary>
    [Benchmark]
    public int Cold()
    {
        _tokenizer.Forget();
        return Warm();
    }
}
