namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>What was evaluated: how many items, and SHA-256 of what was read.</summary>
internal sealed record DataReport(int Images, int Recordings, int Texts, IReadOnlyDictionary<string, string> Digests);
