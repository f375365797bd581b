using System.Diagnostics;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Testing.Fuzzing;

/// <summary>Damages samples and has them preprocessed as uploads are: each must be processed or refused, and in time.</summary>
public static class PreprocessorFuzzer
{
    /// <summary>What one file may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Runs a number of mutations, the samples in turn.</summary>
    /// <param name="preprocessor">What is tried.</param>
    /// <param name="samples">Valid files.</param>
    /// <param name="count">How many mutations.</param>
    /// <param name="firstSeed">The first one's seed; those that follow have the next ones.</param>
    public static FuzzReport Run(IPreprocessor preprocessor, IReadOnlyList<InputContent> samples, int count, int firstSeed)
    {
        ArgumentNullException.ThrowIfNull(preprocessor);
        ArgumentNullException.ThrowIfNull(samples);
        var (processed, refused, slowest) = (0, 0, TimeSpan.Zero);
        var failures = new List<string>();
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var sample = samples[seed % samples.Count];
            var content = new InputContent(sample.Name, Mutations.Mutate(sample.Bytes.Span, seed));
            try
            {
                var (isProcessed, time) = Time(preprocessor, content);
                if (time > Limit)
                {
                    // Once more: the machine may have been busy with something else.
                    (isProcessed, time) = Time(preprocessor, content);
                }

                (processed, refused) = isProcessed ? (processed + 1, refused) : (processed, refused + 1);
                slowest = time > slowest ? time : slowest;
                if (time > Limit)
                {
                    failures.Add($"{sample.Name}, seed {seed}: took {time.TotalSeconds:0.0} s");
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

    private static (bool IsProcessed, TimeSpan Time) Time(IPreprocessor preprocessor, InputContent content)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var detected = ContentDetector.Detect(content);
            if (detected.Modality == preprocessor.Modality)
            {
                _ = preprocessor.Preprocess(content, detected.MediaType);
                return (true, Stopwatch.GetElapsedTime(begun));
            }
        }
        catch (InputException e) when (e.Error is { Code.Length: > 0, Message.Length: > 0, Remedy.Length: > 0 })
        {
            // As it should be.
        }

        return (false, Stopwatch.GetElapsedTime(begun));
    }
}
