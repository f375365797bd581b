using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Speech.Ctc;

namespace Multimodal.Onnx.Speech;

/// <summary>Transcripts of the scores that a network with connectionist temporal classification gives.</summary>
internal sealed class CtcRecogniser : IRecogniser
{
    private readonly CtcSettings _settings;
    private readonly CtcDecoder _decoder;
    private readonly string _path;

    /// <exception cref="PipelineException">The network has no such output, or one of other labels.</exception>
    public CtcRecogniser(CtcSettings settings, OnnxModel model)
    {
        (_settings, _path) = (settings, model.Path);
        _decoder = new CtcDecoder(settings);
        var (_, shape) = model.RequireOutput(settings.Output);
        if (shape.Length > 0 && (shape.Length != 3 || (shape[2] >= 0 && shape[2] != settings.Labels.Count)))
        {
            throw new PipelineException(
                $"The output '{settings.Output}' of {model.Path} is of shape [{string.Join(',', shape)}], not [N,steps,{settings.Labels.Count}] for the labels that pipeline.json lists.");
        }
    }

    public string Output => _settings.Output;

    public int StepsOf(int positions, int steps) => positions == 0 ? steps : Math.Min(steps, _settings.StepsOf(positions));

    public Task<Transcript> TranscribeAsync(SpeechWindow window, double? seconds, string? language, CancellationToken cancellationToken)
    {
        if (window.Columns != _settings.Labels.Count)
        {
            throw new PipelineException($"{_path} gave {window.Columns} scores a step for {_settings.Labels.Count} labels.");
        }

        // A recording's last window may be filled up with silence, in which nothing is to be heard.
        var rows = seconds is { } length ? Math.Min(window.Rows, (int)Math.Min(Math.Ceiling(length / _settings.StrideSeconds), int.MaxValue)) : window.Rows;
        var scores = window.First(rows);
        return scores.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
            ? throw new PipelineException($"{_path} gave scores that are not finite.")
            : Task.FromResult(_decoder.Decode(scores));
    }

    public void Dispose()
    {
        // The encoder's network is the encoder's.
    }
}
