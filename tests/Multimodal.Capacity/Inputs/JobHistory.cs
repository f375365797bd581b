namespace Multimodal.Capacity.Inputs;

/// <summary>What the scheduler dispatches for one job, as the orchestration's own run told.</summary>
/// <param name="Starts">Runs begun: one, and one more each time that the run goes on without its history.</param>
/// <param name="Activities">Activities, each an action to begin and one for its result.</param>
/// <param name="Events">Events raised.</param>
/// <param name="Timers">Timers that fired; those that were cancelled are no actions.</param>
internal sealed record JobHistory(int Starts, int Activities, int Events, int Timers)
{
    /// <summary>Actions: one for each start, two for each activity, one for each event and each timer.</summary>
    public int Actions => Starts + (2 * Activities) + Events + Timers;
}
