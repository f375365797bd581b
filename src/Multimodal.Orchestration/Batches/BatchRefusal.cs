namespace Multimodal.Orchestration.Batches;

/// <summary>A blob or folder that could not be taken in.</summary>
/// <param name="Name">Its name in the container.</param>
/// <param name="Code">A stable code; those of inputs, or one of <see cref="BatchCodes"/>.</param>
/// <param name="Message">Why.</param>
public sealed record BatchRefusal(string Name, string Code, string Message);
