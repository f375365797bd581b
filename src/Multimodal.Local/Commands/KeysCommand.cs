using System.CommandLine;
using Multimodal.Local.Keys;
using Multimodal.Local.Serve.Settings;

namespace Multimodal.Local.Commands;

/// <summary>The commands <c>multimodal keys …</c>.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Make, change and look at the keys that what is stored is encrypted with.") { New(), Rotate(), Status(), Read() };

    private static Command New()
    {
        var file = new Argument<string>("FILE") { Description = "The key file; where it exists it gets one more key, which becomes the current one." };
        var command = new Command("new", "Make a key file, or a new current key in it. Keep copies: without its keys nothing that they encrypted can be read.") { file };
        command.SetAction((parsed, _) => CommandRunner.RunAsync(() => KeySession.MakeAsync(parsed.GetRequiredValue(file))));
        return command;
    }

    private static Command Rotate()
    {
        var storage = Storage();
        var command = new Command(
            "rotate",
            "Wrap the keys of what is stored with the current key, and encrypt what is plain. Uploads of a storage account keep their key: another version of them would be another input.")
        {
            storage,
        };
        command.SetAction((parsed, token) => CommandRunner.RunAsync(() => new KeySession(StorageChoice.Parse(parsed.GetRequiredValue(storage))).RotateAsync(token)));
        return command;
    }

    private static Command Status()
    {
        var storage = Storage();
        var command = new Command("status", "Show how many blobs each key encrypts, so that it is known when one is needed no more.") { storage };
        command.SetAction((parsed, token) => CommandRunner.RunAsync(() => new KeySession(StorageChoice.Parse(parsed.GetRequiredValue(storage))).ShowAsync(token)));
        return command;
    }

    private static Command Read()
    {
        var storage = Storage();
        var path = new Argument<string>("BLOB") { Description = "The blob, container first, such as results/a-job/result.json." };
        var command = new Command("read", "Write what a blob holds, decrypted, to standard output.") { path, storage };
        command.SetAction((parsed, token) => CommandRunner.RunAsync(
            () => new KeySession(StorageChoice.Parse(parsed.GetRequiredValue(storage))).ReadAsync(parsed.GetRequiredValue(path), token)));
        return command;
    }

    private static Option<string> Storage() => new("--storage")
    {
        Description = "Where jobs lie: file:DIR, the folder of 'serve' or of 'run --out'; or azure. The keys are those of Encryption__KeyFile and Encryption__KeyVaultKey.",
        HelpName = "STORAGE",
        DefaultValueFactory = _ => StorageChoice.Default,
    };
}
