using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Hub;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Models.Provenance;
using Multimodal.Pipeline.Models.Recipes;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>
/// One call of <c>multimodal models pull</c> by a recipe: fetches each of its sources and makes its pipeline of them. The pipeline is
/// pinned by its lock file, as one that was pulled of a single model is.
/// </summary>
internal sealed class RecipePullSession
{
    private readonly RecipePullSettings _settings;
    private readonly HubSettings? _hub;
    private readonly HubLimits? _limits;
    private readonly PipelineRecipe _recipe;
    private readonly string _name;

    /// <exception cref="UsageException">There is no such recipe.</exception>
    public RecipePullSession(RecipePullSettings settings, HubSettings? hub = null, HubLimits? limits = null)
    {
        _settings = settings;
        _hub = hub;
        _limits = limits;
        _recipe = RecipeFinder.Find(settings.Models, settings.Recipe);
        _name = PipelineName.Of(settings.Name ?? _recipe.Name, isGiven: true);
    }

    private string Target => Path.Combine(Path.GetFullPath(_settings.Models), _name);

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var screen = RepositoryScreen.Create();
        var pinned = FindLock();
        if (pinned is not null && !_settings.Update && IsIntact())
        {
            screen.Results.MarkupLineInterpolated($"[bold]{_name}[/] is there, as it was pulled. Fetch what it is by now by --update.");
            return ExitCodes.Success;
        }

        await using var services = RepositoryServices.Compose(services => services.AddHub(_hub ?? HubSettings.FromEnvironment(), _limits));
        var fetched = new SortedDictionary<string, FetchedSource>(StringComparer.Ordinal);
        try
        {
            foreach (var (source, declared) in _recipe.Sources)
            {
                screen.Notes.MarkupLineInterpolated($"[grey]{declared.Origin}. {declared.License}[/]");
                fetched.Add(source, await new SourceFetcher(services, screen).FetchAsync(
                    HubSource.Parse($"hf:{declared.Repository}@{declared.Revision}"),
                    pinned?.Sources[source],
                    _settings.Variant ?? declared.Variant,
                    _settings.Cache,
                    (files, variant) => RecipeImporter.Needed(_recipe, source, variant, files),
                    cancellationToken));
            }

            await PlaceAsync(services, fetched, screen, cancellationToken);
            foreach (var source in fetched.Values)
            {
                source.Forget();
            }
        }
        finally
        {
            foreach (var source in fetched.Values)
            {
                source.Dispose();
            }
        }

        return ExitCodes.Success;
    }

    private RecipeLock? FindLock()
    {
        var own = Path.Combine(Target, RecipeLock.FileName);
        var file = _settings.Lock ?? (File.Exists(own) ? own : null);
        if (file is null)
        {
            return Path.Exists(Target)
                ? throw new PipelineException($"There is a pipeline '{_name}' in {_settings.Models} already, which was not made by a recipe. Choose another name by --name.")
                : null;
        }

        var read = RecipeLock.Read(file);
        if (read.Recipe != _recipe.Name)
        {
            throw new UsageException($"{file} is of the recipe '{read.Recipe}', not of '{_recipe.Name}'. Choose another name by --name.");
        }

        if (_settings.Update && _settings.Lock is null)
        {
            return null;
        }

        return _recipe.Sources.All(source => read.Sources.TryGetValue(source.Key, out var locked) && locked.Repository == source.Value.Repository)
            ? read
            : throw new UsageException($"{file} pins other sources than the recipe '{_recipe.Name}' has by now. Say --update to take the new ones.");
    }

    private bool IsIntact()
    {
        try
        {
            new ModelRepository(_settings.Models).Load(_name);
            return true;
        }
        catch (PipelineException)
        {
            return false;
        }
    }

    private async Task PlaceAsync(
        ServiceProvider services, SortedDictionary<string, FetchedSource> fetched, RepositoryScreen screen, CancellationToken cancellationToken)
    {
        var made = new RecipeLock { Recipe = _recipe.Name, Sources = fetched.ToDictionary(source => source.Key, source => source.Value.Lock) };
        if (!_settings.Update && File.Exists(Path.Combine(Target, ModelRepository.DefinitionFile)))
        {
            // What people added to the pipeline stays; only files that are lost or damaged come back.
            foreach (var (source, files) in fetched)
            {
                files.Lock.Restore(files.Folder, Path.Combine(Target, source));
            }

            await File.WriteAllBytesAsync(Path.Combine(Target, RecipeLock.FileName), made.ToBytes(), cancellationToken);
            new ModelRepository(_settings.Models).Load(_name);
            screen.Results.MarkupLineInterpolated($"[green]Restored[/] [bold]{_name}[/], as it was pulled.");
            return;
        }

        var importer = services.GetRequiredService<RecipeImporter>();
        screen.Show(await screen.WaitAsync("making a pipeline", () => importer.ImportAsync(
            _recipe,
            fetched.ToDictionary(source => source.Key, source => (source.Value.Folder, source.Value.Lock.Variant)),
            new ImportRequest("", _name)
            {
                Version = made.Version,
                Provenance = new PipelineProvenance
                {
                    Parents = [.. made.Sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => source.Value.ToParent())],
                },

                // What is there at this point was pulled, and is to be updated or lacks its definition.
                Replace = Path.Exists(Target),
                Beside = new Dictionary<string, byte[]> { [RecipeLock.FileName] = made.ToBytes() },
            },
            _settings.Models,
            cancellationToken)));
    }
}
