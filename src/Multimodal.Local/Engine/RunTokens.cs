namespace Multimodal.Local.Engine;

/// <summary>What ends a run.</summary>
/// <param name="Waits">Ends waiting, and lets no further activity begin.</param>
/// <param name="Activities">Ends activities that are at work.</param>
internal readonly record struct RunTokens(CancellationToken Waits, CancellationToken Activities);
