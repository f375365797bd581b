using System.Linq.Expressions;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>Filters as the compiler writes them, made into code that runs on records in memory.</summary>
internal sealed class RecordFilter : ExpressionVisitor
{
    /// <summary>Compiles a filter.</summary>
    public static Func<TRecord, bool> Compile<TRecord>(Expression<Func<TRecord, bool>> filter) =>
        ((Expression<Func<TRecord, bool>>)new RecordFilter().Visit(filter)).Compile();

    // Since C# 14 `array.Contains(x)` means the method of spans, which code that is made at run time may not be able to call.
    protected override Expression VisitMethodCall(MethodCallExpression node) =>
        node.Method.Name == nameof(MemoryExtensions.Contains)
        && node.Method.DeclaringType == typeof(MemoryExtensions)
        && node.Arguments[0] is MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var array] }
        && array.Type.IsArray
        && (node.Arguments.Count == 2 || node.Arguments[2] is ConstantExpression { Value: null })
            ? Expression.Call(
                typeof(Enumerable), nameof(Enumerable.Contains), [array.Type.GetElementType()!], Visit(array), Visit(node.Arguments[1]))
            : base.VisitMethodCall(node);
}
