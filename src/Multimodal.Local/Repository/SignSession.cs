using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Signing;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>One call of <c>multimodal models sign</c>.</summary>
/// <param name="models">The model repository.</param>
/// <param name="name">The pipeline.</param>
/// <param name="keyFile">The private key.</param>
internal sealed class SignSession(string models, string name, string keyFile)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run()
    {
        using var key = SigningKeyFile.Read(keyFile);

        // Nothing is signed that is not what it says.
        var folder = new ModelRepository(models).Load(name);
        try
        {
            var file = PipelineSigner.Sign(folder, key, DateTimeOffset.UtcNow);
            var screen = RepositoryScreen.Create();
            screen.Results.MarkupLineInterpolated($"{file}: {name} {folder.Definition.Version}, {folder.Definition.Files.Count} files, by the key {key.Id}");
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The signature cannot be written: {e.Message}");
        }
    }
}
