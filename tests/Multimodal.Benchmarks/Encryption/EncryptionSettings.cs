namespace Multimodal.Benchmarks.Encryption;

/// <summary>What is measured of encryption.</summary>
/// <param name="Models">The model repository.</param>
/// <param name="Pipeline">The pipeline; its samples are the jobs.</param>
/// <param name="Jobs">Jobs of a round.</param>
/// <param name="AtOnce">Jobs at once.</param>
/// <param name="Rounds">Rounds, in which plain and encrypted storage take turns.</param>
internal sealed record EncryptionSettings(string Models, string Pipeline, int Jobs, int AtOnce, int Rounds);
