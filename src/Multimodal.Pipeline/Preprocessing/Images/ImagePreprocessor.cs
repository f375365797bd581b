using System.Globalization;
using System.Runtime.InteropServices;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Turns a picture into <c>pixel_values</c> float32 [3, height, width] as a Hugging Face image processor does with Pillow: upright by its
/// EXIF orientation, RGB with alpha dropped, resized, cropped, rescaled, normalised. Safe for concurrent use.
/// </summary>
public sealed class ImagePreprocessor : IPreprocessor
{
    /// <summary>The name of the tensor.</summary>
    public const string PixelValues = "pixel_values";

    // How much more than the wanted size a reduced picture keeps: the rest is left to the kernel that is asked for.
    private const int Headroom = 2;

    // 192 MiB of tensor. Without a crop a strip of pixels would become a picture of any length.
    private const long MaximumOutput = 16 << 20;

    private readonly ImageSettings _settings;
    private readonly ImageProcessorConfig _config;
    private readonly ImageReader _reader;
    private readonly float[][] _values;

    /// <summary>Preprocesses with these settings.</summary>
    /// <param name="settings">What is set in <c>pipeline.json</c>; its file has been read.</param>
    /// <param name="config">What that file says.</param>
    /// <param name="decoder">The image library.</param>
    /// <param name="limits">Bounds on inputs.</param>
    public ImagePreprocessor(ImageSettings settings, ImageProcessorConfig config, IImageDecoder decoder, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(limits);
        _settings = settings;
        _config = config;
        _reader = new ImageReader(decoder, limits);
        _values = [config.ValuesOf(0), config.ValuesOf(1), config.ValuesOf(2)];
    }

    /// <inheritdoc/>
    public Modality Modality => Modality.Image;

    /// <inheritdoc/>
    public Features Preprocess(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var source = Open(content, out var geometry);
        var (height, width) = ((int)geometry.Rows.Total, (int)geometry.Columns.Total);
        var plane = height * width;
        var tensor = GC.AllocateUninitializedArray<byte>(checked(3 * plane * sizeof(float)));
        if (IsPadded(geometry))
        {
            var values = MemoryMarshal.Cast<byte, float>(tensor.AsSpan());
            for (var c = 0; c < 3; c++)
            {
                values.Slice(c * plane, plane).Fill(_values[c][0]);
            }
        }

        Resample(source, geometry, (placement, channels) => new TensorSink(tensor, plane, _values, placement, channels));
        return new Features(
            Modality.Image,
            new Dictionary<string, HostTensor> { [PixelValues] = HostTensor.FromBytes(TensorType.Float32, [3, height, width], tensor) },
            ImageReader.FactsOf(content, mediaType, source.Header));
    }

    /// <summary>What the encoder sees before scaling and normalising.</summary>
    /// <param name="content">The file.</param>
    /// <returns>Three channels, uint8 [height, width, RGB].</returns>
    /// <exception cref="InputException">The input is corrupt or beyond a limit.</exception>
    public PixelBuffer PreprocessPixels(InputContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var source = Open(content, out var geometry);
        var (height, width) = ((int)geometry.Rows.Total, (int)geometry.Columns.Total);
        var pixels = new byte[checked(height * width * 3)];
        Resample(source, geometry, (placement, channels) => new PixelSink(pixels, placement, channels));
        return new PixelBuffer(width, height, 3, pixels);
    }

    private PixelRows Open(InputContent content, out ImageGeometry geometry)
    {
        ImageGeometry? arranged = null;
        var source = _reader.Open(content, header =>
        {
            arranged = Arrange(content.Name, header);
            return DecodingOf(arranged, ExifOrientation.SwapsSides(header.Orientation));
        });
        geometry = arranged!;
        return source;
    }

    private static bool IsPadded(ImageGeometry geometry) =>
        geometry.Columns.Count < geometry.Columns.Total || geometry.Rows.Count < geometry.Rows.Total;

    private ImageGeometry Arrange(string name, ImageHeader header)
    {
        var swaps = ExifOrientation.SwapsSides(header.Orientation);
        var geometry = _config.GeometryOf(swaps ? header.Height : header.Width, swaps ? header.Width : header.Height);
        var (width, height) = (geometry.Columns.Total, geometry.Rows.Total);
        if (Math.Max(geometry.ResizedWidth, geometry.ResizedHeight) > int.MaxValue / 4 || width * height > MaximumOutput)
        {
            throw new InputException(
                InputErrorCodes.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' has {header.Width}×{header.Height} pixels, of which this encoder would be given {width}×{height}; at most {MaximumOutput} are made."),
                "Send a picture whose sides differ less.");
        }

        return geometry;
    }

    private void Resample(PixelRows source, ImageGeometry geometry, Func<Placement, int, IRowSink> sinkOf)
    {
        var header = source.Header;
        var swaps = ExifOrientation.SwapsSides(header.Orientation);

        // The picture is resampled as it is stored, and its rows and columns are put upright as they are written.
        var mirrorsColumns = header.Orientation is 2 or 3 or 7 or 8;
        var mirrorsRows = header.Orientation is 3 or 4 or 6 or 7;
        var (across, down) = swaps
            ? ((geometry.ResizedHeight, geometry.Rows), (geometry.ResizedWidth, geometry.Columns))
            : ((geometry.ResizedWidth, geometry.Columns), (geometry.ResizedHeight, geometry.Rows));
        using var columns = AxisOf(source.Width, source.Extent.Width, across, mirrorsColumns);
        using var rows = AxisOf(source.Height, source.Extent.Height, down, mirrorsRows);

        var channels = source.Channels == 1 ? 1 : 3;
        using var resampler = new PictureResampler(source, columns, rows, columnsFirst: swaps, channels);
        var stride = (int)geometry.Columns.Total;
        var columnStep = (swaps ? stride : 1) * (mirrorsColumns ? -1 : 1);
        var rowStep = (swaps ? 1 : stride) * (mirrorsRows ? -1 : 1);
        var origin = ((int)geometry.Rows.Padding * stride) + (int)geometry.Columns.Padding
            - (mirrorsColumns ? (columns.Count - 1) * columnStep : 0)
            - (mirrorsRows ? (rows.Count - 1) * rowStep : 0);
        resampler.Run(sinkOf(new Placement(origin, columnStep, rowStep), channels));
    }

    private ImageDecoding DecodingOf(ImageGeometry geometry, bool swaps)
    {
        var decoding = new ImageDecoding { ConvertProfiles = _settings.ConvertProfiles };
        if (!_settings.FastJpeg || _config.Resize is null || _config.Filter == ResamplingFilter.Nearest)
        {
            return decoding;
        }

        var (width, height) = ((int)(geometry.ResizedWidth * Headroom), (int)(geometry.ResizedHeight * Headroom));
        return decoding with { LeastWidth = swaps ? height : width, LeastHeight = swaps ? width : height };
    }

    private ResamplingAxis AxisOf(int input, double extent, (long Resized, ImageSpan Span) side, bool mirrored) => ResamplingAxis.Create(
        input,
        extent,
        (int)side.Resized,
        (int)side.Span.Kept..(int)(side.Span.Kept + side.Span.Count),
        mirrored,
        _config.Resize is null ? ResamplingFilter.Nearest : _config.Filter);
}
