using Multimodal.Pipeline.Models;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>One call of <c>multimodal models remove</c>.</summary>
internal sealed class RemoveSession(string models, string name, bool sure)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run()
    {
        if (!new ModelRepository(models).List().Contains(name))
        {
            throw new UsageException($"There is no pipeline '{name}' in {models}. See: multimodal models list");
        }

        var folder = Path.Combine(Path.GetFullPath(models), name);
        var screen = RepositoryScreen.Create();
        if (!sure)
        {
            if (Console.IsInputRedirected || !screen.Results.Profile.Capabilities.Interactive)
            {
                throw new UsageException($"Nobody is there to be asked whether {folder} is to be deleted. Say so by --yes.");
            }

            if (!screen.Results.Confirm($"Delete [bold]{folder.EscapeMarkup()}[/] and all its files?", defaultValue: false))
            {
                return ExitCodes.Success;
            }
        }

        Directory.Delete(folder, recursive: true);
        screen.Results.MarkupLineInterpolated($"Deleted {folder}");
        return ExitCodes.Success;
    }
}
