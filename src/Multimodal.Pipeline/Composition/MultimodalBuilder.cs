using Microsoft.Extensions.DependencyInjection;

namespace Multimodal.Pipeline.Composition;

/// <summary>Where adapters add themselves to a host: storage, imaging, the runtime for networks, the engine.</summary>
/// <param name="Services">The host's services.</param>
public sealed record MultimodalBuilder(IServiceCollection Services);
