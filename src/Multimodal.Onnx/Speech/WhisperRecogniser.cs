using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Scheduling;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Speech.Whisper;

namespace Multimodal.Onnx.Speech;

/// <summary>Transcripts by a decoder in Whisper's layout, which looks at the encoder's states. So many windows as runs may be at once are decoded at once.</summary>
internal sealed class WhisperRecogniser : IRecogniser
{
    private readonly WhisperSettings _settings;
    private readonly WhisperTranscriber _transcriber;
    private readonly DecoderGraph _first;
    private readonly DecoderGraph? _next;
    private readonly TensorElementType _statesType;
    private readonly SemaphoreSlim _room;
    private readonly GateEntry? _gateway;

    /// <summary>Takes the decoder's networks over.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The pipeline, for the files that they name.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="decoderWithPast">The second of a pair; null where there is one file.</param>
    /// <param name="runs">How many windows are decoded at once.</param>
    /// <param name="gateway">Where decoding waits for its turn among the runs of other networks; null: nowhere.</param>
    /// <exception cref="PipelineException">A file is absent or malformed, or the networks are not those of a decoder.</exception>
    public WhisperRecogniser(WhisperSettings settings, ModelFolder folder, OnnxModel decoder, OnnxModel? decoderWithPast, int runs, GateEntry? gateway = null)
    {
        _settings = settings;
        _gateway = gateway?.Beside();
        var tokenizer = TokenPreprocessor.LoadTokenizer(new TokenSettings { Tokenizer = settings.Tokenizer }, folder);
        _transcriber = new WhisperTranscriber(settings, WhisperGeneration.Load(folder.CheckedPathOf(settings.Generation), tokenizer), tokenizer);
        _first = new DecoderGraph(decoder);
        _statesType = decoder.RequireInput(DecoderNames.EncoderStates).Type;
        if (_statesType is not (TensorElementType.Float or TensorElementType.Float16))
        {
            throw new PipelineException($"The input '{DecoderNames.EncoderStates}' of {decoder.Path} is {_statesType}; float32 or float16 was expected.");
        }

        _next = decoderWithPast is not null ? new DecoderGraph(decoderWithPast) : _first.IsMerged ? _first : null;
        if (_next is { Past.Count: 0 })
        {
            throw new PipelineException($"{_next.Model.Path} takes no past key values, of which it is to go on. Export it with optimum: --task automatic-speech-recognition-with-past.");
        }

        _room = new SemaphoreSlim(runs);
    }

    public string Output => _settings.States;

    // The decoder looks at all that the encoder gives: it was trained on windows filled up with silence.
    public int StepsOf(int positions, int steps) => steps;

    public async Task<Transcript> TranscribeAsync(SpeechWindow window, double? seconds, string? language, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        try
        {
            using var turn = _gateway is null ? null : await _gateway.EnterAsync();
            return await Task.Run(
                () =>
                {
                    using var decoder = new WhisperDecoder(_first, _next, StatesOf(window));
                    return _transcriber.Transcribe(decoder, seconds, language, cancellationToken);
                },
                cancellationToken);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose()
    {
        _first.Model.Dispose();
        if (_next is not null && _next != _first)
        {
            _next.Model.Dispose();
        }

        _room.Dispose();
    }

    private OrtValue StatesOf(SpeechWindow window)
    {
        long[] shape = [1, window.Rows, window.Columns];
        return _statesType == TensorElementType.Float
            ? OrtValue.CreateTensorValueFromMemory(window.Values, shape)
            : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(window.Values, value => (Float16)value), shape);
    }
}
