using Multimodal.Onnx.Scheduling;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Onnx.Speech;

/// <summary>Opens the recogniser that an encoder's definition asks for.</summary>
internal static class Recognisers
{
    /// <summary>Opens it.</summary>
    /// <param name="folder">The pipeline.</param>
    /// <param name="settings">How speech is written down; null: it is not.</param>
    /// <param name="encoder">The encoder's network.</param>
    /// <param name="open">Opens another file of the pipeline.</param>
    /// <param name="runs">How many windows are decoded at once.</param>
    /// <param name="gateway">Where decoding waits for its turn among the runs of other networks; null: nowhere.</param>
    /// <returns>Null where nothing is written down.</returns>
    /// <exception cref="PipelineException">A file is absent or malformed, or does not go with the others.</exception>
    public static IRecogniser? Open(ModelFolder folder, TranscriptionSettings? settings, OnnxModel encoder, Func<string, OnnxModel> open, int runs, GateEntry? gateway = null)
    {
        switch (settings)
        {
            case null:
                return null;
            case CtcSettings ctc:
                return new CtcRecogniser(ctc, encoder);
            case WhisperSettings whisper:
                encoder.RequireOutput(whisper.States);
                return OpenWhisper(folder, whisper, open, runs, gateway);
            default:
                throw new PipelineException($"No recogniser is known for {settings.GetType().Name}.");
        }
    }

    private static WhisperRecogniser OpenWhisper(ModelFolder folder, WhisperSettings settings, Func<string, OnnxModel> open, int runs, GateEntry? gateway)
    {
        var opened = new List<OnnxModel>();
        try
        {
            opened.Add(open(settings.Decoder));
            if (settings.DecoderWithPast is { } second)
            {
                opened.Add(open(second));
            }

            return new WhisperRecogniser(settings, folder, opened[0], opened.ElementAtOrDefault(1), runs, gateway);
        }
        catch
        {
            opened.ForEach(model => model.Dispose());
            throw;
        }
    }
}
