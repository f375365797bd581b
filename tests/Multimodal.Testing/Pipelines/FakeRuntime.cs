using Multimodal.Pipeline.Models;

namespace Multimodal.Testing.Pipelines;

/// <summary>The runtime of a host whose networks are those of <see cref="FakeModelFactory"/>.</summary>
public sealed class FakeRuntime : IRuntimeStatus
{
    public string Name => "by hand";

    public IReadOnlyList<string> ExecutionProviders => ["Hand"];

    public IReadOnlyList<string> AvailableProviders => ["Hand", "Foot"];

    public IReadOnlyList<EncoderLoad> Loads { get; init; } =
        [new("letters/text", 3, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(1.25), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60))];

    public IReadOnlyList<string> Faults { get; init; } = [];
}
