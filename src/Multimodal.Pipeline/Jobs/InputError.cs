namespace Multimodal.Pipeline.Jobs;

/// <summary>Why an input was left out: a stable code, what is wrong, and what its sender can do.</summary>
/// <param name="Code">One of <see cref="InputErrorCodes"/>.</param>
/// <param name="Message">What is wrong, naming the input.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record InputError(string Code, string Message, string Remedy);
