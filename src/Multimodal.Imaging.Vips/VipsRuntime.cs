using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>
/// The process's one libvips, set up for a server that reads strangers' files. It is loaded at the first image, not before: a worker that
/// sees texts only never pays for it.
/// </summary>
internal static class VipsRuntime
{
    /// <summary>The loaders that may run: those of the formats that content detection lets through. The settings are the process's.</summary>
    private static readonly string[] Loaders =
    [
        "VipsForeignLoadJpeg",
        "VipsForeignLoadPng",
        "VipsForeignLoadWebp",
        "VipsForeignLoadNsgif",
        "VipsForeignLoadTiff",
        "VipsForeignLoadHeif",
    ];

    // Kept here because native code calls it.
    private static readonly Log.LogDelegate Discard = static (_, _, _) => { };

    private static readonly Lazy<bool> Ready = new(Start);

    /// <summary>Loads and sets up libvips, once.</summary>
    /// <exception cref="InvalidOperationException">The native library is missing or does not load.</exception>
    public static void Require() => _ = Ready.Value;

    private static bool Start()
    {
        // NetVips starts libvips when its assembly is loaded, and keeps a failure for whoever asks.
        if (!ModuleInitializer.VipsInitialized)
        {
            throw new InvalidOperationException(
                "libvips did not load: reference the package NetVips.Native.* of this platform, or install libvips 8.18 or later.",
                ModuleInitializer.Exception);
        }

        // What is wrong with a file comes back as an error; the same on the host's standard error would only let strangers fill its logs.
        _ = Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Discard);

        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders)
        {
            Operation.Block(loader, false);
        }

        // No image comes twice, so remembering operations would only hold memory; and many inputs are decoded side by side, which
        // occupies the processors better than many threads for one image.
        Cache.Max = 0;
        Cache.MaxMem = 0;
        Cache.MaxFiles = 0;
        NetVips.NetVips.Concurrency = 1;
        return true;
    }
}
