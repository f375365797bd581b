using Multimodal.Local.Serve.Settings;

namespace Multimodal.Local.Serve;

/// <summary>What a service is to do.</summary>
internal sealed record ServeSettings
{
    /// <summary>The variable that holds the API key.</summary>
    public const string ApiKeyVariable = "MULTIMODAL_API_KEY";

    /// <summary>The addresses to listen on.</summary>
    public IReadOnlyList<ListenAddress> Addresses { get; init; } = [ListenAddress.Default];

    /// <summary>Where jobs lie.</summary>
    public required StorageChoice Storage { get; init; }

    /// <summary>The pipeline of jobs that name none.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The folder of the model repository.</summary>
    public required string Models { get; init; }

    /// <summary>What requests must show; null where none is asked for.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Host names to answer to beside those of loopback, where it listens on loopback alone.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>How many jobs are worked on at once, and how many uploads are taken in at once; 1 or more.</summary>
    public int Concurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>How many jobs may wait for their turn before further ones are refused over HTTP; 1 or more.</summary>
    public int Queue { get; init; } = 1000;

    /// <summary>How often the uploads are listed.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a file must not have changed before it is taken to be whole.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long what is at work may take to end when the service is stopped.</summary>
    public TimeSpan ShutdownLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most connections at once.</summary>
    public int Connections { get; init; } = 256;

    /// <summary>Whether to take over a storage account from another kind of host.</summary>
    public bool TakeOver { get; init; }

    /// <summary>Whether it can be reached from this machine alone.</summary>
    public bool IsLoopback => Addresses.All(address => address.IsLoopback);

    /// <summary>Whether encoders that were not measured on this machine are measured before the service begins.</summary>
    public bool Tune { get; init; }
}
