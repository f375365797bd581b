using Microsoft.Extensions.DependencyInjection;
using Multimodal.Testing.Storage.Faults;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Faults;

/// <summary>A storage whose calls go wrong for the service, and for nobody else.</summary>
internal interface IFaultyStorage
{
    /// <summary>The storage as those see it who send jobs and read results.</summary>
    ITrialStorage Clean { get; }

    /// <summary>Its folder; null where it has none.</summary>
    string? Folder { get; }

    /// <summary>Gives a service the storage whose calls go wrong as a plan says.</summary>
    void Compose(IServiceCollection services, FaultPlan plan);
}
