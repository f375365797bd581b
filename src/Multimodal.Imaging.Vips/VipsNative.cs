using System.Reflection;
using System.Runtime.InteropServices;

namespace Multimodal.Imaging.Vips;

/// <summary>What the binding does not offer without a managed array for each call. The library is the one that the binding has loaded.</summary>
internal static partial class VipsNative
{
    private const string Library = "vips";

    static VipsNative() => NativeLibrary.SetDllImportResolver(typeof(VipsNative).Assembly, Resolve);

    /// <summary>A copy of an area of pixels, rows end to end; null where they do not decode.</summary>
    /// <param name="region">A <c>VipsRegion</c>.</param>
    /// <param name="left">Left edge in pixels.</param>
    /// <param name="top">Top edge in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="length">The copy's size in bytes.</param>
    /// <returns>To be freed by <see cref="NetVips.NetVips.Free"/>.</returns>
    [LibraryImport(Library, EntryPoint = "vips_region_fetch")]
    public static partial nint FetchRegion(nint region, int left, int top, int width, int height, out nuint length);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }

        // Named as NetVips names it, so that there is one library in the process.
        var file = OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";
        return NativeLibrary.Load(file, typeof(NetVips.Image).Assembly, path);
    }
}
