using System.Linq.Expressions;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>Which jobs' embeddings count; what is null or empty does not matter.</summary>
public sealed record JobFilter
{
    /// <summary>The pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The first verdict.</summary>
    public string? Label { get; init; }

    /// <summary>Which embeddings: <c>fused</c>, and names of modalities.</summary>
    public IReadOnlyList<string> Vectors { get; init; } = [];

    /// <summary>When the result stood at the earliest.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the result stood at the latest.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A job that does not count.</summary>
    public JobId? Except { get; init; }

    /// <summary>The filter as a vector store takes it; null where everything counts.</summary>
    internal Expression<Func<JobEntry, bool>>? ToExpression()
    {
        var terms = new List<Expression<Func<JobEntry, bool>>>();
        if (Pipeline is { } pipeline)
        {
            terms.Add(entry => entry.Pipeline == pipeline);
        }

        if (Label is { } label)
        {
            terms.Add(entry => entry.Label == label);
        }

        if (Vectors is [var only])
        {
            terms.Add(entry => entry.Vector == only);
        }
        else if (Vectors.Count > 0)
        {
            List<string> vectors = [.. Vectors];
            terms.Add(entry => vectors.Contains(entry.Vector));
        }

        if (Since is { } since)
        {
            terms.Add(entry => entry.PublishedAt >= since);
        }

        if (Until is { } until)
        {
            terms.Add(entry => entry.PublishedAt <= until);
        }

        if (Except is { } except)
        {
            var job = except.Value;
            terms.Add(entry => entry.JobId != job);
        }

        return terms.Count == 0 ? null : terms.Aggregate(And);
    }

    private static Expression<Func<JobEntry, bool>> And(Expression<Func<JobEntry, bool>> x, Expression<Func<JobEntry, bool>> y) =>
        Expression.Lambda<Func<JobEntry, bool>>(
            Expression.AndAlso(x.Body, new Renaming(y.Parameters[0], x.Parameters[0]).Visit(y.Body)), x.Parameters);

    private sealed class Renaming(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
