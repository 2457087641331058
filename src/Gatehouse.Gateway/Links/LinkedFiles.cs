using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Gateway.Delivery;

namespace Gatehouse.Gateway.Links;

/// <summary>Files as links give them out. A file is compared with its SHA-256 when this process first opens it, not for every range of it that is asked for.</summary>
public sealed class LinkedFiles(UploadFiles files)
{
    /// <summary>More are compared again: 16 bytes each is not worth more thought.</summary>
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<UploadId, bool> _sound = new();

    /// <exception cref="InvalidDataException">Other bytes are there than were kept, or fewer.</exception>
    public async ValueTask<FileBytes?> OpenAsync(UploadRow row, CancellationToken cancellationToken)
    {
        if (_sound.ContainsKey(row.Id)) return await files.OpenSoundAsync(row, cancellationToken);
        var file = await files.OpenAsync(row, cancellationToken);
        if (file is null) return null;
        if (_sound.Count >= MostKnown) _sound.Clear();
        _sound.TryAdd(row.Id, true);
        return file;
    }

    /// <summary>For who gives out none of its bytes: nothing of it is read.</summary>
    public ValueTask<FileBytes?> OpenUnreadAsync(UploadRow row, CancellationToken cancellationToken) => files.OpenSoundAsync(row, cancellationToken);
}
