using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;

namespace Multimodal.Onnx.Voice;

/// <summary>A network for voice activity on its way through one recording: its states go from window to window.</summary>
internal sealed class OnnxVoiceActivityRun : IVoiceActivityRun
{
    private readonly OnnxVoiceActivityModel _model;
    private readonly RunOptions _options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly ResourcePool<InferenceSession>.Lease _session;
    private readonly float[] _samples;
    private readonly OrtValue _samplesValue;
    private readonly OrtValue? _rateValue;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _states;

    public OnnxVoiceActivityRun(OnnxVoiceActivityModel model)
    {
        _model = model;
        _session = model.Model.Rent();
        var settings = model.Settings;
        _samples = new float[settings.Context + settings.Window];
        _samplesValue = OrtValue.CreateTensorValueFromMemory(_samples, model.SamplesShape);
        _rateValue = model.SampleRateShape is null
            ? null
            : OrtValue.CreateTensorValueFromMemory(new long[] { settings.SampleRate }, model.SampleRateShape);
        _states = [.. settings.States.Keys.Select(name => model.StateShapes[name]).Select(shape => OrtValue.CreateTensorValueFromMemory(
            new float[shape.Aggregate(1L, (product, extent) => product * extent)], shape))];
        _inputNames = [settings.Input, .. (string[])(_rateValue is null ? [] : [settings.SampleRateInput]), .. settings.States.Keys];
        _outputNames = [settings.Output, .. settings.States.Values];
    }

    public float Process(ReadOnlySpan<float> samples)
    {
        samples.CopyTo(_samples);
        OrtValue[] inputs = [_samplesValue, .. (OrtValue[])(_rateValue is null ? [] : [_rateValue]), .. _states];
        IDisposableReadOnlyCollection<OrtValue> outputs;
        try
        {
            outputs = _session.Resource.Run(_options, _inputNames, inputs, _outputNames);
        }
        catch (OnnxRuntimeException e)
        {
            throw new PipelineException($"{_model.Model.Path} fails on a window of {samples.Length} samples: {e.Message}", e);
        }

        var values = outputs[0].GetTensorDataAsSpan<float>();
        var probability = values.Length == 1 ? values[0] : throw new PipelineException(
            $"{_model.Model.Path} gives '{_model.Settings.Output}' of {values.Length} values; one was expected.");
        outputs[0].Dispose();
        for (var i = 0; i < _states.Length; i++)
        {
            _states[i].Dispose();
            _states[i] = outputs[i + 1];
        }

        return probability;
    }

    public void Dispose()
    {
        _samplesValue.Dispose();
        _rateValue?.Dispose();
        foreach (var state in _states)
        {
            state.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }
}
