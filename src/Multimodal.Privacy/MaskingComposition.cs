using Microsoft.Extensions.Compliance.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Privacy;
using Multimodal.Privacy.Detection;
using Multimodal.Privacy.Redaction;
using Multimodal.Privacy.Settings;

namespace Multimodal.Privacy;

/// <summary>Composes a host with masking.</summary>
public static class MaskingComposition
{
    /// <summary>
    /// Masks personal data in what is stored, shown and said of texts. A redactor of the host's own takes the place of ours for a kind
    /// where it is set for the kind's classification (<see cref="PersonalData"/>) afterwards.
    /// </summary>
    public static MultimodalBuilder UseMasking(this MultimodalBuilder builder, MaskingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        options ??= new MaskingOptions();
        if (options.Mode == MaskingMode.Off)
        {
            return builder;
        }

        var detectors = Create(options);
        var classifications = detectors.Select(pair => new Microsoft.Extensions.Compliance.Classification.DataClassificationSet(PersonalData.Of(pair.Kind))).ToArray();
        builder.Services.AddRedaction(redaction =>
        {
            if (options.Mode == MaskingMode.Pseudonym)
            {
                redaction.SetRedactor<PseudonymRedactor>(classifications);
            }
            else
            {
                redaction.SetRedactor<ErasingRedactor>(classifications);
            }
        });
        if (options.Mode == MaskingMode.Pseudonym)
        {
            builder.Services.Configure<HmacRedactorOptions>(hmac => hmac.Key = Convert.ToBase64String(options.Key.Span));
            builder.Services.AddSingleton<HmacRedactor>();
        }

        builder.Services.Replace(ServiceDescriptor.Singleton<ITextMask>(
            services => new RedactingTextMask(detectors, services.GetRequiredService<IRedactorProvider>(), options.BeforeEncoding)));
        return builder;
    }

    // The user's own first: they are the most specific there is.
    private static List<(string Kind, IDetector Detector)> Create(MaskingOptions options) =>
    [
        .. options.Patterns.OrderBy(pattern => pattern.Key, StringComparer.Ordinal)
            .Select(pattern => (pattern.Key, (IDetector)new PatternDetector(pattern.Key, pattern.Value))),
        .. PersonalDataKinds.All.Where(options.Kinds.Contains).Select(kind => (kind, Create(kind, options))),
    ];

    private static IDetector Create(string kind, MaskingOptions options) => kind switch
    {
        PersonalDataKinds.Link => new LinkDetector(),
        PersonalDataKinds.Email => new EmailDetector(),
        PersonalDataKinds.Iban => new IbanDetector(),
        PersonalDataKinds.Card => new CardDetector(),
        PersonalDataKinds.Ip => new IpDetector(),
        PersonalDataKinds.Coordinates => new CoordinatesDetector(),
        _ => new PhoneDetector(options.Regions),
    };
}
