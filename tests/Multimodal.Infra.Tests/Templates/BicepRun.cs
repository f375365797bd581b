namespace Multimodal.Infra.Tests.Templates;

/// <summary>What a run of the compiler left.</summary>
internal sealed record BicepRun(int ExitCode, string Output, string Errors);
