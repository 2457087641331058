using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Storage.Moving;

/// <summary>Counts rows and hashes all that is in them, in the order in which they come: two stores with the same rows come to the same.</summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Rows { get; private set; }

    public RowDigest Add(MovedActor actor) => Row().Add(actor.Key.Kind).Add(actor.Key.Key).Add(actor.Version).Add(actor.Schema).Add(actor.State).Add(actor.DueAt).Add(actor.Waiting ? 1 : 0);

    public RowDigest Add(UploadRow row, DateTimeOffset? endedAt) => Row()
        .Add(row.Id.ToString()).Add(row.ContactId).Add(row.ConversationId).Add(row.GenesysContactId).Add(row.Filename).Add(row.OriginalFilename).Add(row.Mime).Add(row.Charset)
        .Add(row.Size).Add(row.Sha256).Add((long)row.Status).Add(string.Join(' ', row.Flags)).Add(row.Route).Add(row.SenderId).Add(row.Attempts).Add(row.Sequence)
        .Add(row.CreatedAt).Add(row.DeliveredAt).Add(row.Result).Add(row.Error).Add(row.Caller).Add(endedAt);

    /// <param name="sha256">Of its bytes; null: they are a blob.</param>
    public RowDigest AddFile(UploadId id, string? contactId, long size, DateTimeOffset? createdAt, DateTimeOffset? endedAt, DateTimeOffset? fileUntil, byte[]? sha256) =>
        Row().Add(id.ToString()).Add(contactId).Add(size).Add(createdAt).Add(endedAt).Add(fileUntil).Add(sha256);

    /// <summary>64 hexadecimal digits. Ends the digest.</summary>
    public string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private RowDigest Row()
    {
        Rows++;
        return this;
    }

    private RowDigest Add(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _hash.AppendData(bytes);
        return this;
    }

    private RowDigest Add(DateTimeOffset? value) => Add(value?.ToMicroseconds() ?? long.MinValue);

    /// <summary>As PostgreSQL can keep it.</summary>
    private RowDigest Add(string? value) => Add(value is null ? null : Encoding.UTF8.GetBytes(StorableText.Of(value)));

    private RowDigest Add(byte[]? value)
    {
        Add(value?.LongLength ?? -1);
        if (value is not null) _hash.AppendData(value);
        return this;
    }
}
