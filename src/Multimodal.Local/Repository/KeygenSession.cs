using Multimodal.Pipeline.Models.Signing;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>One call of <c>multimodal models keygen</c>.</summary>
/// <param name="folder">Where the files go.</param>
/// <param name="name">What they are called.</param>
/// <param name="encrypt">Whether the private key is encrypted.</param>
internal sealed class KeygenSession(string folder, string name, bool encrypt)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run()
    {
        if (name.Length == 0 || Path.GetFileName(name) != name || name[0] == '.')
        {
            throw new UsageException($"'{name}' is no name of a file. Choose one by --name.");
        }

        var passphrase = encrypt ? SigningKeyFile.AskPassphrase("A passphrase for the new key:", isNew: true) : null;
        var (mine, open) = (Path.Combine(folder, $"{name}.key.pem"), Path.Combine(folder, $"{name}.pub.pem"));
        if (File.Exists(open))
        {
            throw new UsageException($"{open} is there already, and is not overwritten. Choose another name by --name.");
        }

        using var key = SigningKey.Create();
        try
        {
            Directory.CreateDirectory(folder);
            SigningKeyFile.Write(mine, key.ToPrivatePem(passphrase));
            File.WriteAllText(open, key.ToPublicPem());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The key cannot be written: {e.Message}");
        }

        var screen = RepositoryScreen.Create();
        screen.Results.MarkupLineInterpolated($"Key {key.Id}");
        screen.Results.MarkupLineInterpolated($"{mine}: the private key{(passphrase is null ? "" : ", encrypted")}. Whoever has it can sign; keep it away from hosts.");
        screen.Results.MarkupLineInterpolated($"{open}: the public key. Hosts take its signatures that find it in the folder that {ModelTrustVariables.TrustedKeys} names.");
        return ExitCodes.Success;
    }
}
