using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Multimodal.Infra.Tests.Settings;

/// <summary>An empty section that notes what it was asked for.</summary>
internal sealed class RecordingConfiguration : IConfiguration
{
    private readonly IConfigurationRoot _empty = new ConfigurationBuilder().Build();

    /// <summary>The keys that were asked for.</summary>
    public SortedSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public string? this[string key]
    {
        get
        {
            Asked.Add(key);
            return null;
        }

        set => throw new NotSupportedException();
    }

    public IEnumerable<IConfigurationSection> GetChildren() => [];

    public IChangeToken GetReloadToken() => _empty.GetReloadToken();

    public IConfigurationSection GetSection(string key)
    {
        Asked.Add(key);
        return _empty.GetSection(key);
    }
}
