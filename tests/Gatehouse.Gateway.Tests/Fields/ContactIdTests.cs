using Gatehouse.Gateway.Fields;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Gateway.Tests.Fields;

public sealed class ContactIdTests
{
    [Theory]
    [InlineData("Ada_1-x", "Ada_1-x")]
    [InlineData("3F8E1C52-0A7D-4D0B-9A51-6F2D4C8B7E00", "3f8e1c52-0a7d-4d0b-9a51-6f2d4c8b7e00")]
    [InlineData("email:Ada@Example.ORG", "email:ada@example.org")]
    [InlineData("phone:+49 (170) 123-45.67", "phone:+491701234567")]
    [InlineData("phone:0049 170 1234567", "phone:+491701234567")]
    [InlineData("phone:491701234567", "phone:+491701234567")]
    [InlineData("external:Kunde 7/ü:x", "external:Kunde 7/ü:x")]
    public void A_contact_id_has_one_form(string text, string expected) => Assert.Equal(expected, ContactId.Parse(text)?.Value);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("ü")]
    [InlineData("Email:a@b")]
    [InlineData("sms:1234567")]
    [InlineData("email:")]
    [InlineData("email:ada")]
    [InlineData("email:@b")]
    [InlineData("email:a@")]
    [InlineData("email:a b@c")]
    [InlineData("phone:01701234567")]
    [InlineData("phone:+4")]
    [InlineData("phone:+49170x234567")]
    [InlineData("phone:49+1701234567")]
    [InlineData("phone:+1234567890123456")]
    [InlineData("external:a\u0000b")]
    [InlineData("external:a\u202Eb")]
    [InlineData("external:a\uFFFDb")]
    public void What_is_no_contact_id_is_refused(string text) => Assert.Null(ContactId.Parse(text));

    [Fact]
    public void Half_a_character_is_refused() => Assert.Null(ContactId.Parse("external:" + '\uD83C'));

    [Fact]
    public void Lengths_are_bounded()
    {
        Assert.NotNull(ContactId.Parse(new string('a', 64)));
        Assert.Null(ContactId.Parse(new string('a', 65)));
        Assert.NotNull(ContactId.Parse("external:" + new string('a', 255)));
        Assert.Null(ContactId.Parse("external:" + new string('a', 256)));
        Assert.NotNull(ContactId.Parse("external:" + string.Concat(Enumerable.Repeat("\U0001F600", 255))));
        Assert.Null(ContactId.Parse("external:" + string.Concat(Enumerable.Repeat("\U0001F600", 256))));
    }

    [Theory]
    [InlineData(null, null, null, "contact-id-missing")]
    [InlineData("ada", null, null, "ada")]
    [InlineData(null, "ada", null, "ada")]
    [InlineData(null, null, "ada", "ada")]
    [InlineData("email:A@b", "email:a@B", "email:a@b", "email:a@b")]
    [InlineData("ada", "eve", null, "contact-id-invalid")]
    [InlineData("ada", null, "eve", "contact-id-invalid")]
    [InlineData("a b", null, null, "contact-id-invalid")]
    [InlineData("ada|ada", null, null, "multipart-invalid")]
    [InlineData(null, "ada|ada", null, "multipart-invalid")]
    [InlineData("", null, "ada", "ada")]
    public void All_places_that_name_a_contact_must_agree(string? header, string? query, string? field, string expected)
    {
        var context = new DefaultHttpContext();
        if (header is not null) context.Request.Headers[ContactChoice.Header] = new StringValues(header.Split('|'));
        if (query is not null) context.Request.QueryString = new QueryString("?contact_id=" + string.Join("&contact_id=", query.Split('|').Select(Uri.EscapeDataString)));
        Assert.Equal(expected, Resolve());

        string? Resolve()
        {
            if (ContactChoice.BeforeBody(context.Request).Failed(out var problem, out var choice)) return problem.Code.Name;
            if (field is not null && choice.WithField(field).Failed(out problem, out choice)) return problem.Code.Name;
            return choice.Require().Failed(out problem, out var contact) ? problem.Code.Name : contact.Value;
        }
    }
}
