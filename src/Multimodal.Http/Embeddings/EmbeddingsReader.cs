using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Http.Embeddings;

/// <summary>Reads what is to be embedded, within the limits of submissions.</summary>
internal sealed class EmbeddingsReader(SubmissionReader submissions, InputLimits inputLimits, HttpLimits limits)
{
    private const string Taken = $"{EmbeddingsForm.MediaType} or {EmbeddingsTexts.MediaType}";

    /// <exception cref="RequestException">The request cannot be read, or is beyond a limit.</exception>
    public async Task<InputSet> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.MediaType.Equals(EmbeddingsForm.MediaType, StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals(EmbeddingsTexts.MediaType, StringComparison.OrdinalIgnoreCase)))
        {
            throw RequestException.UnsupportedMediaType(request.ContentType, Taken);
        }

        return type.MediaType.Equals(EmbeddingsTexts.MediaType, StringComparison.OrdinalIgnoreCase)
            ? new InputSet(await ReadTextsAsync(request, cancellationToken))
            : new InputSet(await ReadFilesAsync(request, cancellationToken));
    }

    private async Task<SubmittedJob> ReadFilesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var files = await submissions.ReadAsync(request, cancellationToken);
        try
        {
            return files is { Manifest: null, JobId: null } ? files : throw RequestException.NotAJob();
        }
        catch
        {
            await files.DisposeAsync();
            throw;
        }
    }

    // Escapes may double what a text takes; beyond that the body is not read.
    private async Task<IReadOnlyList<InputContent>> ReadTextsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var most = Math.Min(limits.MaximumBodyBytes, 2 * inputLimits.MaximumTextBytes);
        MultipartBody.RaiseServerLimit(request.HttpContext, limits);
        await using var body = await SpooledFile.ReadAsync(
            "", request.Body, limits.MemoryThreshold, (most, () => RequestException.BodyTooLarge(most)), cancellationToken);
        var texts = Parse((await body.ReadAllAsync(cancellationToken)).Span);
        if (texts.Count == 0)
        {
            throw RequestException.NoInputs();
        }

        return texts.Count <= limits.MaximumParts
            ? [.. texts.Select((text, i) => new InputContent($"texts[{i}]", Encoding.UTF8.GetBytes(text)))]
            : throw RequestException.TooManyParts(limits.MaximumParts);
    }

    private static IReadOnlyList<string> Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var texts = JsonSerializer.Deserialize(json, HttpJson.Default.EmbeddingsTexts)?.Texts;
            return texts is not null && !texts.Contains(null!) ? texts : throw RequestException.BadTexts("a text is null.");
        }
        catch (JsonException e)
        {
            throw RequestException.BadTexts($"it is wrong at {JsonPlace.Of(e)}.", e);
        }
    }
}
