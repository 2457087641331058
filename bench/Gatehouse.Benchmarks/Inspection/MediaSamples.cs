using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Heic;
using Gatehouse.Inspection.Tests.Mp4;
using static Gatehouse.Inspection.Tests.Webp.WebpBuilder;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>Pictures and videos of phones and messengers: true headers, noise where their coded data are.</summary>
internal static class MediaSamples
{
    public static IEnumerable<InspectionSample> All()
    {
        yield return new("gif 10 KB", Gif(230, 190, frames: 1));
        yield return new("gif 5 MB", Gif(800, 600, frames: 50));
        yield return new("webp 10 KB", Riff(Lossy(200, 150, noise: 10_000)));
        yield return new("webp 5 MB", Riff(Lossy(4000, 3000, noise: 5_000_000)));
        yield return new("mp4 10 KB", Mp4(samples: 10, length: 900));
        yield return new("mp4 5 MB", Mp4(samples: 1_700, length: 2_930));
        yield return new("heic 10 KB", new HeicBuilder { TileLength = 1_500 }.Build());
        yield return new("heic 5 MB", new HeicBuilder { Rows = 12, Columns = 16, Width = 8064, Height = 6048, TileLength = 26_000 }.Build());
    }

    private static byte[] Gif(ushort width, ushort height, int frames) =>
        new GifBuilder { Width = width, Height = height, TableBits = 8, Frames = [.. Enumerable.Repeat(GifBuilder.Frame(width, height, bits: 8), frames)] }.Build();

    private static byte[] Mp4(int samples, int length) => new Mp4Builder { Samples = [.. Enumerable.Repeat(length, samples)] }.Build();
}
