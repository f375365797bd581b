namespace Multimodal.Trials.Audit;

/// <summary>Judges what a feed reports of the packages in use.</summary>
/// <param name="canary">What it reports of a package that is known to be vulnerable.</param>
/// <param name="report">What it reports of ours.</param>
/// <param name="exceptions">What is taken for a time.</param>
/// <param name="today">The day.</param>
internal sealed class AuditTrial(
    IReadOnlyList<Vulnerability> canary, IReadOnlyList<Vulnerability> report, IReadOnlyList<AuditException> exceptions, DateOnly today)
{
    /// <summary>The feed knows of no vulnerability of ours but those that are taken.</summary>
    public const int Clean = 0;

    /// <summary>There is one, or an exception that must not stand.</summary>
    public const int Vulnerable = 1;

    /// <summary>The feed has no list of vulnerabilities, so that nothing was audited.</summary>
    public const int NothingKnown = 3;

    /// <summary>What the process ends with.</summary>
    public int ExitCode => Faults.Count > 0 ? Vulnerable : canary.Count == 0 ? NothingKnown : Clean;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<string> Faults { get; } =
    [
        .. AuditExceptions.FindFaults(exceptions, today),
        .. report.Where(found => !exceptions.Any(exception => exception.Package == found.Package && exception.Advisory == found.Advisory))
            .Select(found => $"{found.Package} {found.Version}: {found.Severity}, {found.Advisory} ({string.Join(", ", found.Projects)})"),
    ];

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines() => ExitCode switch
    {
        NothingKnown => ["audit: this feed has no list of vulnerabilities; nothing was audited"],
        Clean => [$"audit: no known vulnerability, {exceptions.Count} exceptions"],
        _ => Faults.Select(fault => $"audit: {fault}"),
    };
}
