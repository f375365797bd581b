namespace Multimodal.Local.Run;

/// <summary>Shows what came of a job.</summary>
internal interface IJobPresenter
{
    void Show(JobRun run);
}
