using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tokens;
using Gatehouse.Silo.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Gatehouse.Silo.Tests.Messages;

/// <summary>Every command, reply and record travels between silos whole, although the domain knows nothing of Orleans.</summary>
public sealed class MessageTests : IDisposable
{
    private static readonly string SampleFile = Path.Combine(AppContext.BaseDirectory, "Samples", "messages-1.txt");

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private static readonly IReadOnlyList<string> Names =
    [
        .. new[]
        {
            Filled.KindsOf<ContactCommand>(), Filled.KindsOf<ContactReply>(), Filled.KindsOf<AttemptOutcome>(), Filled.KindsOf<TokenCommand>(), Filled.KindsOf<TokenReply>(), Filled.KindsOf<Record>(),
        }
        .SelectMany(kinds => kinds).Select(type => type.FullName!),
    ];

    public static TheoryData<string> All => [.. Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Arrives_as_it_was_sent(string type)
    {
        foreach (var bare in (bool[])[false, true])
        {
            var sent = Filled.Of(Type(type), bare);
            var arrived = Serializer.Deserialize<object>(Serializer.SerializeToArray(sent));
            Assert.Equal(Filled.Shown(sent), Filled.Shown(arrived));
        }
    }

    [Fact]
    public void An_answer_arrives_with_its_reply_and_its_records()
    {
        var sent = new TurnAnswer<ContactReply>(new ContactReply.Duplicate(new UploadId(7)), [new FileKept(new UploadId(8)), new FileDropped(new UploadId(9), 10)], TimeSpan.FromSeconds(3));
        var arrived = Serializer.Deserialize<TurnAnswer<ContactReply>>(Serializer.SerializeToArray(sent))!;
        Assert.Equal(sent.Reply, arrived.Reply);
        Assert.Equal(sent.Records, arrived.Records);
        Assert.Equal((sent.DueIn, sent.Fault, sent.Why), (arrived.DueIn, arrived.Fault, arrived.Why));
    }

    [Fact]
    public void What_an_earlier_release_sent_is_read_as_it_was_meant()
    {
        foreach (var (type, bytes) in Samples()) AssertSameWhereSet(Filled.Of(Type(type)), Serializer.Deserialize<object>(bytes), type);
    }

    [Fact]
    public void Every_message_has_a_sample()
    {
        var known = Samples().Select(sample => sample.Type).ToHashSet(StringComparer.Ordinal);
        var missing = Names.Where(name => !known.Contains(name)).Select(name => $"{name} {Convert.ToHexString(Serializer.SerializeToArray(Filled.Of(Type(name))))}");
        Assert.True(!missing.Any(), $"Add to {Path.GetFileName(SampleFile)}, and change no line that is there:\n{string.Join('\n', missing)}");
    }

    public void Dispose() => _services.Dispose();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    private static Type Type(string name) => typeof(ContactCommand).Assembly.GetType(name, throwOnError: true)!;

    private static IEnumerable<(string Type, byte[] Bytes)> Samples() =>
        File.ReadLines(SampleFile).Select(line => line.Split(' ')).Select(parts => (parts[0], Convert.FromHexString(parts[1])));

    /// <summary>A member that is newer than the sample is at its default.</summary>
    private static void AssertSameWhereSet(object? expected, object? actual, string path)
    {
        if (actual is null || expected is null) return;
        Assert.IsType(expected.GetType(), actual);
        if (expected is string or IEnumerable<string> or ValueType && expected is not UploadId and not Fingerprint)
        {
            if (!actual.Equals(DefaultOf(actual.GetType()))) Assert.True(string.Equals(Filled.Shown(expected), Filled.Shown(actual), StringComparison.Ordinal), $"{path}: {Filled.Shown(actual)} instead of {Filled.Shown(expected)}");
            return;
        }
        foreach (var member in expected.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0)) AssertSameWhereSet(member.GetValue(expected), member.GetValue(actual), $"{path}.{member.Name}");
    }

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
