namespace Multimodal.Testing.Azurite;

/// <summary>Azurite cannot be had on this machine.</summary>
internal sealed class AzuriteAbsentException(string message) : Exception(message);
