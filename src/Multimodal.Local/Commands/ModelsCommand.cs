using System.CommandLine;
using Multimodal.Local.Hub;
using Multimodal.Local.Lighter;
using Multimodal.Local.Repository;

namespace Multimodal.Local.Commands;

/// <summary>The commands <c>multimodal models …</c>.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "Look at the model repository, and add to it.")
    {
        Add(), Pull(), List(), Verify(), SigningCommands.Keygen(), SigningCommands.Sign(), Tune(), Optimize(), Remove(),
    };

    private static Command Add()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder that optimum or transformers.js exported: onnx/*.onnx, config.json, preprocessor_config.json, tokenizer.json." };
        var name = Name();
        var variant = Variant();
        var replace = new Option<bool>("--replace") { Description = "Let a pipeline of that name give way." };
        var models = CommandOptions.Models();
        var command = new Command("add", "Make a pipeline of a Hugging Face folder.") { folder, name, variant, replace, models };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new AddSession(new AddSettings
        {
            Folder = parsed.GetRequiredValue(folder),
            Name = parsed.GetValue(name),
            Variant = parsed.GetValue(variant) ?? "",
            Replace = parsed.GetValue(replace),
            Models = ModelFolders.FindOrMake(parsed.GetValue(models)),
        }).RunAsync(cancellationToken)));
        return command;
    }

    private static Command Pull()
    {
        var source = new Argument<string>("MODEL") { Description = "A recipe, such as clip or clap; or hf:owner/name, or hf:owner/name@revision for a branch, a tag or a commit." };
        var name = Name();
        var variant = Variant();
        var update = new Option<bool>("--update") { Description = "Fetch what the revision is by now, and write its lock file anew." };
        var lockFile = new Option<string?>("--lock") { Description = $"Fetch exactly what this {PullLock.FileName} or {RecipeLock.FileName} says.", HelpName = "FILE" };
        var cache = new Option<string?>("--cache")
        {
            Description = $"Where what is not finished is kept. Default: {PullCache.Variable}, else a folder of the user's.",
            HelpName = "DIR",
        };
        var models = CommandOptions.Models();
        var command = new Command(
            "pull",
            $"Fetch a model from a hub ({HubSettings.EndpointVariable}, {HubSettings.TokenVariable}), and make a pipeline of it. What breaks off is gone on with.")
        {
            source, name, variant, update, lockFile, cache, models,
        };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() =>
        {
            var (model, folder) = (parsed.GetRequiredValue(source), ModelFolders.FindOrMake(parsed.GetValue(models)));
            return model.Contains(':', StringComparison.Ordinal)
                ? new PullSession(new PullSettings
                {
                    Source = HubSource.Parse(model),
                    Name = parsed.GetValue(name),
                    Variant = parsed.GetValue(variant) ?? "",
                    Update = parsed.GetValue(update),
                    Lock = parsed.GetValue(lockFile),
                    Cache = parsed.GetValue(cache),
                    Models = folder,
                }).RunAsync(cancellationToken)
                : new RecipePullSession(new RecipePullSettings
                {
                    Recipe = model,
                    Name = parsed.GetValue(name),
                    Variant = parsed.GetValue(variant),
                    Update = parsed.GetValue(update),
                    Lock = parsed.GetValue(lockFile),
                    Cache = parsed.GetValue(cache),
                    Models = folder,
                }).RunAsync(cancellationToken);
        }));
        return command;
    }

    private static Command List()
    {
        var models = CommandOptions.Models();
        var command = new Command("list", "Show the pipelines, and whether their files are intact.") { models };
        command.SetAction((parsed, _) => CommandRunner.RunAsync(() => Task.FromResult(new ListSession(ModelFolders.Find(parsed.GetValue(models))).Run())));
        return command;
    }

    private static Command Verify()
    {
        var name = new Argument<string>("NAME") { Description = "The pipeline." };
        var write = new Option<bool>("--write") { Description = "Make the references anew of the pipeline's samples, as this machine computes them." };
        var keys = new Option<string?>("--trusted-keys")
        {
            Description = $"Folder of the public keys that it must be signed by. Default: {ModelTrustVariables.TrustedKeys}, with what {ModelTrustVariables.RequireSignature} asks for.",
            HelpName = "DIR",
        };
        var models = CommandOptions.Models();
        var command = new Command("verify", "Check a pipeline's files and signature, and its encoders against the references that it carries.") { name, write, keys, models };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new VerifySession(
            ModelFolders.Find(parsed.GetValue(models)), parsed.GetRequiredValue(name), parsed.GetValue(write), parsed.GetValue(keys)).RunAsync(cancellationToken)));
        return command;
    }

    private static Command Tune()
    {
        var name = new Argument<string>("NAME") { Description = "The pipeline." };
        var models = CommandOptions.Models();
        var command = new Command("tune", "Measure a pipeline's encoders on this machine, and keep how they run best.") { name, models };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new TuneSession(
            ModelFolders.Find(parsed.GetValue(models)), parsed.GetRequiredValue(name)).RunAsync(cancellationToken)));
        return command;
    }

    private static Command Optimize()
    {
        var pipeline = new Argument<string>("NAME") { Description = "The pipeline." };
        var precision = new Option<string>("--precision")
        {
            Description = "int8: weights in 8 bits, large products in integers. fp16: computed in half precision, for GPUs. fp16-weights: halves in the files alone.",
            HelpName = string.Join('|', FormatNames.All),
            DefaultValueFactory = _ => FormatNames.All[0],
        };
        precision.AcceptOnlyFromAmong([.. FormatNames.All]);
        var name = new Option<string?>("--output", "--name", "-n") { Description = "The new pipeline's name. Default: NAME-int8 and the like.", HelpName = "NAME" };
        var replace = new Option<bool>("--replace") { Description = "Let a pipeline of that name give way." };
        var data = new Option<string?>("--data")
        {
            Description = "Inputs to measure on, as those to come: any files; or labelled ones (mnist/ and fsdd/, or LABEL/JOB/files), whose accuracy is then told. Default: the pipeline's samples and references.",
            HelpName = "DIR",
        };
        var minimum = new Option<double>("--minimum-cosine")
        {
            Description = "The least cosine of any embedding to the original's. What would be below is not written.",
            HelpName = "X",
            DefaultValueFactory = _ => 0.99,
            CustomParser = NumberParser.Between("--minimum-cosine", 0.5, 1),
        };
        var quick = new Option<bool>("--quick") { Description = "Measure parts alone only where all of them together are not like enough." };
        var rounds = new Option<int>("--rounds")
        {
            Description = "How many turns old and new take when their speed is measured; 0: it is not.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
            CustomParser = NumberParser.Between("--rounds", 0, 100),
        };
        var models = CommandOptions.Models();
        var output = new Option<string?>("--out", "-o") { Description = "Write optimize.json and the charts here. Default: artifacts/optimize/NAME.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of the tables." };
        var command = new Command("optimize", "Make a lighter version of a pipeline beside it: smaller weights, and what that costs.")
        {
            pipeline, precision, name, replace, data, minimum, quick, rounds, models, output, json,
        };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new OptimizeSession(new OptimizeSettings
        {
            Pipeline = parsed.GetRequiredValue(pipeline),
            Models = ModelFolders.Find(parsed.GetValue(models)),
            Format = FormatNames.Parse(parsed.GetRequiredValue(precision)),
            Name = parsed.GetValue(name),
            Replace = parsed.GetValue(replace),
            Data = parsed.GetValue(data),
            MinimumCosine = parsed.GetValue(minimum),
            IsQuick = parsed.GetValue(quick),
            Rounds = parsed.GetValue(rounds),
            Output = parsed.GetValue(output),
            Json = parsed.GetValue(json),
        }).RunAsync(cancellationToken)));
        return command;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("NAME") { Description = "The pipeline." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var models = CommandOptions.Models();
        var command = new Command("remove", "Delete a pipeline and all its files.") { name, yes, models };
        command.SetAction((parsed, _) => CommandRunner.RunAsync(() => Task.FromResult(
            new RemoveSession(ModelFolders.Find(parsed.GetValue(models)), parsed.GetRequiredValue(name), parsed.GetValue(yes)).Run())));
        return command;
    }

    private static Option<string?> Name() => new("--name", "-n") { Description = "The pipeline's name. Default: that of the folder or model.", HelpName = "NAME" };

    private static Option<string?> Variant() => new("--variant")
    {
        Description = "Which ONNX files, where there are several: quantized takes model_quantized.onnx. Default: the plain ones.",
        HelpName = "NAME",
    };
}
