namespace Multimodal.Pipeline.Jobs;

/// <summary>An input that cannot be used. It is never retried: the same content fails the same way.</summary>
public sealed class InputException : Exception
{
    /// <summary>Refuses an input.</summary>
    public InputException(InputError error, Exception? innerException = null)
        : base(error?.Message, innerException) =>
        Error = error ?? throw new ArgumentNullException(nameof(error));

    /// <summary>Refuses an input with a code of <see cref="InputErrorCodes"/>.</summary>
    public InputException(string code, string message, string remedy, Exception? innerException = null)
        : this(new InputError(code, message, remedy), innerException)
    {
    }

    /// <summary>The error as it is stored and shown.</summary>
    public InputError Error { get; }

    /// <summary>What the content was recognised as before it was refused; null where it was not.</summary>
    public Modality? Modality { get; init; }
}
