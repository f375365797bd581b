using System.Numerics.Tensors;
using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Speech;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Onnx.Encoders;

/// <summary>What runs gave for the inputs of one call, window after window: the windows' vectors are added up, and what is said in them written down.</summary>
/// <param name="inputs">The inputs.</param>
/// <param name="recogniser">What reads speech; null where nothing does.</param>
/// <param name="language">The language that is spoken, where the caller says.</param>
/// <param name="cancellationToken">Ends the writing down.</param>
internal sealed class EncodedInputs(IReadOnlyList<Features> inputs, IRecogniser? recogniser, string? language, CancellationToken cancellationToken)
{
    private readonly float[]?[] _sums = new float[inputs.Count][];
    private readonly List<Task<Transcript>>[] _windows = [.. inputs.Select(_ => new List<Task<Transcript>>())];

    /// <summary>What it took.</summary>
    public EncodeLedger Ledger { get; } = new();

    /// <summary>Takes an input's next window.</summary>
    public void Take(int input, BatchedResult<EncodedItem> result)
    {
        Ledger.Note(result.Waited, result.Ran, result.Batch, result.Foreseen);
        var (vector, speech) = result.Result;
        if (_sums[input] is { } sum)
        {
            TensorPrimitives.Add(sum, vector, sum);
        }
        else
        {
            _sums[input] = vector;
        }

        if (recogniser is not null && speech is not null)
        {
            var windows = _windows[input];
            windows.Add(recogniser.TranscribeAsync(speech, inputs[input].Timing?.LengthOf(windows.Count), language, cancellationToken));
        }
    }

    /// <summary>The sum of an input's vectors.</summary>
    public float[] SumOf(int input) => _sums[input]!;

    /// <summary>What is said in an input; null where nothing was to be written down.</summary>
    public async Task<Transcript?> TranscriptOfAsync(int input)
    {
        if (_windows[input].Count == 0)
        {
            return null;
        }

        var windows = await Task.WhenAll(_windows[input]);
        return TranscriptJoiner.Join(windows, inputs[input].Timing ?? SoundTiming.Whole(0, 0));
    }
}
