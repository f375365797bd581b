using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Tests.Replay;

/// <summary>An input of a simulated job: when it is uploaded, when preprocessed, and whether its event gets lost.</summary>
internal sealed record SimulatedInput(string Name, Modality Modality, double UploadedAt, double ReadyAt, bool EventLost = false, bool Refused = false);
