using Multimodal.Pipeline.Models.Signing;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>Private keys as files, and the passphrases that open them.</summary>
internal static class SigningKeyFile
{
    /// <summary>The variable that holds a passphrase where nobody can be asked.</summary>
    public const string PassphraseVariable = "MULTIMODAL_KEY_PASSPHRASE";

    private const int ShortestPassphrase = 8;
    private const long LargestBytes = 16 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>Writes a private key that nobody but its owner can read. One that is there stays.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using var writer = new StreamWriter(path, options);
            writer.Write(pem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The key cannot be written: {e.Message} A key that is there is never overwritten; choose another name by --name.");
        }
    }

    /// <summary>Reads a private key.</summary>
    /// <exception cref="UsageException">It is none, others can read it, or the passphrase is not right.</exception>
    public static SigningKey Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file is not { Exists: true, Length: <= LargestBytes })
            {
                throw new UsageException($"'{path}' is no file with a key. Make one by: multimodal models keygen");
            }

            if (!OperatingSystem.IsWindows() && (file.UnixFileMode & Others) != 0)
            {
                throw new UsageException($"'{path}' can be read by others than its owner, who could sign with it. Take it from them: chmod 600 '{path}'");
            }

            var pem = File.ReadAllText(path);
            return SigningKey.Read(pem, SigningKey.IsEncrypted(pem) ? AskPassphrase($"Passphrase of {path}:", isNew: false) : null);
        }
        catch (FormatException e)
        {
            throw new UsageException($"'{path}' cannot be used: {e.Message}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The key cannot be read: {e.Message}");
        }
    }

    /// <summary>The passphrase of the variable, else one that is asked for.</summary>
    /// <exception cref="UsageException">There is none, nobody to ask, or one that is too short for a new key.</exception>
    public static string AskPassphrase(string question, bool isNew)
    {
        var passphrase = Environment.GetEnvironmentVariable(PassphraseVariable) is { Length: > 0 } given ? given
            : Console.IsInputRedirected || !AnsiConsole.Console.Profile.Capabilities.Interactive
                ? throw new UsageException($"Nobody is there to be asked for the key's passphrase. Give it by {PassphraseVariable}.")
                : AnsiConsole.Prompt(new TextPrompt<string>(question.EscapeMarkup()).Secret());
        return !isNew || passphrase.Length >= ShortestPassphrase
            ? passphrase
            : throw new UsageException($"A passphrase needs {ShortestPassphrase} characters or more.");
    }
}
