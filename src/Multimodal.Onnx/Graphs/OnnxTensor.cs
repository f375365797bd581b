using System.Globalization;
using System.Runtime.InteropServices;

namespace Multimodal.Onnx.Graphs;

/// <summary>A constant of a graph (<c>TensorProto</c>).</summary>
internal sealed class OnnxTensor
{
    private const int DimsField = 1, TypeField = 2, FloatsField = 4, NameField = 8, RawField = 9, ExternalField = 13, PlaceField = 14;
    private const int EntryKey = 1, EntryValue = 2, External = 1;

    private readonly List<ProtoField> _fields;

    private OnnxTensor(ReadOnlyMemory<byte> message)
    {
        Message = message;
        _fields = ProtoFields.Read(message);
        Name = _fields.LastOrDefault(item => item.Number == NameField) is { IsDelimited: true } name ? name.Text : "";
        Type = (int)Number(TypeField);
        Dims = [.. ProtoFields.Varints(_fields.Where(item => item.Number == DimsField))];
        IsExternal = Number(PlaceField) == External;
        Elements = CountOf(Dims);
    }

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Message { get; }

    public string Name { get; }

    /// <summary>One of <see cref="ElementType"/>, or another.</summary>
    public int Type { get; }

    public IReadOnlyList<long> Dims { get; }

    /// <summary>How many elements it has.</summary>
    public long Elements { get; }

    /// <summary>Whether its elements lie in a file beside the model's.</summary>
    public bool IsExternal { get; }

    /// <summary>How many bytes its elements take where they lie in the model's file.</summary>
    public long InlineBytes => Message.Length;

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="InvalidDataException">Its extents are no extents.</exception>
    public static OnnxTensor Read(ReadOnlyMemory<byte> message) => new(message);

    /// <summary>Makes a tensor of elements as they lie in memory.</summary>
    public static OnnxTensor Create<T>(string name, int type, IReadOnlyList<long> dims, ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        var message = new ProtoBuilder();
        foreach (var dim in dims)
        {
            message.Add(DimsField, dim);
        }

        message.Add(TypeField, type).Add(NameField, name).Add(RawField, MemoryMarshal.AsBytes(elements).ToArray());
        return new OnnxTensor(message.ToArray());
    }

    /// <summary>The same under another name.</summary>
    public OnnxTensor Rename(string name)
    {
        var message = new ProtoBuilder();
        foreach (var item in _fields.Where(item => item.Number != NameField))
        {
            message.Add(item);
        }

        return new OnnxTensor(message.Add(NameField, name).ToArray());
    }

    /// <summary>The same with its elements in the model's own file.</summary>
    public OnnxTensor Embed(ReadOnlyMemory<byte> elements)
    {
        var message = Without(RawField, ExternalField, PlaceField);
        return new OnnxTensor(message.Add(RawField, elements).ToArray());
    }

    /// <summary>The same with its elements in a file beside the model's.</summary>
    public OnnxTensor PutOutside(string location, long offset, long length)
    {
        var message = Without(RawField, ExternalField, PlaceField);
        foreach (var (key, value) in (IEnumerable<(string, string)>)[("location", location), ("offset", Text(offset)), ("length", Text(length))])
        {
            message.Add(ExternalField, new ProtoBuilder().Add(EntryKey, key).Add(EntryValue, value));
        }

        return new OnnxTensor(message.Add(PlaceField, External).ToArray());
    }

    /// <summary>The elements as they lie in the file; null where they are kept in typed fields.</summary>
    public ReadOnlyMemory<byte>? Raw => _fields.Where(item => item.Number == RawField).Select(item => (ReadOnlyMemory<byte>?)item.Content).LastOrDefault();

    /// <summary>Where its elements lie outside.</summary>
    /// <exception cref="InvalidDataException">It does not say so.</exception>
    public (string Location, long Offset, long? Length) Place()
    {
        var entries = _fields.Where(item => item.Number == ExternalField).Select(item => ProtoFields.Read(item.Content)).ToDictionary(
            entry => entry.First(item => item.Number == EntryKey).Text, entry => entry.First(item => item.Number == EntryValue).Text, StringComparer.Ordinal);
        return (
            entries.TryGetValue("location", out var location) ? location : throw new InvalidDataException($"the tensor '{Name}' does not say where it lies"),
            entries.TryGetValue("offset", out var offset) ? Parse(offset) : 0,
            entries.TryGetValue("length", out var length) ? Parse(length) : null);
    }

    /// <summary>Its elements, where they are float32 and lie in the model's own file.</summary>
    /// <exception cref="InvalidDataException">There are not as many as its extents ask for.</exception>
    public float[] Floats()
    {
        var floats = new float[Elements];
        if (Raw is { } raw)
        {
            Require(raw.Length == floats.LongLength * sizeof(float));
            raw.Span.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan()));
            return floats;
        }

        var at = 0;
        foreach (var item in _fields.Where(item => item.Number == FloatsField))
        {
            // Packed, or one at a time: four bytes each in both.
            Require(item.Content.Length % sizeof(float) == 0 && at + (item.Content.Length / sizeof(float)) <= floats.Length);
            item.Content.Span.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan(at)));
            at += item.Content.Length / sizeof(float);
        }

        Require(at == floats.Length);
        return floats;
    }

    private ProtoBuilder Without(params int[] numbers)
    {
        var message = new ProtoBuilder();
        foreach (var item in _fields.Where(item => !numbers.Contains(item.Number)))
        {
            message.Add(item);
        }

        return message;
    }

    private void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidDataException($"the tensor '{Name}' has not the {Elements} elements that its extents ask for");
        }
    }

    private long Number(int number) => _fields.LastOrDefault(item => item.Number == number) is { Number: > 0 } item ? (long)item.Value : 0;

    private static long CountOf(IReadOnlyList<long> dims)
    {
        var count = 1L;
        foreach (var dim in dims)
        {
            // No array holds more elements.
            if (dim < 0 || (dim > 0 && count > int.MaxValue / dim))
            {
                throw new InvalidDataException($"a tensor of [{string.Join(',', dims)}] cannot be");
            }

            count *= dim;
        }

        return count;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InvalidDataException($"'{text}' is no place in a file");
}
