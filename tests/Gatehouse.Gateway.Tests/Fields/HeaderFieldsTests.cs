using Gatehouse.Gateway.Fields;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Gateway.Tests.Fields;

public sealed class HeaderFieldsTests
{
    [Theory]
    [InlineData("wait=0", 0, "wait=0")]
    [InlineData("wait=60", 60, "wait=60")]
    [InlineData("Wait = \"7\"", 7, "wait=7")]
    [InlineData("respond-async", 0, "respond-async")]
    [InlineData("respond-async, wait=10", 10, "respond-async, wait=10")]
    [InlineData("wait=5|wait=9", 5, "wait=5")]
    [InlineData("return=minimal; foo=\"a,b\", wait=3;x", 3, "wait=3")]
    public void A_preference_is_applied(string header, int seconds, string applied)
    {
        Assert.False(WaitPreference.Parse(new StringValues(header.Split('|'))).Failed(out _, out var preference));
        Assert.Equal(TimeSpan.FromSeconds(seconds), preference!.Wait);
        Assert.Equal(applied, preference.Applied);
    }

    [Theory]
    [InlineData("return=minimal")]
    [InlineData("")]
    public void What_is_not_known_is_ignored(string header) => Assert.Equal(WaitPreference.None, WaitPreference.Parse(header).Value);

    [Theory]
    [InlineData("wait=61")]
    [InlineData("wait=-1")]
    [InlineData("wait=1.5")]
    [InlineData("wait")]
    [InlineData("wait=")]
    [InlineData("wait=\"5")]
    [InlineData("wait=5 5")]
    [InlineData("respond-async=1")]
    [InlineData("=")]
    public void A_bad_preference_is_refused(string header) => Assert.Equal("prefer-invalid", WaitPreference.Parse(header).Problem?.Code.Name);

    [Fact]
    public void An_idempotency_key_is_visible_ASCII_and_comes_once()
    {
        Assert.Null(IdempotencyKey.Parse(StringValues.Empty).Problem);
        Assert.Equal("!~", IdempotencyKey.Parse("!~").Value);
        Assert.Null(IdempotencyKey.Parse(new string('k', 255)).Problem);
        foreach (var bad in new StringValues[] { "", new string('k', 256), "a b", "ü", "a\u007F", new(["a", "a"]) })
            Assert.Equal("idempotency-key-invalid", IdempotencyKey.Parse(bad).Problem?.Code.Name);
    }

    [Theory]
    [InlineData("conversation_id", "a b")]
    [InlineData("route", "../x")]
    [InlineData("sender_id", "a\nb")]
    [InlineData("duplicate", "Allow")]
    public void A_bad_field_is_refused_by_its_name(string name, string value)
    {
        var problem = new UploadFields().Set(name, value);
        Assert.Equal(("multipart-invalid", name), (problem?.Code.Name, problem?.Field));
    }

    [Fact]
    public void Good_fields_are_kept_and_empty_ones_count_as_not_sent()
    {
        var fields = new UploadFields();
        foreach (var (name, value) in new[] { ("conversation_id", "3F8E1C52-0A7D-4D0B-9A51-6F2D4C8B7E00"), ("route", ""), ("sender_id", "Ada L."), ("duplicate", "allow") })
            Assert.Null(fields.Set(name, value));
        Assert.Equal(("3f8e1c52-0a7d-4d0b-9a51-6f2d4c8b7e00", null, "Ada L.", true), (fields.ConversationId, fields.Route, fields.SenderId, fields.AllowDuplicate));
    }
}
