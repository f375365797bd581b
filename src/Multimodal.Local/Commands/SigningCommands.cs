using System.CommandLine;
using Multimodal.Local.Repository;

namespace Multimodal.Local.Commands;

/// <summary>The commands <c>multimodal models keygen</c> and <c>multimodal models sign</c>.</summary>
internal static class SigningCommands
{
    public static Command Keygen()
    {
        var folder = new Option<string>("--out", "-o") { Description = "Where the two files go. Default: here.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        var name = new Option<string>("--name", "-n") { Description = "What the files are called.", HelpName = "NAME", DefaultValueFactory = _ => "signing" };
        var encrypt = new Option<bool>("--encrypt") { Description = $"Encrypt the private key with a passphrase: that of {SigningKeyFile.PassphraseVariable}, else one that is asked for." };
        var command = new Command("keygen", "Make a key that signs pipelines: NAME.key.pem, for whoever signs, and NAME.pub.pem, for those who check.") { folder, name, encrypt };
        command.SetAction((parsed, _) => CommandRunner.RunAsync(() => Task.FromResult(new KeygenSession(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(name), parsed.GetValue(encrypt)).Run())));
        return command;
    }

    public static Command Sign()
    {
        var name = new Argument<string>("NAME") { Description = "The pipeline." };
        var key = new Option<string>("--key", "-k") { Description = "The private key, as keygen made it.", HelpName = "FILE", Required = true };
        var models = CommandOptions.Models();
        var command = new Command("sign", "Check a pipeline's files, and sign it.") { name, key, models };
        command.SetAction((parsed, _) => CommandRunner.RunAsync(() => Task.FromResult(new SignSession(
            ModelFolders.Find(parsed.GetValue(models)), parsed.GetRequiredValue(name), parsed.GetRequiredValue(key)).Run())));
        return command;
    }
}
