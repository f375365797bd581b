using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>The ids of single characters, with one for padding and one for whatever is not listed.</summary>
public sealed class CharacterVocabulary
{
    /// <summary>The entry for positions after a text's end within a batch; its id is 0.</summary>
    public const string Padding = "[PAD]";

    /// <summary>The entry for characters that are not listed.</summary>
    public const string Unknown = "[UNK]";

    private readonly Dictionary<Rune, long> _ids;
    private readonly Lazy<Dictionary<long, string>> _texts;

    private CharacterVocabulary(Dictionary<Rune, long> ids, long unknownId)
    {
        _ids = ids;
        _texts = new Lazy<Dictionary<long, string>>(() => new(ids.ToDictionary(pair => pair.Value, pair => pair.Key.ToString()))
        {
            [0] = Padding,
            [unknownId] = Unknown,
        });
        UnknownId = unknownId;
    }

    /// <summary>The id of characters that are not listed.</summary>
    public long UnknownId { get; }

    /// <summary>The number of characters that are listed, the special entries aside.</summary>
    public int Count => _ids.Count;

    /// <summary>The id of a character.</summary>
    public long IdOf(Rune character) => _ids.GetValueOrDefault(character, UnknownId);

    /// <summary>What an id stands for, or null where it is not listed.</summary>
    public string? FindText(long id) => _texts.Value.GetValueOrDefault(id);

    /// <summary>Reads a vocabulary file: a JSON object of strings to ids.</summary>
    /// <exception cref="PipelineException">The file is absent or malformed.</exception>
    public static CharacterVocabulary Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The vocabulary {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="json">A JSON object: <c>[PAD]</c> to 0, <c>[UNK]</c> and single characters to ids of their own.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <exception cref="PipelineException">It is malformed.</exception>
    public static CharacterVocabulary Parse(ReadOnlySpan<byte> json, string source)
    {
        var entries = Deserialize(json, source);
        if (!entries.TryGetValue(Padding, out var padding) || padding != 0)
        {
            throw new PipelineException($"The vocabulary {source} must map \"{Padding}\" to 0.");
        }

        if (!entries.TryGetValue(Unknown, out var unknown))
        {
            throw new PipelineException($"The vocabulary {source} must map \"{Unknown}\" to an id.");
        }

        var used = new HashSet<int>();
        var ids = new Dictionary<Rune, long>(entries.Count);
        foreach (var (key, id) in entries)
        {
            if (id < 0 || !used.Add(id))
            {
                throw new PipelineException($"The vocabulary {source} maps \"{key}\" to {id}; ids are 0 or more, each given once.");
            }

            if (key is Padding or Unknown)
            {
                continue;
            }

            if (Rune.DecodeFromUtf16(key, out var character, out var length) != System.Buffers.OperationStatus.Done || length != key.Length)
            {
                throw new PipelineException($"The vocabulary {source} lists \"{key}\", which is not a single character.");
            }

            ids[character] = id;
        }

        return new CharacterVocabulary(ids, unknown);
    }

    private static Dictionary<string, int> Deserialize(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PipelineJson.Default.DictionaryStringInt32)
                ?? throw new PipelineException($"The vocabulary {source} is empty.");
        }
        catch (JsonException e)
        {
            throw new PipelineException($"The vocabulary {source} is not a JSON object of characters to ids: {e.Message}", e);
        }
    }
}
