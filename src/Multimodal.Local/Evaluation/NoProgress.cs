namespace Multimodal.Local.Evaluation;

/// <summary>Shows nothing.</summary>
internal sealed class NoProgress : IProgress<StageProgress>
{
    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
    }
}
