using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

namespace Multimodal.Pipeline.Speech.Whisper;

/// <summary>The special tokens of a model in Whisper's layout, and what it must not write, as <c>generation_config.json</c> says.</summary>
public sealed record WhisperGeneration
{
    private const int DefaultMaximumLength = 448;
    private const long LargestFile = 16L << 20;

    /// <summary>The token that the decoder begins with.</summary>
    public required int Start { get; init; }

    /// <summary>The token that ends a text; those behind it in the vocabulary are special as well.</summary>
    public required int End { get; init; }

    /// <summary>The token that asks for a text without times; null where the model knows none.</summary>
    public int? NoTimestamps { get; init; }

    /// <summary>The token whose probability at the beginning is that nobody speaks; null where the model has none.</summary>
    public int? NoSpeech { get; init; }

    /// <summary>The tokens of languages by their codes; empty where the model knows one language.</summary>
    public IReadOnlyDictionary<string, int> Languages { get; init; } = new Dictionary<string, int>();

    /// <summary>The tokens of tasks by their names.</summary>
    public IReadOnlyDictionary<string, int> Tasks { get; init; } = new Dictionary<string, int>();

    /// <summary>The tokens that stand behind <see cref="Start"/> where settings say nothing else; null: whatever the model finds likely.</summary>
    public IReadOnlyList<int?> Forced { get; init; } = [];

    /// <summary>Tokens that are never written.</summary>
    public IReadOnlyList<int> Suppressed { get; init; } = [];

    /// <summary>Tokens that no text begins with.</summary>
    public IReadOnlyList<int> SuppressedAtBegin { get; init; } = [];

    /// <summary>The latest time that a text may begin at, counted in times; null: any.</summary>
    public int? LatestBegin { get; init; }

    /// <summary>The most tokens of a text, those it is asked for with among them.</summary>
    public int MaximumLength { get; init; } = DefaultMaximumLength;

    /// <summary>The token of time 0; those behind it are the times that follow. Null where the model writes no times.</summary>
    public int? FirstTime => NoTimestamps + 1;

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tokenizer">Tells what the file leaves out, as old ones do.</param>
    /// <exception cref="PipelineException">It is absent, malformed, or lacks what is needed; the message names the member.</exception>
    public static WhisperGeneration Load(string path, TextTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        using var file = JsonFile.Read(path, ReadBytes(path));
        var root = file.Root;
        return new WhisperGeneration
        {
            Start = root.Get("decoder_start_token_id").AsCount(),
            End = FirstOf(root.Get("eos_token_id")),
            NoTimestamps = root.Find("no_timestamps_token_id")?.AsCount() ?? tokenizer.FindId("<|notimestamps|>"),
            NoSpeech = tokenizer.FindId("<|nospeech|>") ?? tokenizer.FindId("<|nocaptions|>"),
            Languages = Ids(root.Find("lang_to_id")),
            Tasks = Ids(root.Find("task_to_id")),
            Forced = ForcedOf(root.Find("forced_decoder_ids")),
            Suppressed = List(root.Find("suppress_tokens")),
            SuppressedAtBegin = List(root.Find("begin_suppress_tokens")),
            LatestBegin = root.Find("max_initial_timestamp_index")?.AsCount(),
            MaximumLength = root.Find("max_length")?.AsCount() ?? DefaultMaximumLength,
        };
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? File.ReadAllBytes(path)
                : throw new PipelineException($"{path} has more than {LargestFile} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static int FirstOf(ConfigNode node) =>
        node.Element.ValueKind == System.Text.Json.JsonValueKind.Array ? node.Items().First().AsCount() : node.AsCount();

    // Codes are written as the tokens are: <|en|>.
    private static Dictionary<string, int> Ids(ConfigNode? node) =>
        node?.Members().ToDictionary(member => member.Name.Trim('<', '>', '|'), member => member.Value.AsCount(), StringComparer.OrdinalIgnoreCase) ?? [];

    // -1 stood for a default list in old files; nothing is suppressed by it.
    private static List<int> List(ConfigNode? node) =>
        [.. node?.Items().Where(item => item.Element.ToString() != "-1").Select(item => item.AsCount()) ?? []];

    private static List<int?> ForcedOf(ConfigNode? node)
    {
        var forced = new List<int?>();
        foreach (var pair in node?.Items() ?? [])
        {
            var parts = pair.Items().ToList();
            if (parts.Count != 2 || parts[0].AsCount() != forced.Count + 1)
            {
                throw pair.Fault($"must be [{forced.Count + 1}, id]: tokens are forced one behind the other");
            }

            forced.Add(parts[1].IsNull ? null : parts[1].AsCount());
        }

        return forced;
    }
}
