using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>Finds what writes down speech beside an encoder of recordings: a decoder in Whisper's layout.</summary>
internal sealed class SpeechFinder(ExportFolder folder)
{
    private const string Whisper = "whisper";

    /// <summary>Finds the decoder's files; null where the folder is none of Whisper's, or holds the encoder alone.</summary>
    public ExportedDecoder? FindDecoder(ExportedModel encoder) =>
        folder.ModelType == Whisper ? ExportLayout.FindDecoder(folder.Files, encoder, folder.Path) : null;

    /// <summary>How a decoder is used.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <returns>What stands in <c>pipeline.json</c>, and the files of the folder that it needs besides the decoder's.</returns>
    /// <exception cref="PipelineException">A file is missing; the message names it.</exception>
    public (WhisperSettings Settings, IReadOnlyList<string> Files) Find(ExportedDecoder decoder)
    {
        if (!folder.Files.Contains(FolderFiles.Generation))
        {
            throw new PipelineException(
                $"{folder.PathOf(FolderFiles.Generation)} is missing, which says what {decoder.First.Path} is asked with. Copy it from the model's original repository, or remove the decoder to encode only.");
        }

        var tokenizer = FolderFiles.TokenizerOf(folder.Files) ?? throw new PipelineException(
            $"{folder.Path} has no tokenizer, which reads what {decoder.First.Path} writes. Copy tokenizer.json from the model's repository, or remove the decoder to encode only.");
        return (
            new WhisperSettings { Decoder = decoder.First.Path, DecoderWithPast = decoder.WithPast?.Path, Tokenizer = tokenizer },
            [FolderFiles.Generation, .. FolderFiles.TokenizerFilesOf(folder.Files)]);
    }
}
