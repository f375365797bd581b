using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Privacy;
using Multimodal.Privacy.Redaction;
using Multimodal.Privacy.Settings;

namespace Multimodal.Privacy.Tests;

/// <summary>Makes masks as a host does.</summary>
internal static class Masks
{
    public static RedactingTextMask Create(MaskingOptions options)
    {
        var services = new ServiceCollection();
        new MultimodalBuilder(services).UseMasking(options);
        return (RedactingTextMask)services.BuildServiceProvider().GetRequiredService<ITextMask>();
    }
}
