using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Orchestration.Search;

namespace Multimodal.Http.Search;

/// <summary>Maps the routes that find jobs near to something.</summary>
internal static class SearchEndpoints
{
    private const string Search = "/api/search";

    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status410Gone,
        StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable,
    ];

    public static void MapSearch(this RouteGroupBuilder group, IServiceProvider services)
    {
        var api = services.GetRequiredService<SearchApi>();
        group.MapGet(Search, api.FindAsync)
            .Named("findJobs", "The jobs that are nearest to a text or a job, whatever they are made of.")
            .WithMetadata(new SearchForm())
            .Answers<SearchAnswer>(StatusCodes.Status200OK)
            .Refuses(Refusals);
        group.MapPost(Search, api.SearchAsync)
            .Named("searchJobs", "The jobs that are nearest to a picture, a recording, a text or a job, whatever they are made of.")
            .WithMetadata(new SearchForm())
            .Answers<SearchAnswer>(StatusCodes.Status200OK)
            .Refuses([.. Refusals, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status429TooManyRequests]);
    }
}
