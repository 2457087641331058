using System.Security.Cryptography;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

/// <summary>Builders of saves and rows.</summary>
internal static class Saves
{
    public static readonly DateTimeOffset Created = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    public static ActorSave Of(string key, long expected, params Record[] records) => new()
    {
        Key = new ActorKey("contact", key),
        ExpectedVersion = expected,
        Schema = 3,
        State = new byte[] { 1, 2, 3 },
        Wake = default,
        Records = records,
    };

    public static ActorSave Due(string key, DateTimeOffset due, bool waiting = false, long expected = 0) => Of(key, expected) with { Wake = new Wake(due, waiting, Forget: false) };

    public static ActorSave Forgetting(string key, long expected) => Of(key, expected) with { Wake = new Wake(null, Waiting: false, Forget: true) };

    public static UploadRow Row(string contact = "c", long sequence = 1, long size = 10) => new()
    {
        Id = UploadId.New(),
        ContactId = contact,
        Filename = "photo.png",
        OriginalFilename = "Фото.png",
        Mime = "image/png",
        Size = size,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData([1])),
        Route = "contact-attachments",
        CreatedAt = Created,
        Sequence = sequence,
    };

    public static UploadMoved Moved(UploadId id, UploadStatus status, DateTimeOffset at) => new(id, status, 1, at, null, null, null);

    public static async Task<byte[]?> ReadAsync(this ISmallFiles files, UploadId id)
    {
        using var file = await files.OpenAsync(id, CancellationToken.None);
        return file is null ? null : Whole(file);
    }

    public static byte[] Whole(FileBytes file)
    {
        var whole = new byte[file.Length];
        var read = 0;
        while (file.ReadAt(read, whole.AsSpan(read)) is > 0 and var count) read += count;
        Assert.Equal(whole.Length, read);
        return whole;
    }
}
