using System.CommandLine;
using Multimodal.Local.Inspection;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal features</c>.</summary>
internal static class FeaturesCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Pictures, recordings and texts.", Arity = ArgumentArity.OneOrMore };
        var pipeline = new Option<string?>("--pipeline", "-p") { Description = "Prepare them as this pipeline does.", HelpName = "NAME" };
        var preprocessor = new Option<string?>("--preprocessor")
        {
            Description = "Prepare pictures or recordings as this preprocessor_config.json says.",
            HelpName = "FILE",
        };
        var tokenizer = new Option<string?>("--tokenizer")
        {
            Description = "Prepare texts with this tokenizer: tokenizer.json, vocab.json, vocab.txt or *.model.",
            HelpName = "FILE",
        };
        var output = new Option<string>("--out", "-o")
        {
            Description = "Write a .npy file for each tensor, a .json file for token ids, and manifest.json into this folder.",
            HelpName = "DIR",
            Required = true,
        };
        var stage = new Option<FeatureStage>("--stage")
        {
            Description = "features: what the encoder gets; pixels: pictures before scaling and normalising, uint8, height × width × RGB.",
            HelpName = "STAGE",
            DefaultValueFactory = _ => FeatureStage.Features,
        };
        var exact = new Option<bool>("--exact") { Description = "With --preprocessor: decode large JPEGs in full, as the reference does." };
        var models = CommandOptions.Models();
        var command = new Command("features", "Write what an encoder would get of files.")
        {
            files, pipeline, preprocessor, tokenizer, output, stage, exact, models,
        };
        command.Validators.Add(result =>
        {
            if (new[] { pipeline, preprocessor, tokenizer }.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError("Name one of --pipeline, --preprocessor and --tokenizer.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new FeaturesSession(new FeaturesSettings
        {
            Files = parsed.GetRequiredValue(files),
            Pipeline = parsed.GetValue(pipeline),
            Preprocessor = parsed.GetValue(preprocessor),
            Tokenizer = parsed.GetValue(tokenizer),
            Models = parsed.GetValue(pipeline) is null ? "" : ModelFolders.Find(parsed.GetValue(models)),
            Output = parsed.GetRequiredValue(output),
            Stage = parsed.GetValue(stage),
            Exact = parsed.GetValue(exact),
        }).RunAsync(cancellationToken)));
        return command;
    }
}
