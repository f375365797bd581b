namespace Multimodal.Storage.Azure.Encryption;

/// <summary>A key of a key file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Key">Its 32 bytes.</param>
public sealed record KeyFileEntry(string Id, DateTimeOffset Created, byte[] Key);
