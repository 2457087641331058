using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Gateway.Fields;

/// <summary>
/// The contact, from wherever the request names it: header <c>X-Contact-Id</c>, query, field. Twice in one place is malformed, two places that differ are a conflict.
/// </summary>
/// <param name="Contact">Null while no place has named one.</param>
public sealed record ContactChoice(ContactId? Contact)
{
    public const string Header = "X-Contact-Id";
    public const string Query = "contact_id";

    /// <summary>What is known before the body.</summary>
    public static OrProblem<ContactChoice> BeforeBody(HttpRequest request)
    {
        if (new ContactChoice(Contact: null).With(request.Headers[Header], Header).Failed(out var problem, out var named)) return problem;
        return named.With(request.Query[Query], Query);
    }

    /// <summary>With the field's value, when it has arrived.</summary>
    public OrProblem<ContactChoice> WithField(string value) => With(value, Multipart.FormFields.ContactId);

    /// <summary>The contact, when everything that could name it has been read.</summary>
    public OrProblem<ContactId> Require() => Contact is { } contact
        ? contact
        : new Problem(ProblemCodes.ContactIdMissing) { Field = Multipart.FormFields.ContactId };

    private OrProblem<ContactChoice> With(StringValues values, string place)
    {
        if (values.Count == 0) return this;
        if (values.Count > 1) return Problem.Malformed($"{place} is given twice.", place);
        // An empty value names nobody: forms send the inputs that were left empty.
        if (values[0] is not { Length: > 0 } text) return this;
        if (ContactId.Parse(text) is not { } contact) return Invalid("The contact id has none of the accepted forms.", place);
        if (Contact is null) return this with { Contact = contact };
        return Contact == contact ? this : Invalid($"{place} names another contact than the request does elsewhere.", place);
    }

    private static Problem Invalid(string detail, string place) => new(ProblemCodes.ContactIdInvalid) { Detail = detail, Field = place };
}
