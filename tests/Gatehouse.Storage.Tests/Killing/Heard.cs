using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Storage.Tests.Segments;

namespace Gatehouse.Storage.Tests.Killing;

/// <summary>What a killed writer had said: which files must be there, and which may.</summary>
internal sealed class Heard
{
    private readonly Dictionary<UploadId, (byte[] Bytes, bool Kept, bool Dropping, bool Dropped)> _files = [];

    /// <summary>It was told of a compaction that was not told to have ended.</summary>
    public bool Compacting { get; private set; }

    /// <summary>A file was on its way when the writer died.</summary>
    public bool Keeping => _files.Values.Any(file => !file.Kept);

    public void Line(string line)
    {
        var words = line.Split(' ');
        if (words.Length == 1)
        {
            Compacting = string.Equals(line, "compacting", StringComparison.Ordinal);
            return;
        }
        Assert.True(UploadId.TryParse(words[1], out var id), line);
        var file = _files.GetValueOrDefault(id);
        _files[id] = words[0] switch
        {
            "keeping" => file with { Bytes = SegmentStore.Bytes(Number(words[2]), Number(words[3])) },
            "kept" => file with { Kept = true },
            "dropping" => file with { Dropping = true },
            "dropped" => file with { Dropped = true },
            _ => throw new InvalidOperationException(line),
        };
    }

    /// <summary>Every file is there byte for byte, or rightly not there. From here on what was found is what is known.</summary>
    public async Task FoundAsync(ISmallFiles files, IUploadRows rows)
    {
        Compacting = false;
        foreach (var (id, file) in _files.ToList())
        {
            var found = await files.ReadAsync(id);
            if (found is not null) Assert.Equal(file.Bytes, found);
            Assert.True(found is not null || !file.Kept || file.Dropping, $"{id} was kept and is lost.");
            Assert.True(found is null || !file.Dropped, $"{id} was dropped and is there.");
            Assert.Equal(found is not null, (await rows.WithFilesAsync([id], CancellationToken.None)).Count == 1);
            if (found is null) _files.Remove(id);
            else _files[id] = (file.Bytes, Kept: true, Dropping: false, Dropped: false);
        }
    }

    public long LiveBytes => _files.Values.Sum(file => (long)file.Bytes.Length);

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
