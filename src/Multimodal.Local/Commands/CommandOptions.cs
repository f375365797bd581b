using System.CommandLine;

namespace Multimodal.Local.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommandOptions
{
    public static Option<string> Pipeline() => new("--pipeline", "-p")
    {
        Description = "The pipeline, for jobs whose job.json names none.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "digits",
    };

    public static Option<string?> Models() => new("--models")
    {
        Description = "Folder of the model repository. Default: MULTIMODAL_MODELS, else 'models' here or in a folder above.",
        HelpName = "DIR",
    };
}
