using System.CommandLine;

namespace Multimodal.Benchmarks.Encryption;

/// <summary>The command <c>encryption</c>: what it costs to encrypt what is stored.</summary>
internal static class EncryptionCommand
{
    public static Command Create()
    {
        var models = new Option<string>("--models") { Description = "A model repository.", DefaultValueFactory = _ => "models" };
        var pipeline = new Option<string>("--pipeline") { Description = "Which pipeline of it; it must have samples.", DefaultValueFactory = _ => "digits" };
        var jobs = new Option<int>("--jobs") { Description = "Jobs of a round.", DefaultValueFactory = _ => 300 };
        var atOnce = new Option<int>("--at-once") { Description = "Jobs at once.", DefaultValueFactory = _ => 4 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds, in which plain and encrypted storage take turns.", DefaultValueFactory = _ => 7 };
        var command = new Command("encryption", "Jobs and blobs on encrypted files beside plain ones.") { models, pipeline, jobs, atOnce, rounds };
        command.SetAction((parsed, token) => new EncryptionBenchmark(new EncryptionSettings(
            Path.GetFullPath(parsed.GetRequiredValue(models)),
            parsed.GetRequiredValue(pipeline),
            parsed.GetValue(jobs),
            parsed.GetValue(atOnce),
            parsed.GetValue(rounds))).RunAsync(token));
        return command;
    }
}
