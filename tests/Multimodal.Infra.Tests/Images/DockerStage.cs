namespace Multimodal.Infra.Tests.Images;

/// <summary>A stage of a Dockerfile: what it is called, what it is made from, and its instructions.</summary>
internal sealed record DockerStage(string Name, string From)
{
    public List<string> Instructions { get; } = [];
}
