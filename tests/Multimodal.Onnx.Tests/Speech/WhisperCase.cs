using System.Text.Json;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Onnx.Tests.Speech;

/// <summary>What make_speech.py says that a decoding gives: whole texts in torch, without a cache.</summary>
public sealed record WhisperCase(
    int Seed, string Language, bool Times, int Beam, double? LengthPenalty, int Maximum, int[] Tokens, double LogProbability, double NoSpeech)
{
    public static IReadOnlyList<WhisperCase> All { get; } = Read("expected.json", item => new WhisperCase(
        item.GetProperty("seed").GetInt32(),
        item.GetProperty("language").GetString()!,
        item.GetProperty("times").GetBoolean(),
        item.GetProperty("beam").GetInt32(),
        item.GetProperty("lengthPenalty") is { ValueKind: JsonValueKind.Number } penalty ? penalty.GetDouble() : null,
        item.GetProperty("maximum").GetInt32(),
        [.. item.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())],
        item.GetProperty("logProbability").GetDouble(),
        item.GetProperty("noSpeech").GetDouble()));

    /// <summary>What transformers.js gives for the same: seed, language, maximum and text.</summary>
    public static IReadOnlyList<(int Seed, string Language, int Maximum, string Text)> Peer { get; } = Read("peer.json", item => (
        item.GetProperty("seed").GetInt32(), item.GetProperty("language").GetString()!, item.GetProperty("maximum").GetInt32(), item.GetProperty("text").GetString()!));

    /// <summary>The features that a case is made of, [80, 500].</summary>
    public static float[] Features(int seed) => SmallModels.Numbers(80 * 500, seed);

    private static List<T> Read<T>(string file, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SmallModels.FolderOf("whisper-speech"), file)));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(read)];
    }
}
