using System.Globalization;
using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Storage;

/// <summary>Keeps features under the identity of their input and the digest of the pipeline that they are for.</summary>
public sealed class FeatureStore
{
    private const string ModalityKey = "modality";
    private const string FactsKey = "facts";
    private const string WindowsKey = "windows";
    private const string TimingKey = "timing";
    private const string ShownName = "shown.";
    private readonly IBlobStore _store;

    /// <summary>Keeps features in a store.</summary>
    public FeatureStore(IBlobStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>The stored features, or null where there are none.</summary>
    public async ValueTask<Features?> FindAsync(
        JobId job, InputIdentity input, string digest, CancellationToken cancellationToken = default)
    {
        if (await _store.ReadAsync(JobPaths.Features(job, input, digest), cancellationToken) is not { } blob)
        {
            return null;
        }

        var file = Safetensors.Read(blob.Content);
        return new Features(
            Enum.Parse<Modality>(file.Metadata[ModalityKey]),
            file.Tensors.ContainsKey(ShownName) ? file.Tensors.Where(pair => pair.Key != ShownName).ToDictionary() : file.Tensors,
            JsonSerializer.Deserialize(file.Metadata[FactsKey], PipelineJson.Default.InputFacts)
                ?? throw new InvalidDataException("Stored features without facts."))
        {
            Shown = file.Tensors.GetValueOrDefault(ShownName),
            Windows = file.Metadata.TryGetValue(WindowsKey, out var windows) ? int.Parse(windows, CultureInfo.InvariantCulture) : null,
            Timing = file.Metadata.TryGetValue(TimingKey, out var timing) ? JsonSerializer.Deserialize(timing, PipelineJson.Default.SoundTiming) : null,
        };
    }

    /// <summary>Stores features.</summary>
    public async ValueTask WriteAsync(
        JobId job, InputIdentity input, string digest, Features features, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        var metadata = new Dictionary<string, string>
        {
            [ModalityKey] = features.Modality.ToString(),
            [FactsKey] = JsonSerializer.Serialize(features.Facts, PipelineJson.Default.InputFacts),
        };
        if (features.Windows is { } windows)
        {
            metadata[WindowsKey] = windows.ToString(CultureInfo.InvariantCulture);
        }

        if (features.Timing is { } timing)
        {
            metadata[TimingKey] = JsonSerializer.Serialize(timing, PipelineJson.Default.SoundTiming);
        }

        var tensors = features.Shown is { } shown ? features.Tensors.Append(KeyValuePair.Create(ShownName, shown)) : features.Tensors;
        await _store.WriteAsync(
            JobPaths.Features(job, input, digest), Safetensors.Write(tensors, metadata), WriteCondition.None, cancellationToken);
    }
}
