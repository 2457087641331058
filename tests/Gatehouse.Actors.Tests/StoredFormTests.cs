using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tests.Contacts;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests;

/// <summary>What is read back is what was written, or a clear refusal.</summary>
public sealed class StoredFormTests
{
    private static readonly ContactActor Contacts = new(new ContactRules());
    private static readonly TokenActor Tokens = new(new TokenRules());

    private static byte[] Contact() => Contacts.Bytes(SchemaSamples.Contact());

    private static byte[] Token() => Tokens.Bytes(SchemaSamples.Token());

    [Fact]
    public void A_newer_schema_is_refused_with_a_sentence()
    {
        var contact = Assert.Throws<NewerSchemaException>(() => Contacts.Read(2, Contact()));
        Assert.Contains("contact has schema 2", contact.Message, StringComparison.Ordinal);
        Assert.Contains("newer release", contact.Message, StringComparison.Ordinal);
        Assert.Throws<NewerSchemaException>(() => Tokens.Read(7, Token()));
        Assert.Throws<InvalidDataException>(() => Tokens.Read(0, Token()));
    }

    [Fact]
    public void A_state_cut_anywhere_is_refused()
    {
        var (contact, token) = (Contact(), Token());
        for (var length = 0; length < contact.Length; length++) Assert.Throws<InvalidDataException>(() => Contacts.Read(1, contact.AsSpan(0, length)));
        for (var length = 0; length < token.Length; length++) Assert.Throws<InvalidDataException>(() => Tokens.Read(2, token.AsSpan(0, length)));
    }

    [Fact]
    public void A_state_with_any_bit_turned_is_refused()
    {
        foreach (var (state, read) in new (byte[], Action<byte[]>)[] { (Contact(), bytes => Contacts.Read(1, bytes)), (Token(), bytes => Tokens.Read(2, bytes)) })
        {
            for (var bit = 0; bit < state.Length * 8; bit++)
            {
                var damaged = (byte[])state.Clone();
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Throws<InvalidDataException>(() => read(damaged));
            }
        }
    }

    /// <summary>Behind a checksum that fits, so that the bounds themselves are met.</summary>
    [Fact]
    public void Garbage_with_a_right_checksum_is_read_as_a_state_or_refused_and_allocates_no_more_than_it_holds()
    {
        var garbled = 0;
        Histories.Check(3000, 60, history =>
        {
            var body = Contact()[..^4];
            foreach (var move in history) body[move.How % body.Length] = (byte)(move.What < 30 ? 0xFF : move.How >> 8);
            byte[] state = [.. body, .. BitConverter.GetBytes(Codec.Checksum.Of(body))];
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Contacts.Read(1, state);
            }
            catch (InvalidDataException)
            {
                garbled++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        });
        Assert.True(garbled > 1000);
    }

    [Fact]
    public void A_contact_with_twenty_delivered_uploads_takes_about_a_kilobyte()
    {
        var contact = new ContactDriver(new ContactRules(), SchemaSamples.Start);
        for (var i = 1; i <= 20; i++)
        {
            contact.Deliver(i, content: i);
            contact.Pass(TimeSpan.FromMinutes(3));
        }
        Assert.InRange(Contacts.Bytes(contact.State).Length, 700, 1100);
    }
}
