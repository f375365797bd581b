namespace Multimodal.Capacity.Service;

/// <summary>How busy a stage is.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Load">What was asked of it as a share of what it can do; beyond 1 a queue grows before it.</param>
/// <param name="Grows">Whether more replicas make it faster; else it is a limit of the cell.</param>
internal sealed record StageLoad(string Name, double Load, bool Grows);
