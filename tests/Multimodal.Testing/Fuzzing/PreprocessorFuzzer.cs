using System.Diagnostics;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Testing.Fuzzing;

/// <summary>Damages samples and has them preprocessed as uploads are: each must be processed or refused, and in time.</summary>
public static class PreprocessorFuzzer
{
    /// <summary>Stands for a code where a damaged file was recognised as something for another encoder.</summary>
    public const string OtherModality = "other-modality";

    /// <summary>What one file may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Runs a number of mutations, the samples in turn.</summary>
    /// <param name="preprocessor">What is tried.</param>
    /// <param name="samples">Valid files.</param>
    /// <param name="count">How many mutations.</param>
    /// <param name="firstSeed">The first one's seed; those that follow have the next ones.</param>
    /// <param name="limit">What one file may take; null: <see cref="Limit"/>.</param>
    public static FuzzReport Run(
        IPreprocessor preprocessor, IReadOnlyList<InputContent> samples, int count, int firstSeed, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(preprocessor);
        ArgumentNullException.ThrowIfNull(samples);
        var most = limit ?? Limit;
        var (processed, slowest) = (0, TimeSpan.Zero);
        var refused = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var seed = firstSeed + i;
            var sample = samples[(int)((uint)seed % samples.Count)];
            var content = new InputContent(sample.Name, Mutations.Mutate(sample.Bytes.Span, seed));
            try
            {
                var (code, time) = Time(preprocessor, content);
                if (time > most)
                {
                    // Once more: the machine may have been busy with something else.
                    (code, time) = Time(preprocessor, content);
                }

                slowest = time > slowest ? time : slowest;
                if (time > most)
                {
                    failures.Add($"{sample.Name}, seed {seed}: took {time.TotalSeconds:0.0} s");
                }
                else if (code is null)
                {
                    processed++;
                }
                else
                {
                    refused[code] = refused.GetValueOrDefault(code) + 1;
                }
            }
#pragma warning disable CA1031 // Any other exception is what is looked for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures.Add($"{sample.Name}, seed {seed}: {e.GetType().Name}: {e.Message}");
            }
        }

        return new FuzzReport(processed, refused, failures, slowest);
    }

    // The code of what refused it, or null where it was processed.
    private static (string? Code, TimeSpan Time) Time(IPreprocessor preprocessor, InputContent content)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var detected = ContentDetector.Detect(content);
            if (detected.Modality != preprocessor.Modality)
            {
                return (OtherModality, Stopwatch.GetElapsedTime(begun));
            }

            var features = preprocessor.Preprocess(content, detected.MediaType);
            var time = Stopwatch.GetElapsedTime(begun);
            foreach (var (name, tensor) in features.Tensors)
            {
                Check(name, tensor);
            }

            return (null, time);
        }
        catch (InputException e) when (e.Error is { Code.Length: > 0, Message.Length: > 0, Remedy.Length: > 0 })
        {
            return (e.Error.Code, Stopwatch.GetElapsedTime(begun));
        }
    }

    private static void Check(string name, HostTensor tensor)
    {
        if (tensor.ElementCount == 0)
        {
            throw new InvalidOperationException($"{name} has no elements.");
        }

        if (tensor.Type != TensorType.Float32)
        {
            return;
        }

        foreach (var value in tensor.AsSpan<float>())
        {
            if (!float.IsFinite(value))
            {
                throw new InvalidOperationException($"{name} holds {value}.");
            }
        }
    }
}
