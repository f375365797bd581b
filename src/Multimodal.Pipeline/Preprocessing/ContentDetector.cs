using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Detection;
using Multimodal.Pipeline.Preprocessing.Texts.Encodings;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>Tells an input's modality and media type by its content; the file name decides nothing.</summary>
public static class ContentDetector
{
    /// <summary>Recognises the content.</summary>
    /// <returns>The modality and one of <see cref="MediaTypes"/>.</returns>
    /// <exception cref="InputException">
    /// <see cref="InputErrorCodes.Empty"/> where there is no content, <see cref="InputErrorCodes.Unsupported"/> where it is of a kind
    /// that is not read; the message then names the kind where it is known.
    /// </exception>
    public static DetectedContent Detect(InputContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var bytes = content.Bytes.Span;
        if (bytes.IsEmpty)
        {
            throw new InputException(InputErrorCodes.Empty, $"'{content.Name}' is empty: it has 0 bytes.", "Upload the file again, with its content.");
        }

        if (ImageSignatures.Find(bytes) is { } image)
        {
            return new DetectedContent(Modality.Image, image);
        }

        if (WavSignature.Matches(bytes))
        {
            return new DetectedContent(Modality.Audio, MediaTypes.Wav);
        }

        if (AudioSignatures.Find(bytes) is { } recording)
        {
            return new DetectedContent(Modality.Audio, recording);
        }

        if (RefusedFormats.Find(bytes) is { } refused)
        {
            throw new InputException(
                InputErrorCodes.Unsupported, $"'{content.Name}' is {refused.Kind}, which is not read.", refused.Remedy);
        }

        if (TextProbe.IsText(bytes))
        {
            return new DetectedContent(Modality.Text, MediaTypes.Text);
        }

        throw new InputException(
            InputErrorCodes.Unsupported,
            $"'{content.Name}' is of no kind that is read: neither a known image, nor a known recording, nor text in UTF-8 or UTF-16.",
            "Send images as JPEG, PNG, WebP, GIF, TIFF, BMP or AVIF, recordings as WAV, FLAC, MP3, Ogg, M4A or WebM, and text in UTF-8.");
    }
}
