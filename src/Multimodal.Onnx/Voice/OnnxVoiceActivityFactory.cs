using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Onnx.Format;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;

namespace Multimodal.Onnx.Voice;

/// <summary>
/// Opens networks for voice activity with ONNX Runtime, on the processor: they are so small, and so many runs must wait for each other, that
/// the way to a GPU and back would take longer than the work.
/// </summary>
public sealed class OnnxVoiceActivityFactory : IVoiceActivityFactory
{
    private readonly SessionOpener _sessions =
        new(new OnnxOptions { ExecutionProviders = [ExecutionProvider.Cpu] }, NullLogger.Instance);

    /// <inheritdoc/>
    public IVoiceActivityModel Open(string path, VoiceActivitySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var model = OnnxModel.Open(OnnxFileReader.Read(path), _sessions, 1);
        try
        {
            return new OnnxVoiceActivityModel(model, settings);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
