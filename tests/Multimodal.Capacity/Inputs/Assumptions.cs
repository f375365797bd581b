using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Capacity.Inputs;

/// <summary>Limits, prices and times of the platform: <c>infra/capacity/parameters.json</c>. None stands in the code.</summary>
internal sealed class Assumptions
{
    private readonly string _path;
    private readonly Dictionary<string, Assumption> _values;

    private Assumptions(string path, Dictionary<string, Assumption> values) => (_path, _values) = (path, values);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyDictionary<string, Assumption> All => _values;

    /// <summary>The value of that name, in the unit that the file says.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public double this[string name] => _values.TryGetValue(name, out var found)
        ? found.Value
        : throw new PipelineException($"{_path} has no '{name}'. Add it with its unit and its source.");

    /// <summary>Reads a file.</summary>
    /// <exception cref="PipelineException">It cannot be read, or a number has no unit or no source.</exception>
    public static Assumptions Read(string path)
    {
        try
        {
            var values = JsonSerializer.Deserialize(File.ReadAllBytes(path), CapacityJson.Default.DictionaryStringAssumption) ?? [];
            foreach (var (name, value) in values)
            {
                if (value.FindFault() is { } fault)
                {
                    throw new PipelineException($"{path}: '{name}' cannot be used: {fault}. Correct it.");
                }
            }

            return new Assumptions(path, values);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PipelineException($"{path} cannot be read: {e.Message} It maps names to numbers with unit and source.", e);
        }
    }

    /// <summary>The same with other values for some, to see what hangs on them.</summary>
    public Assumptions With(string name, double value) => new(_path, new Dictionary<string, Assumption>(_values) { [name] = _values[name] with { Value = value } });
}
