using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Kernel;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Service;

/// <summary>
/// Plays the trial <c>load</c>: clients that each send a job to <c>multimodal serve</c> and wait for its result. What it knows is the measured
/// processor time of a job's steps and of the networks; the server's HTTP, the files and the clients themselves, which share the cores, it
/// does not.
/// </summary>
internal static class LocalServer
{
    private const int Clients = 50;
    private const int Jobs = 20_000;

    /// <summary>Jobs a second.</summary>
    /// <param name="profile">The job, of one input of each modality.</param>
    /// <param name="count">The cores.</param>
    public static double PerSecond(JobProfile profile, int count)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var inputs = Enum.GetValues<Modality>().Length;
        var steps = profile.Submit.At(inputs) + profile.List.At(inputs) + (inputs * profile.Encode.At(1)) + profile.Fuse.At(inputs) + profile.Publish.At(inputs);
        var service = (steps.ProcessorMilliseconds + (inputs * profile.NetworkProcessorMilliseconds)) / 1000;
        var clock = new Simulation();
        var cores = new Station(clock, "cores", count);
        var sent = 0;
        void Send()
        {
            if (sent++ < Jobs)
            {
                cores.Serve(service, Send);
            }
        }

        for (var i = 0; i < Clients; i++)
        {
            Send();
        }

        clock.Run();
        return Jobs / clock.Now;
    }
}
