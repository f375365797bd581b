using System.Globalization;
using System.Numerics.Tensors;
using Google.Protobuf;
using Multimodal.Onnx.Graphs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Optimization;

/// <summary>
/// A network whose parts can be made lighter, each by itself, on its ONNX graph. The file is read once and never changed; each
/// <see cref="Write"/> makes another of it. Safe for concurrent use.
/// </summary>
public sealed class LighterGraph
{
    // A message takes 2 GiB at most, and some runtimes read less than that.
    private const long MostInline = 1L << 30;

    // Aligned so that the runtime can map it (onnx/docs/ExternalData.md).
    private const int Alignment = 4096, SmallestOutside = 1024;

    private readonly string _path;
    private readonly LighterFormat _format;
    private readonly IReadOnlyCollection<string> _measured;
    private readonly ReadOnlyMemory<byte> _message;
    private readonly ExternalElements _elements;

    private LighterGraph(string path, ReadOnlyMemory<byte> message, LighterFormat format, IReadOnlyCollection<string> measured, ExternalElements elements)
    {
        (_path, _message, _format, _measured, _elements) = (path, message, format, measured, elements);
        var document = OnnxDocument.Read(path, message);
        (CleanedNodes, CleanedConstants) = Guard(() => GraphCleaner.Clean(document));
        Parts = Guard(() => format == LighterFormat.Half
            ? HalfParts.Find(document, measured)
            : [.. Find(document).Where(part => part.Tensors.All(IsFinite)).Select(part => part.Part)]);
    }

    /// <summary>What can be made lighter, in the order of the file.</summary>
    public IReadOnlyList<LighterPart> Parts { get; }

    /// <summary>How many nodes computed nothing.</summary>
    public int CleanedNodes { get; }

    /// <summary>How many constants were there twice, or for nothing.</summary>
    public int CleanedConstants { get; }

    /// <summary>Reads a network.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="format">How it is made lighter.</param>
    /// <param name="measured">The outputs by which the effect is measured: what does not lead to one of them is left as it is.</param>
    /// <param name="locate">Gives the path of a file that the model names beside itself; it throws where that is not to be read.</param>
    /// <exception cref="PipelineException">The file is no ONNX model.</exception>
    public static LighterGraph Read(string path, LighterFormat format, IReadOnlyCollection<string> measured, Func<string, string> locate)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(locate);
        if (new FileInfo(path) is { Exists: true, Length: > int.MaxValue - 64 })
        {
            throw new PipelineException($"{path} takes more than 2 GiB, which is no ONNX model. Export it with its weights outside of it.");
        }

        return new LighterGraph(path, File.ReadAllBytes(path), format, measured, new ExternalElements(path, locate));
    }

    /// <summary>Writes the network, cleaned, with these parts made lighter.</summary>
    /// <param name="path">The file; where its weights take more than 1 GiB, they go into another beside it, with <c>.data</c> after its name.</param>
    /// <param name="treatments">What becomes of each part; one that is not named stays as it is.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="PipelineException">A weight cannot be read.</exception>
    public IReadOnlyList<string> Write(string path, IReadOnlyDictionary<string, LighterTreatment> treatments)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(treatments);
        return Guard(() =>
        {
            var document = OnnxDocument.Read(_path, _message);
            GraphCleaner.Clean(document);
            Treat(document, treatments);
            GraphCleaner.RemoveDead(document);
            return Save(document, path);
        });
    }

    private void Treat(OnnxDocument document, IReadOnlyDictionary<string, LighterTreatment> treatments)
    {
        if (_format == LighterFormat.Half)
        {
            var lighter = treatments.Where(pair => pair.Value == LighterTreatment.Compute).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
            if (lighter.Count > 0)
            {
                new HalfRewriter(document, lighter, FloatsOf).Rewrite();
            }

            return;
        }

        var known = Parts.Select(part => part.Id).ToHashSet(StringComparer.Ordinal);
        var rewriter = new WeightRewriter(document, FloatsOf);
        foreach (var part in Find(document).Where(part => known.Contains(part.Part.Id)))
        {
            rewriter.Rewrite(part, _format, treatments.GetValueOrDefault(part.Part.Id));
        }
    }

    private IReadOnlyList<WeightPart> Find(OnnxDocument document) => new WeightFinder(document, _format, _measured).Find();

    private List<string> Save(OnnxDocument document, string path)
    {
        var graphs = document.Graph.All.ToList();
        if (graphs.SelectMany(graph => graph.Nodes).SelectMany(node => node.Attributes).Any(attribute => attribute.Tensor is { IsExternal: true }))
        {
            throw new PipelineException($"{_path} keeps constants of nodes outside of itself. Export it with its weights as initialisers.");
        }

        var files = new List<string> { path };
        var total = graphs.SelectMany(graph => graph.Constants).Sum(constant => constant.IsExternal ? constant.Elements * sizeof(float) : constant.InlineBytes);
        if (total > MostInline)
        {
            var outside = path + ".data";
            using var data = File.Create(outside);
            ReplaceConstants(graphs, constant => PutOutside(constant, data, Path.GetFileName(outside)));
            files.Add(outside);
        }
        else
        {
            ReplaceConstants(graphs, constant => constant.IsExternal ? constant.Embed(_elements.Read(constant)!.Value) : constant);
        }

        using var stream = File.Create(path);
        document.Write().WriteTo(stream);
        return files;
    }

    private static void ReplaceConstants(List<OnnxGraph> graphs, Func<OnnxTensor, OnnxTensor> replace)
    {
        foreach (var constants in graphs.Select(graph => graph.Constants))
        {
            for (var i = 0; i < constants.Count; i++)
            {
                constants[i] = replace(constants[i]);
            }
        }
    }

    private OnnxTensor PutOutside(OnnxTensor constant, FileStream data, string location)
    {
        if (_elements.Read(constant) is not { Length: >= SmallestOutside } elements)
        {
            return constant.IsExternal ? constant.Embed(_elements.Read(constant)!.Value) : constant;
        }

        data.SetLength((data.Length + Alignment - 1) / Alignment * Alignment);
        data.Seek(0, SeekOrigin.End);
        var offset = data.Position;
        data.Write(elements.Span);
        return constant.PutOutside(location, offset, elements.Length);
    }

    private float[] FloatsOf(OnnxTensor tensor) => tensor.IsExternal ? tensor.Embed(_elements.Read(tensor)!.Value).Floats() : tensor.Floats();

    private bool IsFinite(OnnxTensor tensor) => float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(FloatsOf(tensor)));

    // What a damaged file leads to is said of the file.
    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException or OverflowException or ArgumentException)
        {
            throw new PipelineException(string.Create(CultureInfo.InvariantCulture, $"{_path} cannot be made lighter: {e.Message}"), e);
        }
    }
}
