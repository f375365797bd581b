using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Graphs;

/// <summary>Reads the elements of constants that lie in files beside a model's.</summary>
/// <param name="path">The model's file, for messages.</param>
/// <param name="locate">Gives the path of a file that the model names beside itself.</param>
internal sealed class ExternalElements(string path, Func<string, string> locate)
{
    /// <summary>The elements of a constant, wherever they lie; null where they are kept in typed fields.</summary>
    /// <exception cref="PipelineException">The file is missing, or too short.</exception>
    public ReadOnlyMemory<byte>? Read(OnnxTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!tensor.IsExternal)
        {
            return tensor.Raw;
        }

        try
        {
            var (location, offset, length) = tensor.Place();
            using var stream = File.OpenRead(locate(location));
            var bytes = length ?? (stream.Length - offset);
            if (offset > stream.Length || bytes > stream.Length - offset || bytes < 0 || bytes > Array.MaxLength)
            {
                throw new PipelineException($"{path} keeps '{tensor.Name}' in '{location}', which ends before it does. Fetch or export the model again.");
            }

            var elements = new byte[bytes];
            stream.Seek(offset, SeekOrigin.Begin);
            stream.ReadExactly(elements);
            return elements;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new PipelineException($"{path} keeps '{tensor.Name}' outside of itself, where it cannot be read: {e.Message}", e);
        }
    }
}
