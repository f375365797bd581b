namespace Multimodal.Testing.Storage.Faults;

/// <summary>What goes wrong with a call to a storage.</summary>
public enum StorageFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It fails, and nothing has happened.</summary>
    Fails,

    /// <summary>It takes too long, and nothing has happened.</summary>
    TimesOut,

    /// <summary>It is turned away because there are too many: 503.</summary>
    Throttles,

    /// <summary>It is turned away because there are too many: 429.</summary>
    Refuses,

    /// <summary>It happened, and its answer is lost; so it will happen a second time.</summary>
    LosesAnswer,
}
