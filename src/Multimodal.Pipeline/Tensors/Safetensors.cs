using System.Buffers.Binary;
using System.Text.Json;

namespace Multimodal.Pipeline.Tensors;

/// <summary>
/// The safetensors format: eight bytes of header length (little-endian), a JSON header
/// (name → dtype, shape, data_offsets; <c>__metadata__</c> → text to text), then the tensors' bytes.
/// Format: github.com/huggingface/safetensors.
/// </summary>
public static class Safetensors
{
    /// <summary>The longest header that is read, in bytes, as in the reference implementation.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    private const string MetadataKey = "__metadata__";

    /// <summary>Writes tensors in an order of its own, so that the same content gives the same bytes.</summary>
    public static byte[] Write(
        IEnumerable<KeyValuePair<string, HostTensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);

        // Wider elements first: with a header padded to 8 bytes every tensor is then aligned to its element size.
        var ordered = tensors
            .OrderByDescending(pair => HostTensor.SizeOf(pair.Value.Type))
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .ToArray();
        var header = WriteHeader(ordered, metadata);
        var padded = (header.Length + 7) / 8 * 8;
        var file = new byte[8 + padded + ordered.Sum(pair => (long)pair.Value.Bytes.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(file, padded);
        header.CopyTo(file, 8);
        file.AsSpan(8 + header.Length, padded - header.Length).Fill((byte)' ');
        var offset = 8 + padded;
        foreach (var (_, tensor) in ordered)
        {
            tensor.Bytes.CopyTo(file.AsMemory(offset));
            offset += tensor.Bytes.Length;
        }

        return file;
    }

    /// <summary>Reads tensors; their bytes are slices of the file.</summary>
    /// <exception cref="InvalidDataException">The file is not well-formed.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < 8)
        {
            throw new InvalidDataException("A safetensors file has at least 8 bytes.");
        }

        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > (ulong)Math.Min(MaximumHeaderLength, file.Length - 8))
        {
            throw new InvalidDataException($"The header announces {headerLength} bytes, the file has {file.Length}.");
        }

        var data = file[(8 + (int)headerLength)..];
        try
        {
            using var header = JsonDocument.Parse(file.Slice(8, (int)headerLength));
            return ReadHeader(header.RootElement, data);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"The safetensors header is malformed: {e.Message}", e);
        }
    }

    private static byte[] WriteHeader(KeyValuePair<string, HostTensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", NameOf(tensor.Type));
                json.WriteStartArray("shape");
                foreach (var extent in tensor.Shape)
                {
                    json.WriteNumberValue(extent);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static SafetensorsFile ReadHeader(JsonElement header, ReadOnlyMemory<byte> data)
    {
        var tensors = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in header.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                foreach (var entry in property.Value.EnumerateObject())
                {
                    metadata[entry.Name] = entry.Value.GetString() ?? "";
                }

                continue;
            }

            var shape = property.Value.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32()).ToArray();
            var offsets = property.Value.GetProperty("data_offsets");
            var (begin, end) = (offsets[0].GetInt32(), offsets[1].GetInt32());
            if (begin < 0 || end < begin || end > data.Length)
            {
                throw new InvalidDataException($"The tensor '{property.Name}' lies outside of the file.");
            }

            if (!tensors.TryAdd(property.Name, HostTensor.FromBytes(TypeOf(property.Value.GetProperty("dtype").GetString()), shape, data[begin..end])))
            {
                throw new InvalidDataException($"The tensor '{property.Name}' stands twice in the header.");
            }
        }

        return new SafetensorsFile(tensors, metadata);
    }

    private static string NameOf(TensorType type) => type switch
    {
        TensorType.Float32 => "F32",
        TensorType.Float16 => "F16",
        TensorType.Int64 => "I64",
        TensorType.UInt8 => "U8",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };

    private static TensorType TypeOf(string? name) => name switch
    {
        "F32" => TensorType.Float32,
        "F16" => TensorType.Float16,
        "I64" => TensorType.Int64,
        "U8" => TensorType.UInt8,
        _ => throw new InvalidDataException($"The element type '{name}' is not read here."),
    };
}
