using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Format;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Views;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Onnx.Blurring;

/// <summary>
/// Fills the regions that a detector finds with one colour, their mean: nothing else is left of them. Where the detector fails, or gives
/// what is no box or no score, there is no picture.
/// </summary>
internal sealed class OnnxPreviewBlur : IPreviewBlur, IDisposable
{
    private readonly DetectorDeclaration _declaration;
    private readonly OnnxModel _model;
    private readonly ILogger _logger;

    /// <summary>Opens the network of a declaration.</summary>
    /// <exception cref="PipelineException">The file is not the declared one, or its inputs and outputs are not.</exception>
    public OnnxPreviewBlur(string path, ILogger<OnnxPreviewBlur> logger)
    {
        _declaration = DetectorDeclaration.Read(path);
        _logger = logger;
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, _declaration.Model);
        CheckHash(file, _declaration.Sha256);
        _model = OnnxModel.Open(
            OnnxFileReader.Read(file), new SessionOpener(new OnnxOptions { ExecutionProviders = [ExecutionProvider.Cpu] }, NullLogger.Instance), 1);
        try
        {
            _model.RequireInput(_declaration.Input, TensorElementType.Float);
            _model.RequireOutput(_declaration.Boxes, TensorElementType.Float);
            _model.RequireOutput(_declaration.Scores, TensorElementType.Float);
        }
        catch
        {
            _model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public PictureView? Blur(PictureView picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        try
        {
            var pixels = picture.Pixels.ToArray();
            foreach (var region in Detect(picture))
            {
                Fill(picture, pixels, region, _declaration.Margin);
            }

            return picture with { Pixels = pixels };
        }
        catch (Exception e) when (e is PipelineException or OnnxRuntimeException)
        {
            Log.PreviewNotBlurred(_logger, LoggedException.Of(e));
            return null;
        }
    }

    public void Dispose() => _model.Dispose();

    private static void CheckHash(string file, string expected)
    {
        try
        {
            using var stream = File.OpenRead(file);
            if (!Convert.ToHexString(SHA256.HashData(stream)).Equals(expected, StringComparison.OrdinalIgnoreCase))
            {
                throw new PipelineException($"{file} is not the detector that was declared: its SHA-256 is another. Declare the file that you trust.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"{file}, the network of the detector for previews, cannot be read: {e.Message}", e);
        }
    }

    private List<Region> Detect(PictureView picture)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(PictureInput.Of(picture, _declaration), [1, 3, _declaration.Height, _declaration.Width]);
        using var session = _model.Rent();
        using var outputs = _model.Start(session.Resource, [_declaration.Input], [input], [_declaration.Boxes, _declaration.Scores]);
        var boxes = outputs[0].GetTensorDataAsSpan<float>();
        var scores = outputs[1].GetTensorDataAsSpan<float>();
        if (boxes.Length % 4 != 0 || (boxes.Length == 0 ? scores.Length > 0 : scores.Length % (boxes.Length / 4) != 0))
        {
            throw new PipelineException($"{_model.Path} gives {boxes.Length} numbers of boxes and {scores.Length} scores, which do not belong together.");
        }

        var regions = new List<Region>();
        var classes = boxes.Length == 0 ? 0 : scores.Length / (boxes.Length / 4);
        for (var i = 0; i < boxes.Length / 4; i++)
        {
            var score = ScoreOf(scores.Slice(i * classes, classes));
            var region = ToRegion(boxes.Slice(i * 4, 4));
            if (!float.IsFinite(score) || !region.IsFinite)
            {
                throw new PipelineException($"{_model.Path} gives boxes or scores that are not finite.");
            }

            if (score >= _declaration.Threshold)
            {
                regions.Add(region);
            }
        }

        return regions;
    }

    private float ScoreOf(ReadOnlySpan<float> scores)
    {
        var best = float.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
            {
                return float.NaN;
            }

            if (_declaration.Classes is not { } classes || scores.Length == 1 || classes.Contains(i))
            {
                best = Math.Max(best, scores[i]);
            }
        }

        // None of the classes that count: no score is too low to be one.
        return float.IsNegativeInfinity(best) ? -1 : best;
    }

    private Region ToRegion(ReadOnlySpan<float> box)
    {
        var region = _declaration.BoxForm == BoxForm.Corners
            ? new Region(box[0], box[1], box[2], box[3])
            : new Region(box[0] - (box[2] / 2), box[1] - (box[3] / 2), box[0] + (box[2] / 2), box[1] + (box[3] / 2));
        return _declaration.Relative ? region : new Region(
            region.Left / _declaration.Width, region.Top / _declaration.Height, region.Right / _declaration.Width, region.Bottom / _declaration.Height);
    }

    private static void Fill(PictureView picture, byte[] pixels, Region region, float margin)
    {
        var (across, down) = ((region.Right - region.Left) * margin, (region.Bottom - region.Top) * margin);
        var left = ToPixel(region.Left - across, picture.Width, false);
        var right = ToPixel(region.Right + across, picture.Width, true);
        var top = ToPixel(region.Top - down, picture.Height, false);
        var bottom = ToPixel(region.Bottom + down, picture.Height, true);
        if (right <= left || bottom <= top)
        {
            return;
        }

        for (var channel = 0; channel < picture.Channels; channel++)
        {
            var sum = 0L;
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    sum += pixels[(((y * picture.Width) + x) * picture.Channels) + channel];
                }
            }

            var mean = (byte)(sum / ((long)(right - left) * (bottom - top)));
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    pixels[(((y * picture.Width) + x) * picture.Channels) + channel] = mean;
                }
            }
        }
    }

    // Outwards, so that no row or column of a region is left.
    private static int ToPixel(float share, int length, bool isEnd)
    {
        var place = (double)share * length;
        return (int)Math.Clamp(isEnd ? Math.Ceiling(place) : Math.Floor(place), 0, length);
    }
}
