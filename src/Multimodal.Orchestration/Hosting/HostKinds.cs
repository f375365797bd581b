namespace Multimodal.Orchestration.Hosting;

/// <summary>The kinds of hosts that keep jobs in a storage account.</summary>
public static class HostKinds
{
    /// <summary>The Azure Functions app: its engine keeps the jobs' histories.</summary>
    public const string Functions = "functions";

    /// <summary><c>multimodal serve</c>: its engine keeps nothing but leases.</summary>
    public const string Serve = "serve";
}
