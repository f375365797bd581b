using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Http.Search;

/// <summary>Reads the body of a search: a form with at most one file, or JSON.</summary>
internal sealed class SearchReader(InputLimits inputLimits, HttpLimits limits)
{
    /// <summary>The longest field, and the longest body in JSON, in bytes.</summary>
    private const int LongestField = 64 * 1024;

    /// <exception cref="RequestException">The request cannot be read, or is beyond a limit.</exception>
    public async Task<(SearchRequest Request, InputContent? File)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasJsonContentType())
        {
            return (await ReadJsonAsync(request, cancellationToken), null);
        }

        var reader = MultipartBody.Open(request, limits);
        var fields = new List<KeyValuePair<string, string?>>();
        InputContent? file = null;
        try
        {
            for (var parts = 1; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
            {
                if (parts > limits.MaximumParts)
                {
                    throw RequestException.TooManyParts(limits.MaximumParts);
                }

                var part = PartName.Of(section);
                var content = await ReadPartAsync(part, section, cancellationToken);
                if (part.File is null)
                {
                    fields.Add(new(part.Field, Encoding.UTF8.GetString(content.Span)));
                }
                else if (part.File.Length > 0 || content.Length > 0)
                {
                    file = file is null ? new InputContent(part.File, content) : throw RequestException.ManyFiles();
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            throw RequestException.BadMultipart(e);
        }

        return (SearchFields.Read(fields), file);
    }

    private async Task<ReadOnlyMemory<byte>> ReadPartAsync(PartName part, MultipartSection section, CancellationToken cancellationToken)
    {
        var limit = part.File is null ? LongestField : inputLimits.MaximumBytes;
        await using var spooled = await SpooledFile.ReadAsync(
            part.Name, section.Body, limits.MemoryThreshold, (limit, () => RequestException.PartTooLarge(part.Name, limit)), cancellationToken);
        return await spooled.ReadAllAsync(cancellationToken);
    }

    private async Task<SearchRequest> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await using var spooled = await SpooledFile.ReadAsync(
                "", request.Body, limits.MemoryThreshold, (LongestField, () => RequestException.BodyTooLarge(LongestField)), cancellationToken);
            return JsonSerializer.Deserialize((await spooled.ReadAllAsync(cancellationToken)).Span, HttpJson.Default.SearchRequest)
                ?? throw RequestException.BadJson("it is null.");
        }
        catch (JsonException e)
        {
            throw RequestException.BadJson($"it is wrong at {JsonPlace.Of(e)}.", e);
        }
    }
}
