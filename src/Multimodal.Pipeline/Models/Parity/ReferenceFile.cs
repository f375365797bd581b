using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Models.Parity;

/// <summary>
/// An encoder's references in a safetensors file: for the n-th item <c>{n}/embedding</c> float32 [D], and its features as
/// <c>{n}/{tensor}</c>, without a batch dimension.
/// </summary>
public static class ReferenceFile
{
    private const string Embedding = "embedding";

    /// <summary>Reads references.</summary>
    /// <exception cref="PipelineException">The file is not of that form.</exception>
    public static IReadOnlyList<ReferenceItem> Read(string path, Modality modality)
    {
        try
        {
            return
            [
                .. from pair in Safetensors.Read(File.ReadAllBytes(path)).Tensors
                   let name = pair.Key.Split('/', 2)
                   group (Name: name[1], pair.Value) by int.Parse(name[0], CultureInfo.InvariantCulture) into item
                   orderby item.Key
                   select new ReferenceItem(
                       new Features(
                           modality,
                           item.Where(tensor => tensor.Name != Embedding).ToDictionary(tensor => tensor.Name, tensor => tensor.Value),
                           new InputFacts { MediaType = "application/vnd.safetensors" }),
                       item.Single(tensor => tensor.Name == Embedding).Value.AsSpan<float>().ToArray()),
            ];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or IndexOutOfRangeException or InvalidOperationException)
        {
            throw new PipelineException($"{path} is not a file of references: {e.Message}", e);
        }
    }

    /// <summary>Writes references; features with windows cannot be written.</summary>
    public static byte[] Write(IReadOnlyList<ReferenceItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var tensors = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
        foreach (var (index, item) in items.Index())
        {
            tensors.Add(Name(index, Embedding), HostTensor.Create(item.Embedding.Span, item.Embedding.Length));
            foreach (var (name, tensor) in item.Features.Tensors)
            {
                tensors.Add(Name(index, name), tensor);
            }
        }

        return Safetensors.Write(tensors);
    }

    private static string Name(int index, string tensor) => string.Create(CultureInfo.InvariantCulture, $"{index}/{tensor}");
}
