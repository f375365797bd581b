using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Models.HuggingFace;

namespace Multimodal.Local.Repository;

/// <summary>One call of <c>multimodal models add</c>.</summary>
internal sealed class AddSession(AddSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(settings.Folder))
        {
            throw new UsageException($"The folder '{settings.Folder}' does not exist.");
        }

        var screen = RepositoryScreen.Create();
        await using var services = RepositoryServices.Compose();
        var made = await screen.WaitAsync("reading the folder", () => services.GetRequiredService<FolderImporter>().ImportAsync(
            new ImportRequest(settings.Folder, settings.Name) { Variant = settings.Variant, Replace = settings.Replace }, settings.Models, cancellationToken));
        screen.Show(made);
        return ExitCodes.Success;
    }
}
