using Multimodal.Local.Hub;
using Multimodal.Local.Serve;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Commands;

/// <summary>Turns what a command throws into a message on standard error and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is UsageException or JobOptionsException)
        {
            return await FailAsync(e, ExitCodes.Usage);
        }
        catch (PipelineException e)
        {
            return await FailAsync(e, ExitCodes.PipelineUnusable);
        }
        catch (HubException e)
        {
            return await FailAsync(e, ExitCodes.CannotFetch);
        }
        catch (ServeException e)
        {
            return await FailAsync(e, ExitCodes.CannotServe);
        }
    }

    private static async Task<int> FailAsync(Exception e, int exitCode)
    {
        await Console.Error.WriteLineAsync($"multimodal: {e.Message}");
        return exitCode;
    }
}
