using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;

namespace Multimodal.Onnx.Voice;

/// <summary>A network for voice activity on ONNX Runtime, and the checks of its signature.</summary>
internal sealed class OnnxVoiceActivityModel : IVoiceActivityModel
{
    private const int LargestState = 1 << 20;

    /// <exception cref="PipelineException">The network's inputs and outputs are not those of the settings.</exception>
    public OnnxVoiceActivityModel(OnnxModel model, VoiceActivitySettings settings)
    {
        Model = model;
        Settings = settings;
        SamplesShape = Fix(settings.Input, model.RequireInput(settings.Input, TensorElementType.Float), settings.Context + settings.Window);
        model.RequireOutput(settings.Output, TensorElementType.Float);
        if (settings.SampleRateInput.Length > 0)
        {
            SampleRateShape = Fix(settings.SampleRateInput, model.RequireInput(settings.SampleRateInput, TensorElementType.Int64), 1);
        }

        StateShapes = settings.States.ToDictionary(state => state.Key, state => StateShape(state.Key, state.Value));
        string[] known = [settings.Input, settings.SampleRateInput, .. settings.States.Keys];
        if (model.Inputs.Keys.FirstOrDefault(name => !known.Contains(name)) is { } other)
        {
            throw new PipelineException($"{model.Path} asks for the input '{other}', which voiceActivity does not name.");
        }
    }

    public OnnxModel Model { get; }

    public VoiceActivitySettings Settings { get; }

    public long[] SamplesShape { get; }

    public long[]? SampleRateShape { get; }

    /// <summary>By the name of the input.</summary>
    public IReadOnlyDictionary<string, long[]> StateShapes { get; }

    public IVoiceActivityRun Start() => new OnnxVoiceActivityRun(this);

    public void Dispose() => Model.Dispose();

    private long[] StateShape(string input, string output)
    {
        Model.RequireOutput(output, TensorElementType.Float);

        // One recording at a time: every extent that is free is the batch's.
        long[] shape = [.. Model.RequireInput(input, TensorElementType.Float).Select(extent => (long)Math.Max(1, extent))];
        return shape.Aggregate(1L, (product, extent) => product * extent) is > 0 and <= LargestState ? shape : throw new PipelineException(
            $"{Model.Path} has a state '{input}' of shape [{string.Join(',', shape)}]; at most {LargestState} values are kept.");
    }

    // A last extent that is free is that of the samples; the others are the batch's.
    private long[] Fix(string name, int[] declared, int length)
    {
        long[] shape = [.. declared.Select((extent, axis) => extent >= 0 ? extent : axis == declared.Length - 1 ? length : 1L)];
        return shape.Aggregate(1L, (product, extent) => product * extent) == length ? shape : throw new PipelineException(
            $"{Model.Path} takes '{name}' of shape [{string.Join(',', declared)}], in which {length} values do not fit.");
    }
}
