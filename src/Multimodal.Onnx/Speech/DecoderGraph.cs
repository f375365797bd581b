using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Speech;

/// <summary>One ONNX file of a decoder, and the checks of its signature.</summary>
internal sealed class DecoderGraph
{
    private static readonly string[] Known =
        [DecoderNames.InputIds, DecoderNames.EncoderStates, DecoderNames.UseCache, DecoderNames.CachePosition];

    /// <exception cref="PipelineException">It takes or gives something else than decoders do.</exception>
    public DecoderGraph(OnnxModel model)
    {
        Model = model;
        model.RequireInput(DecoderNames.InputIds, TensorElementType.Int64);
        var (logits, _) = model.RequireOutput(DecoderNames.Logits);
        if (logits is not (TensorElementType.Float or TensorElementType.Float16))
        {
            throw new PipelineException($"The output '{DecoderNames.Logits}' of {model.Path} is {logits}; float32 or float16 was expected.");
        }

        Inputs = [.. model.Inputs.Keys];
        Past = [.. Inputs.Where(name => name.StartsWith(DecoderNames.Past, StringComparison.Ordinal))];
        Present = [.. model.Outputs.Keys.Where(name => name.StartsWith(DecoderNames.Present, StringComparison.Ordinal))];
        if (Inputs.FirstOrDefault(name => !Known.Contains(name) && !Past.Contains(name)) is { } other)
        {
            throw new PipelineException(
                $"{model.Path} asks for the input '{other}', which is none of a decoder in Whisper's layout. Export it with optimum: optimum-cli export onnx --task automatic-speech-recognition-with-past.");
        }
    }

    public OnnxModel Model { get; }

    /// <summary>The inputs' names, in the file's order.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The inputs of keys and values of earlier tokens.</summary>
    public IReadOnlyList<string> Past { get; }

    /// <summary>The outputs of keys and values.</summary>
    public IReadOnlyList<string> Present { get; }

    /// <summary>Whether one file holds both the first step and those that follow.</summary>
    public bool IsMerged => Inputs.Contains(DecoderNames.UseCache);

    public bool Takes(string input) => Inputs.Contains(input);
}
