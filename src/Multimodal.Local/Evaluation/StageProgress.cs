namespace Multimodal.Local.Evaluation;

/// <summary>How far a stage of the evaluation has come.</summary>
internal readonly record struct StageProgress(string Stage, int Done, int Total);
