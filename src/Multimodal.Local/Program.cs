using System.CommandLine;
using Multimodal.Local.Commands;

var root = new RootCommand("Serverless multimodal inference, on one machine.")
{
    RunCommand.Create(),
    ServeCommand.Create(),
    EvalCommand.Create(),
    FitCommand.Create(),
    BenchCommand.Create(),
    ModelsCommand.Create(),
    FeaturesCommand.Create(),
    SearchCommand.Create(),
    KeysCommand.Create(),
};

// Anything that the parser refuses is wrong usage, which has an exit code of its own.
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
{
    // A service ends in its own time; of the others two seconds are enough.
    ProcessTerminationTimeout = parsed.CommandResult.Command.Name == ServeCommand.Name ? null : TimeSpan.FromSeconds(2),
});
return parsed.Errors.Count > 0 ? Multimodal.Local.ExitCodes.Usage : exitCode;
