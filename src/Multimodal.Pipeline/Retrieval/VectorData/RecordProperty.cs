using System.Reflection;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>A property of a record, of a class or of a dictionary.</summary>
/// <param name="Name">Its name in the record.</param>
/// <param name="StorageName">Its name in what is stored.</param>
/// <param name="Type">Its type.</param>
/// <param name="Member">The property of the class; null for a dictionary.</param>
internal sealed record RecordProperty(string Name, string StorageName, Type Type, PropertyInfo? Member)
{
    /// <summary>Its value in a record.</summary>
    public object? Get(object record) =>
        Member is not null ? Member.GetValue(record) : ((Dictionary<string, object?>)record).GetValueOrDefault(Name);

    /// <summary>Sets its value in a record.</summary>
    public void Set(object record, object? value)
    {
        if (Member is not null)
        {
            Member.SetValue(record, value);
        }
        else
        {
            ((Dictionary<string, object?>)record)[Name] = value;
        }
    }
}
