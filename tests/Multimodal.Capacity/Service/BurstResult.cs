namespace Multimodal.Capacity.Service;

/// <summary>What became of a burst after idleness.</summary>
/// <param name="Hardware">What the encoders run on.</param>
/// <param name="Kept">Replicas of each app that are kept while idle.</param>
/// <param name="Jobs">Jobs of the burst.</param>
/// <param name="First">When the first result was there, in seconds after the first job came.</param>
/// <param name="P50">Half of the jobs were done within so many seconds of their coming.</param>
/// <param name="P99">99 of 100 were.</param>
/// <param name="All">When all were done, in seconds after the first job came.</param>
/// <param name="JobsReplicas">The most replicas of <c>jobs</c>.</param>
/// <param name="EncoderReplicas">The most of <c>encoders</c>.</param>
/// <param name="Replicas">What the replicas of both apps cost until they are gone again, in US dollars.</param>
internal sealed record BurstResult(
    string Hardware, int Kept, int Jobs, double First, double P50, double P99, double All, int JobsReplicas, int EncoderReplicas, double Replicas);
