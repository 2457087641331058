using System.Buffers.Binary;
using Gatehouse.Actors;
using Npgsql;
using NpgsqlTypes;

namespace Gatehouse.Storage.Postgres;

/// <summary>A parameter by position: typed, so that a statement is prepared once whatever is null in it.</summary>
internal readonly struct Value(NpgsqlParameter parameter)
{
    public NpgsqlParameter Parameter { get; } = parameter;

    public static implicit operator Value(bool value) => new(new NpgsqlParameter<bool> { TypedValue = value });

    public static implicit operator Value(short value) => new(new NpgsqlParameter<short> { TypedValue = value });

    public static implicit operator Value(int value) => new(new NpgsqlParameter<int> { TypedValue = value });

    public static implicit operator Value(long value) => new(new NpgsqlParameter<long> { TypedValue = value });

    public static implicit operator Value(string? value) =>
        new(value is null ? Null(NpgsqlDbType.Text) : new NpgsqlParameter<string> { TypedValue = StorableText.Of(value), NpgsqlDbType = NpgsqlDbType.Text });

    /// <summary>Microseconds since 1970.</summary>
    public static implicit operator Value(DateTimeOffset? value) => new(value is { } at ? new NpgsqlParameter<long> { TypedValue = at.ToMicroseconds() } : Null(NpgsqlDbType.Bigint));

    public static implicit operator Value(UploadId? value) => new(value is { } id ? new NpgsqlParameter<Guid> { TypedValue = ToGuid(id) } : Null(NpgsqlDbType.Uuid));

    public static implicit operator Value(ReadOnlyMemory<byte>? value) =>
        new(value is { } bytes ? new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea } : Null(NpgsqlDbType.Bytea));

    public static implicit operator Value(Stream value) => new(new NpgsqlParameter<Stream> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea });

    public static Value Of(IEnumerable<UploadId> values) => new(new NpgsqlParameter<Guid[]> { TypedValue = [.. values.Select(ToGuid)] });

    /// <summary>A key is compared: one that cannot be kept as it is must not become another's.</summary>
    /// <exception cref="ArgumentException">PostgreSQL keeps no such text.</exception>
    public static Value Key(ActorKey key) => string.Equals(StorableText.Of(key.Key), key.Key, StringComparison.Ordinal)
        ? key.Key
        : throw new ArgumentException("A key holds a character that PostgreSQL does not keep.", nameof(key));

    public static UploadId ToId(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new UploadId(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>A UUID reads as the id does: its 128 bits, highest first.</summary>
    private static Guid ToGuid(UploadId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        return new Guid(bytes, bigEndian: true);
    }

    private static NpgsqlParameter Null(NpgsqlDbType type) => new() { NpgsqlDbType = type, Value = DBNull.Value };
}

/// <summary>Statements with their values.</summary>
internal static class Values
{
    public static NpgsqlCommand With(this NpgsqlCommand command, params ReadOnlySpan<Value> values)
    {
        foreach (var value in values) command.Parameters.Add(value.Parameter);
        return command;
    }

    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<Value> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value.Parameter);
        batch.BatchCommands.Add(command);
    }
}
