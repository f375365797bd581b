using System.Globalization;
using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Reads an image processor's configuration member by member; whatever may change pixels must be understood.</summary>
internal sealed class ImageProcessorConfigReader(string name)
{
    private const int GreatestSide = 16_384;

    /// <summary>Members that are understood.</summary>
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "image_processor_type", "feature_extractor_type", "do_resize", "size", "default_to_square", "resample", "do_center_crop", "crop_size",
        "crop_pct", "do_rescale", "rescale_factor", "do_normalize", "image_mean", "image_std", "data_format", "input_data_format",
    };

    /// <summary>Members that change nothing: what pictures are converted to is RGB in any case, and the others are for Python.</summary>
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.Ordinal)
    {
        "do_convert_rgb", "processor_class", "auto_map", "_valid_processor_keys", "_processor_class", "_name_or_path", "name_or_path",
        "transformers_version", "return_tensors", "device", "use_fast", "disable_grouping", "do_reduce_labels", "reduce_labels",
    };

    /// <exception cref="PipelineException">It is malformed or not understood.</exception>
    public ImageProcessorConfig Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("image_processor", out var nested))
            {
                root = nested;
            }

            return root.ValueKind == JsonValueKind.Object ? Read(root) : throw Fault("it is not an object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is for texts that are not Unicode.
            throw new PipelineException($"The image processor's configuration '{name}' is not JSON: {e.Message}", e);
        }
    }

    private ImageProcessorConfig Read(JsonElement root)
    {
        var type = FindText(root, "image_processor_type") ?? FindText(root, "feature_extractor_type");
        var kind = type is null ? null : ImageProcessorKind.Find(type) ?? throw Fault(
            $"the kind '{type}' is not understood; those that are: {string.Join(", ", ImageProcessorKind.All.Select(k => k.Name + "ImageProcessor"))}");
        CheckMembers(root, type, kind);
        if (kind is null)
        {
            Demand(root, "size", "resample", "image_mean", "image_std");
        }

        var resizes = Flag(root, "do_resize", true);
        var size = SizeOf(root, kind);
        var crop = CropOf(root, kind);
        if (kind is { CropsByShare: true })
        {
            (size, crop) = ByShare(root, size);
            crop = resizes ? crop : null;
        }

        var normalises = Flag(root, "do_normalize", true);
        return new ImageProcessorConfig
        {
            Type = type,
            Resize = resizes ? size : null,
            Filter = FilterOf(root, kind),
            Crop = crop,
            RescaleFactor = Flag(root, "do_rescale", true) ? FactorOf(root) : null,
            Mean = normalises ? Channels(root, "image_mean", kind?.Mean) : null,
            Deviation = normalises ? Deviations(root, kind) : null,
        };
    }

    private void CheckMembers(JsonElement root, string? type, ImageProcessorKind? kind)
    {
        foreach (var member in root.EnumerateObject())
        {
            if (Understood.Contains(member.Name) || WithoutEffect.Contains(member.Name) ||
                member.Value.ValueKind is JsonValueKind.Null or JsonValueKind.False)
            {
                continue;
            }

            throw Fault($"the member '{member.Name}' is not understood and may change what the encoder sees");
        }

        foreach (var format in (ReadOnlySpan<string>)["data_format", "input_data_format"])
        {
            if (FindText(root, format) is { } order && order != "channels_first" && !(format == "input_data_format" && order == "channels_last"))
            {
                throw Fault($"the member '{format}' is '{order}'; only 'channels_first' is made");
            }
        }

        if (kind is { CropsByShare: false } && Find(root, "crop_pct") is not null)
        {
            throw Fault($"the member 'crop_pct' means nothing to {type}");
        }

        if (kind is { Crop: null } && Flag(root, "do_center_crop", false))
        {
            throw Fault($"the member 'do_center_crop' is true, but {type} does not crop");
        }
    }

    private void Demand(JsonElement root, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (Find(root, member) is null)
            {
                throw Fault($"it names no 'image_processor_type', so the member '{member}' must be there");
            }
        }

        if (Find(root, "size") is { ValueKind: JsonValueKind.Number } && Find(root, "default_to_square") is null)
        {
            throw Fault("it names no 'image_processor_type', so the member 'size' must say whether it is the shorter edge or both sides");
        }
    }

    private ImageResize SizeOf(JsonElement root, ImageProcessorKind? kind)
    {
        var shorter = !Flag(root, "default_to_square", !(kind?.NumberIsShorterEdge ?? false));
        if (Find(root, "size") is not { } size)
        {
            var usual = kind?.Size ?? throw Fault("the member 'size' is missing");
            return kind.NumberIsShorterEdge ? ImageResize.ByShorterEdge(usual) : ImageResize.Exactly(usual, usual);
        }

        switch (size.ValueKind)
        {
            case JsonValueKind.Number:
                var edge = Side(size, "size");
                return shorter ? ImageResize.ByShorterEdge(edge) : ImageResize.Exactly(edge, edge);
            case JsonValueKind.Array when size.GetArrayLength() == 2:
                return ImageResize.Exactly(Side(size[1], "size"), Side(size[0], "size"));
            case JsonValueKind.Object:
                return SizeOf(size);
            default:
                throw Fault("the member 'size' is neither a number nor an object");
        }
    }

    private ImageResize SizeOf(JsonElement size)
    {
        CheckSides(size, "size", "shortest_edge", "longest_edge", "height", "width");
        if (Find(size, "height") is { } height && Find(size, "width") is { } width && Find(size, "shortest_edge") is null)
        {
            return ImageResize.Exactly(Side(width, "size.width"), Side(height, "size.height"));
        }

        if (Find(size, "shortest_edge") is { } shortest && Find(size, "height") is null && Find(size, "width") is null)
        {
            var edge = Side(shortest, "size.shortest_edge");
            return ImageResize.ByShorterEdge(edge, Find(size, "longest_edge") is { } longest ? Side(longest, "size.longest_edge") : null);
        }

        throw Fault("the member 'size' must hold either 'shortest_edge' or both 'height' and 'width'");
    }

    private (int Width, int Height)? CropOf(JsonElement root, ImageProcessorKind? kind)
    {
        if (!Flag(root, "do_center_crop", kind?.Crop is not null))
        {
            return null;
        }

        if (Find(root, "crop_size") is not { } crop)
        {
            var usual = kind?.Crop ?? throw Fault("the member 'crop_size' is missing");
            return (usual, usual);
        }

        switch (crop.ValueKind)
        {
            case JsonValueKind.Number:
                var side = Side(crop, "crop_size");
                return (side, side);
            case JsonValueKind.Array when crop.GetArrayLength() == 2:
                return (Side(crop[1], "crop_size"), Side(crop[0], "crop_size"));
            case JsonValueKind.Object:
                CheckSides(crop, "crop_size", "height", "width");
                return Find(crop, "height") is { } height && Find(crop, "width") is { } width
                    ? (Side(width, "crop_size.width"), Side(height, "crop_size.height"))
                    : throw Fault("the member 'crop_size' must hold both 'height' and 'width'");
            default:
                throw Fault("the member 'crop_size' is neither a number nor an object");
        }
    }

    /// <summary>ConvNeXT: below 384 the shorter edge becomes size ÷ crop_pct and size × size is cut out; from 384 on nothing is cut off.</summary>
    private (ImageResize Size, (int Width, int Height)? Crop) ByShare(JsonElement root, ImageResize size)
    {
        const int Warped = 384;
        if (size is not { ShorterEdge: { } edge, LongestEdge: null })
        {
            throw Fault("the member 'size' must hold 'shortest_edge' alone");
        }

        var share = Number(root, "crop_pct", 224 / 256.0);
        return edge >= Warped
            ? (ImageResize.Exactly(edge, edge), null)
            : share is > 0.01 and <= 1
                ? (ImageResize.ByShorterEdge((int)(edge / share)), (edge, edge))
                : throw Fault("the member 'crop_pct' is not within 0.01 to 1");
    }

    private ResamplingFilter FilterOf(JsonElement root, ImageProcessorKind? kind)
    {
        if (Find(root, "resample") is not { } resample)
        {
            return kind?.Filter ?? throw Fault("the member 'resample' is missing");
        }

        return resample.ValueKind == JsonValueKind.Number && resample.TryGetInt32(out var number) && Enum.IsDefined((ResamplingFilter)number)
            ? (ResamplingFilter)number
            : throw Fault($"the member 'resample' is {resample.GetRawText()}; Pillow's filters are 0 to 5");
    }

    private double FactorOf(JsonElement root) => Number(root, "rescale_factor", 1 / 255.0) is > 0 and var factor
        ? factor
        : throw Fault("the member 'rescale_factor' must be above 0");

    private float[] Deviations(JsonElement root, ImageProcessorKind? kind)
    {
        var deviations = Channels(root, "image_std", kind?.Deviation);
        return deviations.All(deviation => deviation > 0) ? deviations : throw Fault("the member 'image_std' must be above 0");
    }

    private float[] Channels(JsonElement root, string member, IReadOnlyList<float>? usual)
    {
        if (Find(root, member) is not { } values)
        {
            return usual is null ? throw Fault($"the member '{member}' is missing") : [.. usual];
        }

        if (values.ValueKind == JsonValueKind.Number)
        {
            var value = Single(values, member);
            return [value, value, value];
        }

        return values.ValueKind == JsonValueKind.Array && values.GetArrayLength() == 3
            ? [.. values.EnumerateArray().Select(value => Single(value, member))]
            : throw Fault($"the member '{member}' must hold three numbers, for red, green and blue");
    }

    private float Single(JsonElement value, string member) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && float.IsFinite(number)
            ? number
            : throw Fault($"the member '{member}' holds {value.GetRawText()}, which is no number");

    private double Number(JsonElement root, string member, double otherwise) =>
        Find(root, member) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Fault($"the member '{member}' is {value.GetRawText()}, not a number");

    private int Side(JsonElement value, string member) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var side) && side is >= 1 and <= GreatestSide && side == Math.Floor(side)
            ? (int)side
            : throw Fault(string.Create(
                CultureInfo.InvariantCulture, $"the member '{member}' is {value.GetRawText()}, not a whole number from 1 to {GreatestSide}"));

    private bool Flag(JsonElement root, string member, bool otherwise) => Find(root, member) is not { } value ? otherwise : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault($"the member '{member}' is {value.GetRawText()}, neither true nor false"),
    };

    private string? FindText(JsonElement root, string member) => Find(root, member) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Fault($"the member '{member}' is {value.GetRawText()}, not a text");

    private void CheckSides(JsonElement size, string member, params ReadOnlySpan<string> known)
    {
        foreach (var side in size.EnumerateObject())
        {
            if (!known.Contains(side.Name) && side.Value.ValueKind != JsonValueKind.Null)
            {
                throw Fault($"the member '{member}.{side.Name}' is not understood");
            }
        }
    }

    private static JsonElement? Find(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private PipelineException Fault(string what) => new($"The image processor's configuration '{name}' cannot be used: {what}.");
}
